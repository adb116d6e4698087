using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Networks;

/// <summary>Single numbers of a layer's weights: KxCxRxS of a convolution, KxC or CxK of a matrix product, where C differs from K.</summary>
public static class KernelWeights
{
    /// <summary>Channels of the input that an output channel weighs; 0 where the weights do not tell.</summary>
    /// <param name="channels">K.</param>
    public static int Inputs(Parameter weights, int channels)
    {
        Shape shape = weights.Shape;
        if (shape.Rank == 4) return shape[0] == channels ? shape[1] : 0;
        return shape.Rank != 2 || shape[0] == shape[1] ? 0 : shape[0] == channels ? shape[1] : shape[1] == channels ? shape[0] : 0;
    }

    /// <summary>The weight of one place of an input channel in an output channel.</summary>
    /// <param name="channels">K, as for <see cref="Inputs"/>.</param>
    public static float At(Parameter weights, int channels, int channel, int input, int x = 0, int y = 0)
    {
        Shape shape = weights.Shape;
        int at = shape.Rank == 4 ? ((channel * shape[1] + input) * shape[2] + y) * shape[3] + x : shape[0] == channels ? channel * shape[1] + input : input * channels + channel;
        return weights.Value.Span<float>()[at];
    }
}
