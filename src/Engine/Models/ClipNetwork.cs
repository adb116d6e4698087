using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// A small network for clips after Tran, Bourdev, Fergus, Torresani and Paluri ("Learning spatiotemporal features with 3D convolutional networks", 2015): 3x3x3 kernels that also run over
/// time, the first pooling over space only, time halved from then on. Half their first width, one normalized convolution a stage, and the mean in place of the wide fully connected
/// layers: their count does not apply.
/// </summary>
/// <remarks>Input <c>clip</c>: N, C, 16 frames, H, W.</remarks>
internal static class ClipNetwork
{
    public const string Input = "clip";
    public const int Frames = 16;

    private const int Width = 32, Stages = 4;

    public static NetworkFamily Family { get; } = new("clip3d", "a small network of 3x3x3 convolutions for clips of 16 frames", "after Tran and others 2015",
        new(Classes: 101, Channels: 3, Size: 112, Width), Build) { Task = NetworkTask.OtherInput, LeastSize = 16 };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Declare(Input, [-1, choice.Channels, Frames, choice.Size, choice.Size]);
        for (int stage = 1; stage <= Stages; stage++)
        {
            string name = $"conv{stage}";
            x = layers.Convolution(name, x, layers.Wide(Width << (stage - 1)), Cube(3, 1, 1), hasBias: false);
            x = layers.Relu($"{name}.relu", layers.Normalization($"{name}.norm", x));
            if (stage < Stages) x = layers.Add(new MaxPool(stage == 1 ? Cube(2, 2, 0) with { Kernel = [1, 2, 2], Strides = [1, 2, 2] } : Cube(2, 2, 0)), $"pool{stage}", x);
        }
        return layers.PooledClassifier(x);
    }

    private static Window Cube(int kernel, int stride, int pad) => new([kernel, kernel, kernel], [stride, stride, stride], [pad, pad, pad, pad, pad, pad], [1, 1, 1]);
}
