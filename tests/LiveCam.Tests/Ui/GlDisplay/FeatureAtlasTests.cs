using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Ui;
using LiveCam.Ui.GlDisplay;
using Layout = LiveCam.Engine.Graphs.Layout;

namespace LiveCam.Tests.Ui.GlDisplay;

/// <summary>The atlas a shader makes against the scale of the CPU and the definition of a tile.</summary>
[Collection(GlCollection.Name)]
public sealed class FeatureAtlasTests(GlFixture context)
{
    public static TheoryData<int[], int, int, int, int> Layers => new()
    {
        { [1, 19, 5, 7], 32, 0, 19, 4 },            // channels-last in a block of its own
        { [2, 24, 9, 11], 64, 40, 20, 5 },          // a slice of a Concat: a wider pitch, behind other channels
        { [1, 67, 28, 31], 80, 0, 67, 9 },          // more elements than samples
        { [1, 13, 6, 5], 0, 3, 13, 4 },             // row-major
        { [1, 40], 0, 0, 40, 7 },
        { [1, 6, 33], 16, 0, 6, 1 },
        { [1, 5, 3, 4, 6], 8, 0, 5, 2 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_atlas_is_the_one_of_the_CPU(int[] extents, int pitch, int offset, int count, int columns)
    {
        Shape shape = [.. extents];
        MemoryFormat form = pitch == 0 ? MemoryFormat.RowMajor(ElementType.Float32, shape) : new(ElementType.Float32, shape, Layout.ChannelsLast, pitch);
        context.Run(gl =>
        {
            using var device = new GlDevice(gl, cacheDirectory: null);
            using var memory = new GlBuffer(gl, (offset + form.Span) * sizeof(float), "layer");
            using var atlas = new FeatureAtlas(device, new(form, offset), memory.Bytes, count, columns);
            // Tiles stand in an order of their own: the last channel first.
            int[] order = [.. Enumerable.Range(0, count).Reverse()];
            var values = new float[offset + form.Span];
            var scale = new MapScale();
            var pixels = new byte[atlas.Width * atlas.Height];
            var random = new Random(3);
            for (int round = 0; round < 3; round++)
            {
                for (int i = 0; i < values.Length; i++) values[i] = (float)(Math.Pow(random.NextDouble(), 3) * 8 - 1 + round * 2);
                (values[offset], values[offset + form.Strides[1]]) = (float.NaN, float.PositiveInfinity);
                memory.Upload<float>(values);
                atlas.Take(memory, 0);
                atlas.Draw(order);
                atlas.Read(pixels);
                scale.Follow(values.AsSpan(offset), shape[1], atlas.TileWidth * atlas.TileHeight, form.Strides);
                for (int k = 0; k < count; k++)
                    for (int y = 0; y < atlas.TileHeight; y++)
                        for (int x = 0; x < atlas.TileWidth; x++)
                        {
                            double value = values[offset + At(form, order[k], y * atlas.TileWidth + x)];
                            double gray = double.IsNaN(value) ? 0 : Math.Clamp((value - scale.Low) * 255 / (scale.High - scale.Low), 0, 255);
                            int got = pixels[(k / columns * atlas.TileHeight + y) * atlas.Width + k % columns * atlas.TileWidth + x];
                            Assert.True(Math.Abs(got - gray) <= 1, $"tile {k} ({x}, {y}) round {round}: {got}, but {value} is {gray} on {scale.Low}..{scale.High}");
                        }
            }
        });
    }

    [Fact]
    public void The_range_comes_back_without_waiting_and_the_tiles_are_drawn_from_the_texture()
    {
        MemoryFormat form = MemoryFormat.ChannelsLast(ElementType.Float32, [1, 12, 10, 10]);
        context.Run(gl =>
        {
            using var device = new GlDevice(gl, cacheDirectory: null);
            using var memory = new GlBuffer(gl, form.Span * sizeof(float), "layer");
            using var atlas = new FeatureAtlas(device, new(form, 0), memory.Bytes, 12, 4);
            var values = new float[form.Span];
            for (int i = 0; i < values.Length; i++) values[i] = i % form.Pitch * 100 + i / form.Pitch;
            memory.Upload<float>(values);
            var scale = new MapScale();
            Assert.False(atlas.Range.IsKnown);
            for (int i = 0; i < 1000 && !atlas.TryReceive(); i++)
            {
                atlas.Take(memory, 0);
                atlas.Probe(0, 7 * form.Pitch + 3);
                atlas.Probe(4, 5, memory);
                atlas.TrySend(i);
            }
            atlas.Draw([.. Enumerable.Range(0, 12)]);
            Assert.True(atlas.ArrivedRun >= 0);
            Assert.Equal((307f, 500f), (atlas.Probed(0), atlas.Probed(4)));
            Assert.True(float.IsNaN(atlas.Probed(1)));
            scale.Follow(values, 12, 100, form.Strides);
            Assert.Equal(scale.Low, atlas.Range.Low, 1e-3);
            Assert.Equal(scale.High, atlas.Range.High, 1e-3);

            var picture = new Picture(atlas.Width, atlas.Height, PixelFormat.Gray8);
            atlas.Read(picture.Bytes);
            Canvas lies = new(), read = new();
            foreach (var canvas in new[] { lies, read })
            {
                canvas.Begin(200, 160, Color.Black);
                Rect box = new(10, 10, 180, 140);
                if (canvas == read) canvas.Image(picture, box, smooth: false, map: ColorMap.Viridis);
                else canvas.Image(new GlImage(atlas.Texture, atlas.Width, atlas.Height, PixelFormat.Gray8, () => picture), box, smooth: false, map: ColorMap.Viridis);
            }
            using var renderer = new GlCanvasRenderer(gl);
            Difference.Of(Difference.BySoftware(read), Difference.ByOpenGl(gl, renderer, lies)).IsSmall();
        });
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_channel_may_have_its_own_scale_and_zero_its_own_level(int[] extents, int pitch, int offset, int count, int columns)
    {
        Shape shape = [.. extents];
        MemoryFormat form = pitch == 0 ? MemoryFormat.RowMajor(ElementType.Float32, shape) : new(ElementType.Float32, shape, Layout.ChannelsLast, pitch);
        context.Run(gl =>
        {
            using var device = new GlDevice(gl, cacheDirectory: null);
            using var memory = new GlBuffer(gl, (offset + form.Span) * sizeof(float), "layer");
            using var atlas = new FeatureAtlas(device, new(form, offset), memory.Bytes, count, columns);
            // Tiles stand in an order of their own: the last channel first.
            int[] order = [.. Enumerable.Range(0, count).Reverse()];
            var values = new float[offset + form.Span];
            var ranges = new (double Low, double High)[count];
            var pixels = new byte[atlas.Width * atlas.Height];
            int area = atlas.TileWidth * atlas.TileHeight;
            var random = new Random(4);
            for (int round = 0; round < 3; round++)
            {
                for (int i = 0; i < values.Length; i++) values[i] = (float)(random.NextDouble() * 4 - 1 + round);
                values[offset] = float.NegativeInfinity;
                memory.Upload<float>(values);
                int zero = round == 2 ? ColorMap.Zero : -1;
                atlas.Take(memory, 0);
                while (!atlas.TrySend(round)) atlas.TryReceive();
                while (atlas.ArrivedRun != round) atlas.TryReceive();
                atlas.Draw(order, FeatureScale.Channel, zero);
                atlas.Read(pixels);
                for (int tile = 0; tile < count; tile++)
                {
                    int k = order[tile];
                    double[] finite = [.. Enumerable.Range(0, area).Select(i => (double)values[offset + At(form, k, i)]).Where(double.IsFinite)];
                    (double low, double high) = finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
                    double mean = finite.Length == 0 ? 0 : finite.Average(), deviation = finite.Length == 0 ? 0 : Math.Sqrt(finite.Average(value => (value - mean) * (value - mean)));
                    FeatureState state = atlas.StateOf(k);
                    Assert.Equal((low, high), ((double)state.Low, (double)state.High));
                    Assert.Equal(mean, state.Mean, 1e-5);
                    Assert.Equal(deviation, state.Deviation, 1e-5);
                    Assert.Equal((float)finite.Count(value => value == high) / area, state.AtHigh, 1e-6);
                    Assert.Equal((float)finite.Length / area, state.Finite, 1e-6);
                    // A scale of its own spans three deviations.
                    (low, high) = (Math.Max(low, mean - 3 * deviation), Math.Min(high, mean + 3 * deviation));
                    ranges[k] = round == 0 ? (low, high) : (ranges[k].Low + (low - ranges[k].Low) * 0.1, ranges[k].High + (high - ranges[k].High) * 0.1);
                    (low, high) = (ranges[k].Low, Math.Max(ranges[k].High, ranges[k].Low + 1e-6 + Math.Abs(ranges[k].Low) * 1e-6));
                    double most = Math.Max(Math.Abs(low), Math.Abs(high));
                    if (zero >= 0) (low, high) = (-most * 128 / 127, most);
                    // A channel of one value has no range to speak of: it is dark or, once its scale lags behind, anything.
                    if (area == 1 && zero < 0) continue;
                    for (int i = 0; i < area; i++)
                    {
                        double gray = Math.Clamp((values[offset + At(form, k, i)] - low) * 255 / (high - low), 0, 255);
                        int got = pixels[(tile / columns * atlas.TileHeight + i / atlas.TileWidth) * atlas.Width + tile % columns * atlas.TileWidth + i % atlas.TileWidth];
                        Assert.True(Math.Abs(got - gray) <= 1, $"channel {k} pixel {i} round {round}: {got} instead of {gray}");
                    }
                }
                atlas.Draw(order, FeatureScale.Given, given: (-1, 3));
                atlas.Read(pixels);
                Assert.Equal(Math.Clamp((values[offset + At(form, order[1], area - 1)] + 1) * 255 / 4, 0, 255),
                    (double)pixels[(1 / columns * atlas.TileHeight + atlas.TileHeight - 1) * atlas.Width + 1 % columns * atlas.TileWidth + atlas.TileWidth - 1], 1.0);
            }
        });
    }

    /// <summary>The element of a channel's pixel in the first image, from the axes of the layout.</summary>
    private static long At(MemoryFormat form, int channel, int pixel) =>
        form.Layout == Layout.ChannelsLast ? (long)pixel * form.Pitch + channel : (long)channel * form.Shape.CountOf(2, form.Shape.Rank) + pixel;
}
