using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>The maps of a layer, 1 x channels x height x width.</summary>
internal sealed class Maps(Tensor tensor)
{
    public int Channels => tensor.Shape[1];
    public int Height => tensor.Shape[2];
    public int Width => tensor.Shape[3];

    public ReadOnlySpan<float> Channel(int channel) => tensor.Span<float>().Slice(channel * Height * Width, Height * Width);

    /// <summary>The weighted sum of the maps, rectified.</summary>
    public ExplainMap Weighed(ReadOnlySpan<double> weights)
    {
        var sum = new double[Height * Width];
        for (int c = 0; c < Channels; c++)
            if (weights[c] != 0)
                for (int i = 0; i < sum.Length; i++) sum[i] += weights[c] * Channel(c)[i];
        return new(Width, Height, Array.ConvertAll(sum, value => value > 0 || double.IsNaN(value) ? (float)value : 0), IsSigned: false);
    }
}
