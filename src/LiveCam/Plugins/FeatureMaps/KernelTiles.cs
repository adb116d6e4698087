using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>A layer's kernels as tiles: in colour where they look at red, green and blue, else their first input channel with its sign.</summary>
internal sealed class KernelTiles
{
    private Parameter? parameter;
    private long version;
    private int[] order = [];
    private TileAtlas? tiles;
    private (Parameter? Of, long Version, int Channel, TileAtlas? Tiles) inputs;

    /// <summary>The tiles in the order of the channels; null where the layer has no kernels larger than one tap. Paints only what changed.</summary>
    public TileAtlas? Of(Parameter? kernels, int[] channels)
    {
        if (kernels is not { Shape.Rank: 4 } || kernels.Shape[2] * kernels.Shape[3] < 2) return null;
        if (ReferenceEquals(parameter, kernels) && version == kernels.Version && ReferenceEquals(order, channels)) return tiles;
        (parameter, version, order) = (kernels, kernels.Version, channels);
        return tiles = Paint(kernels.Value, channels);
    }

    /// <summary>The weights of one channel of a layer of <paramref name="channels"/>: a tile for each channel of its input. Null where there is one input or the weights do not tell.</summary>
    public TileAtlas? Inputs(Parameter? weights, int channels, int channel)
    {
        if (weights is null || KernelWeights.Inputs(weights, channels) is var count && count < 2) return null;
        if (ReferenceEquals(weights, inputs.Of) && weights.Version == inputs.Version && channel == inputs.Channel) return inputs.Tiles;
        int height = weights.Shape.Rank == 4 ? weights.Shape[2] : 1, width = weights.Shape.Rank == 4 ? weights.Shape[3] : 1, columns = LayerData.ColumnsFor(count, width, height);
        var picture = new Picture(columns * width, (count + columns - 1) / columns * height, PixelFormat.Gray8);
        var numbers = new float[count * width * height];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = KernelWeights.At(weights, channels, channel, i / (width * height), i % width, i / width % height);
        float most = Math.Max(numbers.Max(Math.Abs), 1e-9f);
        var range = new MapRange(-most, most).For(Ui.ColorMap.Signed);
        for (int i = 0; i < count; i++) TilePainter.Tile(picture, columns, i, numbers.AsSpan(i * width * height, width * height), width, height, range.Low, range.Gain);
        picture.MarkChanged();
        inputs = (weights, weights.Version, channel, new TileAtlas(picture, width, height, columns, count, range.Low, range.High));
        return inputs.Tiles;
    }

    private static TileAtlas Paint(Tensor weights, int[] channels)
    {
        int inputs = weights.Shape[1], height = weights.Shape[2], width = weights.Shape[3], taps = height * width, stride = inputs * taps;
        ReadOnlySpan<float> values = weights.Span<float>();
        int count = channels.Count(channel => channel < weights.Shape[0]), columns = LayerData.ColumnsFor(count, width, height);
        bool isColour = inputs == 3;
        var picture = new Picture(columns * width, (count + columns - 1) / columns * height, isColour ? PixelFormat.Rgba8 : PixelFormat.Gray8);
        float most = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> kernel = values.Slice(channels[i] * stride, isColour ? stride : taps);
            // A kernel whose colours are the picture's own shows its shape in full contrast, so each colour kernel has its own scale.
            if (isColour) most = 0;
            foreach (float tap in kernel) most = Math.Max(most, Math.Abs(tap));
            if (isColour) Colour(picture, columns, i, kernel, width, height, most);
        }
        most = Math.Max(most, 1e-9f);
        var range = new MapRange(-most, most).For(Ui.ColorMap.Signed);
        for (int i = 0; i < count && !isColour; i++)
            TilePainter.Tile(picture, columns, i, values.Slice(channels[i] * stride, taps), width, height, range.Low, range.Gain);
        picture.MarkChanged();
        return new(picture, width, height, columns, count, isColour ? -1 : range.Low, isColour ? 1 : range.High);
    }

    private static void Colour(Picture picture, int columns, int index, ReadOnlySpan<float> kernel, int width, int height, float most)
    {
        int taps = width * height, left = index % columns * width, top = index / columns * height;
        float gain = 127 / Math.Max(most, 1e-9f);
        for (int i = 0; i < taps; i++)
        {
            Span<byte> pixel = picture.Row(top + i / width).Slice((left + i % width) * 4, 4);
            for (int c = 0; c < 3; c++) pixel[c] = (byte)Math.Clamp(128 + kernel[c * taps + i] * gain, 0, 255);
            pixel[3] = 255;
        }
    }
}
