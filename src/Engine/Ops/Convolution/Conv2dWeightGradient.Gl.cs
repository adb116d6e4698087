using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal sealed partial record Conv2dWeightGradient
{
    /// <summary>A tile: rows (taps and channels) and output channels of a group, pixels of a slice, rows and channels of a thread.</summary>
    private sealed record Tile(string Name, int Rows, int Channels, int Pixels, int ThreadRows, int ThreadChannels)
    {
        public int Threads => Rows / ThreadRows * (Channels / ThreadChannels);
        public int SharedBytes => 4 * Pixels * (Rows + Channels);
        public long Count(ConvGeometry g) => Parts(RowsOf(g), Rows) * Parts(g.GroupK, Channels) * g.Groups;
    }

    // Largest first: large tiles read least. The depth, all pixels of the batch, is long enough to split for any machine.
    private static readonly Tile[] Tiles =
    [
        new("tile 64x64", 64, 64, 16, 4, 4),
        new("tile 64x64 8x8", 64, 64, 16, 8, 8),
        new("tile 32x32", 32, 32, 16, 4, 4),
        new("tile 16x64", 16, 64, 16, 4, 4),
    ];

    // Pixels that a part of the depth has at least, so that adding the parts up stays cheap.
    private const int LeastPixels = 64;

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand dy = call.Input(0), x = call.Input(1), dw = call.Output(0);
        if (dy.Format.Layout != Layout.ChannelsLast || x.Format.Layout != Layout.ChannelsLast)
            return [];
        if (call.OutputInfo(0).Shape.ElementCount == 0)
            return [Movement.Nothing];
        ConvGeometry g = Forward(call.Infer(), x.Format.Pitch, dy.Format.Pitch);
        // Rows are [tap][channel, filled up to a multiple of 4].
        long padded = Parts(g.GroupC, 4) * 4;
        var epilogue = new EpilogueShader(call, dw, 1, g.GroupK, Activation.None)
        {
            Element = $"({dw.Offset} + ((k) * {g.GroupC} + (p) % {padded}) * {g.Taps} + (p) / {padded})",
        };
        List<ShaderCall> candidates = [];
        foreach (Tile tile in Tiles.Where(tile => tile.SharedBytes <= call.SharedBytes))
        {
            int splits = Splits(tile, call, g);
            candidates.Add(Tiled(tile, 1, g, x, dy, epilogue));
            if (splits > 1 && splits * PartialFloats(g) * 4 <= call.MaxBlockBytes)
                candidates.Add(Tiled(tile, splits, g, x, dy, epilogue));
        }
        candidates.Add(Plain(g, x, dy, epilogue));
        string best = Best(call, g);
        return candidates.OrderBy(candidate => candidate.Variant.StartsWith(best, StringComparison.Ordinal) ? candidate.Next is null ? 1 : 0 : 2);
    }

    /// <summary>The tile that wastes least on a small result; a renderer on the CPU wants many sums in each thread's registers.</summary>
    private static string Best(GlCall call, ConvGeometry g) =>
        RowsOf(g) <= 16 ? "tile 16x64" : g.GroupK <= 32 || RowsOf(g) <= 32 ? "tile 32x32" : call.IsSoftware ? "tile 64x64 8x8" : "tile 64x64";

    private static int Splits(Tile tile, GlCall call, ConvGeometry g)
    {
        long pixels = (long)g.N * g.OutputPixels, slices = Parts(pixels, tile.Pixels);
        long wanted = Math.Min(Parts(4L * call.Processors, tile.Count(g)), pixels / LeastPixels);
        // Every part has to have something to add.
        return wanted < 2 ? 1 : (int)Parts(slices, Parts(slices, wanted));
    }

    private static ShaderCall Tiled(Tile tile, int splits, ConvGeometry g, GlOperand x, GlOperand dy, EpilogueShader epilogue)
    {
        string variant = splits > 1 ? $"{tile.Name} split {splits}" : tile.Name;
        ShaderBuilder shader = Start("conv2d_weight_gradient.comp", variant, g, x, dy).Define(
            ("TILE_R", tile.Rows), ("TILE_K", tile.Channels), ("DEPTH", tile.Pixels), ("THREAD_R", tile.ThreadRows),
            ("THREAD_K", tile.ThreadChannels), ("THREADS", tile.Threads), ("SPLITS", splits));
        if (splits == 1)
            return epilogue.AddTo(shader).Over(tile.Count(g));
        var partial = new Binding.Workspace(0, splits * PartialFloats(g) * 4);
        ShaderBuilder reduce = new ShaderBuilder("split_reduce.comp", variant).Bind(partial).Define(
            ("GROUPS", g.Groups), ("GROUP_K", g.GroupK), ("PIXELS", RowsOf(g)), ("SPLITS", splits));
        return shader.Bind(partial).Over(tile.Count(g) * splits) with
        {
            // Rows that fill a channel up to a quad are summed, but are no element of the result.
            Next = epilogue.AddTo(reduce.Define("EXISTS(p)", Exists(g))).OverThreads(PartialFloats(g) / 4, 64),
        };
    }

    /// <summary>One thread per element of the result, pixel after pixel: the variant others are checked against.</summary>
    private static ShaderCall Plain(ConvGeometry g, GlOperand x, GlOperand dy, EpilogueShader epilogue) =>
        epilogue.AddTo(Start("conv2d_weight_gradient_plain.comp", "plain", g, x, dy), quads: false).OverThreads((long)g.K * g.GroupC * g.Taps, 64);

    private static ShaderBuilder Start(string file, string variant, ConvGeometry g, GlOperand x, GlOperand dy) =>
        ConvolutionShaders.Start(file, variant, g, x.Offset, input: 1).Bind(new Binding.Input(0)).Define(
            ("DY_PITCH", g.OutputPitch), ("DY_OFFSET", dy.Offset),
            ("DY_VEC", g.OutputPitch % 4 == 0 && dy.Offset % 4 == 0 && (g.Groups == 1 || g.GroupK % 4 == 0) ? 1 : 0)).Define("EXISTS(p)", Exists(g));

    private static string Exists(ConvGeometry g) => $"((p) % {Parts(g.GroupC, 4) * 4} < {g.GroupC})";

    private static long RowsOf(ConvGeometry g) => g.Taps * Parts(g.GroupC, 4) * 4;

    private static long PartialFloats(ConvGeometry g) => RowsOf(g) * g.Groups * Parts(g.GroupK, 4) * 4;

    private static long Parts(long count, long size) => (count + size - 1) / size;
}
