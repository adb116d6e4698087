using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// A generator of pictures and the discriminator it learns against (Radford, Metz and Chintala, "Unsupervised representation learning with deep convolutional generative adversarial networks", 2016,
/// figure 1 and section 3): 100 numbers of noise become 4x4 places of 1024 channels, and four transposed 5x5 convolutions double them to 64x64 pixels between -1 and 1; the
/// discriminator is its mirror image with leaky ReLUs. The paper publishes no counts.
/// </summary>
internal static class Dcgan
{
    /// <summary>The generator's input, N by 100 uniform within -1 and 1, and its output, N, 3, 64, 64.</summary>
    public const string Noise = "noise", Pictures = "pictures";

    /// <summary>The discriminator's output, N by 1: above 0 for what it takes for a real picture.</summary>
    public const string Verdict = "verdict";

    private const int Width = 1024, Numbers = 100, First = 4, Stages = 4, Kernel = 5;
    private const float Slope = 0.2f;

    public static NetworkFamily Family { get; } = new("dcgan", "DCGAN's generator: pictures of 64x64 pixels from 100 numbers", "Radford, Metz and Chintala 2016",
        new(Classes: 1, Channels: 3, Size: First << Stages, Width), Generator) { Task = NetworkTask.Generation, LeastSize = First << Stages, IsFixedSize = true };

    private static Graph Generator(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        int channels = Channels(layers);
        Value x = layers.Dense("project", layers.Declare(Noise, [-1, Numbers]), channels * First * First);
        x = layers.Add(new Reshape(), "places", x, layers.Numbers("places.shape", 0, channels, First, First));
        x = layers.Relu("places.relu", layers.Normalization("places.norm", x));
        for (int stage = 1; stage <= Stages; stage++)
        {
            bool isLast = stage == Stages;
            x = Doubled(layers, $"double{stage}", x, isLast ? choice.Channels : channels >> stage, hasBias: isLast);
            if (!isLast) x = layers.Relu($"double{stage}.relu", layers.Normalization($"double{stage}.norm", x));
        }
        return layers.Finish(Pictures, layers.Add(new Tanh(), Pictures, x));
    }

    /// <summary>What tells real pictures from the generator's.</summary>
    public static Graph Discriminator(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        int channels = Channels(layers);
        Value x = layers.Picture();
        for (int stage = 1; stage <= Stages; stage++)
        {
            string name = $"halve{stage}";
            x = layers.Convolution(name, x, channels >> (Stages - stage), Kernel, 2, Kernel / 2, hasBias: stage == 1);
            x = layers.Add(new LeakyRelu(Slope), $"{name}.relu", stage == 1 ? x : layers.Normalization($"{name}.norm", x));
        }
        return layers.Finish(Verdict, layers.Dense(Verdict, x, 1, Initializer.Glorot));
    }

    /// <summary>Of the 4x4 places; each stage has half of them.</summary>
    private static int Channels(LayerBuilder layers) => layers.Wide(Width, 1 << (Stages - 1));

    private static Value Doubled(LayerBuilder layers, string name, Value x, int to, bool hasBias)
    {
        var op = new ConvTranspose(Window.Square(Kernel, 2, Kernel / 2), OutputPadding: [1, 1]);
        Value weight = layers.Weight($"{name}.weight", [layers.ChannelsOf(x), to, Kernel, Kernel], Initializer.He);
        return hasBias ? layers.Add(op, name, x, weight, layers.Filled($"{name}.bias", [to], 0)) : layers.Add(op, name, x, weight);
    }
}
