using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The variants of convolution with packed weights, as data: what each computes per group and thread, where it fits, and which is the
/// best guess. A product of matrices is the convolution of a 1x1 kernel with one pixel per row.
/// </summary>
internal static class ConvolutionShaders
{
    /// <summary>A tile of the matrix-product kernel: pixels, channels and depth of a group's tile, pixels and channels of a thread.</summary>
    private sealed record Tile(string Name, int Pixels, int Channels, int Depth, int ThreadPixels, int ThreadChannels)
    {
        public int Threads => Pixels / ThreadPixels * (Channels / ThreadChannels);
        public int SharedBytes => 16 * (Pixels * (Depth / 4 + 1) + Depth / 4 * Channels);

        public long Count(ConvGeometry g) =>
            Parts((long)g.N * g.OutputPixels, Pixels) * Parts(g.GroupK, Channels) * g.Groups;
    }

    /// <summary>Pixels and channels of a thread of the direct kernel, threads of a group, and whether those lie over the channels.</summary>
    private sealed record Block(string Name, int Pixels, int Channels, int GroupSize, bool OverChannels);

    // Largest first: large tiles read least, small ones fill a large GPU from a small map.
    private static readonly Tile[] Tiles =
    [
        new("tile L", 128, 128, 16, 8, 8),
        new("tile W", 256, 32, 16, 8, 4),
        new("tile M", 64, 64, 16, 8, 8),
        new("tile M4", 64, 64, 16, 4, 4),
        new("tile S", 32, 64, 32, 4, 4),
    ];

    private static readonly Block[] Blocks =
    [
        new("direct 1x4", 1, 4, 64, OverChannels: true),
        new("direct 4x4", 4, 4, 64, OverChannels: true),
        new("direct 4x8", 4, 8, 64, OverChannels: true),
        new("registers 4x8", 4, 8, 32, OverChannels: false),
        new("registers 8x8", 8, 8, 32, OverChannels: false),
    ];

    /// <summary>All candidates, the best guess first.</summary>
    /// <param name="xOffset">The input's first element in its block; g has its pitch.</param>
    /// <param name="weights">[group][tap][c][k], c and k filled up with zeros to multiples of 4.</param>
    public static IEnumerable<ShaderCall> List(GlCall call, ConvGeometry g, int xOffset, Binding weights, EpilogueShader epilogue)
    {
        List<ShaderCall> candidates =
        [
            .. Blocks.Select(block => Direct(block, g, xOffset, weights, epilogue)),
            .. Tiles.Where(tile => tile.SharedBytes <= call.SharedBytes).SelectMany(tile => Gemms(tile, call, g, xOffset, weights, epilogue)),
        ];
        string best = Best(call, g);
        return candidates.OrderBy(candidate => candidate.Variant == best ? 0 : 1);
    }

    /// <summary>
    /// The largest tile that gives every multiprocessor two groups; where even the smallest does not, its depth is split.
    /// Inputs of at most four channels have too little depth for tiles; a renderer on the CPU wants registers, not shared memory.
    /// </summary>
    private static string Best(GlCall call, ConvGeometry g)
    {
        long pixels = (long)g.N * g.OutputPixels;
        if (call.IsSoftware)
            return pixels < 4 ? "direct 1x4" : pixels < 512 ? "direct 4x8" : "registers 8x8";
        if (g.GroupC <= 4)
            return g.GroupK <= 4 ? "direct 4x4" : "direct 4x8";
        foreach (Tile tile in Tiles)
            if (tile.SharedBytes <= call.SharedBytes && tile.Count(g) >= 2 * call.Processors && g.GroupK > tile.Channels / 2)
                return tile.Name;
        Tile small = Tiles[^1];
        int splits = Splits(small, call, g);
        return splits > 1 ? $"{small.Name} split {splits}" : small.Name;
    }

    /// <summary>How many parts of the depth fill the machine, each of at least two slices.</summary>
    private static int Splits(Tile tile, GlCall call, ConvGeometry g)
    {
        long slices = Parts(g.Taps * Parts(g.GroupC, 4) * 4, tile.Depth);
        long wanted = Math.Min(Parts(2L * call.Processors, tile.Count(g)), slices / 2);
        // Every part has to have something to add.
        return wanted < 2 ? 1 : (int)Parts(slices, Parts(slices, wanted));
    }

    private static IEnumerable<ShaderCall> Gemms(Tile tile, GlCall call, ConvGeometry g, int xOffset, Binding weights, EpilogueShader epilogue)
    {
        yield return Gemm(tile, 1, g, xOffset, weights, epilogue);
        int splits = Splits(tile, call, g);
        if (splits > 1 && splits * PartialFloats(g) * 4 <= call.MaxBlockBytes)
            yield return Gemm(tile, splits, g, xOffset, weights, epilogue);
    }

    private static ShaderCall Gemm(Tile tile, int splits, ConvGeometry g, int xOffset, Binding weights, EpilogueShader epilogue)
    {
        string variant = splits > 1 ? $"{tile.Name} split {splits}" : tile.Name;
        ShaderBuilder shader = Start("conv2d_gemm.comp", variant, g, xOffset).Bind(weights).Define(
            ("TILE_P", tile.Pixels), ("TILE_K", tile.Channels), ("DEPTH_QUADS", tile.Depth / 4), ("THREAD_P", tile.ThreadPixels),
            ("THREAD_K", tile.ThreadChannels), ("THREADS", tile.Threads), ("SPLITS", splits));
        if (splits == 1)
            return epilogue.AddTo(shader).Over(tile.Count(g));
        var partial = new Binding.Workspace(0, splits * PartialFloats(g) * 4);
        ShaderBuilder reduce = new ShaderBuilder("split_reduce.comp", variant).Bind(partial).Define(
            ("GROUPS", g.Groups), ("GROUP_K", g.GroupK), ("PIXELS", (long)g.N * g.OutputPixels), ("SPLITS", splits));
        return shader.Bind(partial).Over(tile.Count(g) * splits) with
        {
            Next = epilogue.AddTo(reduce).OverThreads(PartialFloats(g) / 4, 64),
        };
    }

    private static ShaderCall Direct(Block block, ConvGeometry g, int xOffset, Binding weights, EpilogueShader epilogue)
    {
        long pixels = Parts((long)g.N * g.OutputPixels, block.Pixels), channels = Parts(g.GroupK, block.Channels) * g.Groups;
        ShaderBuilder shader = Start("conv2d_direct.comp", block.Name, g, xOffset).Bind(weights).Define(
            ("THREAD_P", block.Pixels), ("THREAD_K", block.Channels), ("GROUP_SIZE", block.GroupSize), ("LANES_OVER_K", block.OverChannels ? 1 : 0));
        return epilogue.AddTo(shader).Over(block.OverChannels ? Parts(pixels * channels, block.GroupSize) : Parts(pixels, block.GroupSize) * channels);
    }

    /// <summary>A dispatch that has the input bound and knows all extents.</summary>
    /// <param name="channelsMix">Whether lanes beyond a group's last channel would reach a sum.</param>
    /// <param name="input">Which input is the convolution's.</param>
    public static ShaderBuilder Start(string file, string variant, ConvGeometry g, int xOffset, bool channelsMix = true, int input = 0) =>
        new ShaderBuilder(file, variant).Bind(new Binding.Input(input)).Define(
            ("N", g.N), ("K", g.K), ("GROUPS", g.Groups), ("GROUP_C", g.GroupC), ("GROUP_K", g.GroupK),
            ("IN_D", g.D), ("IN_H", g.H), ("IN_W", g.W), ("OUT_D", g.OutD), ("OUT_H", g.OutH), ("OUT_W", g.OutW),
            ("KERNEL_D", g.KernelD), ("KERNEL_H", g.KernelH), ("KERNEL_W", g.KernelW),
            ("STRIDE_D", g.StrideD), ("STRIDE_H", g.StrideH), ("STRIDE_W", g.StrideW),
            ("PAD_D", g.PadFront), ("PAD_H", g.PadTop), ("PAD_W", g.PadLeft),
            ("DILATION_D", g.DilationD), ("DILATION_H", g.DilationH), ("DILATION_W", g.DilationW), ("UNPADDED", g.Unpadded ? 1 : 0),
            ("X_PITCH", g.InputPitch), ("X_OFFSET", xOffset),
            ("X_VEC", g.InputPitch % 4 == 0 && xOffset % 4 == 0 && (g.Groups == 1 || g.GroupC % 4 == 0 || !channelsMix) ? 1 : 0));

    /// <summary>Floats of the packed weights.</summary>
    public static long PackedFloats(ConvGeometry g) => g.Groups * g.Taps * Parts(g.GroupC, 4) * Parts(g.GroupK, 4) * 16;

    private static long PartialFloats(ConvGeometry g) => (long)g.N * g.OutputPixels * g.Groups * Parts(g.GroupK, 4) * 4;

    private static long Parts(long count, long size) => (count + size - 1) / size;
}
