using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>How the channels of every layer were with one picture.</summary>
/// <param name="Layers">In the order of the list of layers.</param>
/// <param name="Sentence">What was found, for people.</param>
public sealed record LayerCheck(PictureModel Model, LayerHealth[] Layers, string Sentence)
{
    /// <summary>The place of the first layer with values that are not finite; -1 where there is none.</summary>
    public int FirstWrong => Array.FindIndex(Layers, layer => layer.NotFinite > 0);

    /// <summary>Runs the network once more, on the CPU and with every layer kept.</summary>
    /// <exception cref="Engine.LiveCamException">There is no room for all layers.</exception>
    public static LayerCheck Of(NetworkInfo network, Picture picture)
    {
        using var device = new CpuDevice(threads: 1);
        using var run = new PictureRun(network.Model, device, [.. network.Layers.Select(layer => layer.Name)]);
        Tensor input = run.Preprocess(picture);
        run.Answer(input);
        LayerHealth[] layers = [.. network.Layers.Select(layer => Health(run.Read(layer.Name)))];
        return new(network.Model, layers, Describe(network, layers, isInputFinite: !input.Span<float>().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)));
    }

    private static LayerHealth Health(Tensor layer)
    {
        int channels = layer.Shape[1], pixels = layer.Shape.CountOf(2, layer.Shape.Rank);
        var states = new ChannelState[channels];
        ChannelState.Judge(layer.Span<float>()[..(channels * pixels)], pixels, states);
        return LayerHealth.Of(states, pixels);
    }

    private static string Describe(NetworkInfo network, LayerHealth[] layers, bool isInputFinite)
    {
        if (!isInputFinite) return "What the network is given is not finite already: its contract (mean, scale) makes numbers of pixels that are none.";
        int wrong = Array.FindIndex(layers, layer => layer.NotFinite > 0);
        if (wrong >= 0) return $"The first layer that went wrong is {wrong + 1}, {network.Layers[wrong].Title} ({network.Layers[wrong].Label}): {layers[wrong].NotFinite} of {layers[wrong].Channels} channels are not finite.";
        int dead = layers.Sum(layer => layer.Dead), saturated = layers.Sum(layer => layer.Saturated), all = layers.Sum(layer => layer.Channels);
        return $"With this picture {dead} of {all} channels are dead and {saturated} saturated; no value is infinite or not a number.";
    }
}
