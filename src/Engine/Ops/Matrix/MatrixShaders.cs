using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Dispatches of matrix products: rows m, depth d, columns n.</summary>
internal static class MatrixShaders
{
    /// <summary>Most rows the matrix-vector kernel takes.</summary>
    private const int MostVectorRows = 4;

    /// <summary>
    /// x times a weight matrix that is a parameter, row-major x. Weights of more bytes than a shader can see in one block are
    /// packed, bound and multiplied in slices of columns, one dispatch after the other.
    /// </summary>
    /// <param name="transposed">Whether the parameter is [n][d] instead of [d][n].</param>
    /// <param name="scale">Multiplied into the weights.</param>
    public static IEnumerable<ShaderCall> Weighted(
        GlCall call, int rows, int depth, int columns, bool transposed, float scale, EpilogueShader epilogue)
    {
        long rowBytes = (depth + 3L) / 4 * 16;
        // 64 columns keep every slice on a boundary that any driver binds at.
        long fits = call.MaxBlockBytes / rowBytes / 64 * 64;
        if (fits == 0)
            return [];
        int width = (int)Math.Min(columns, fits), slices = (columns + width - 1) / width;
        var pack = Pack(depth, columns, width, transposed, scale);
        long floats = 0;
        var copies = new List<PackCopy>();
        for (int first = 0; first < columns; first += width)
        {
            int own = Math.Min(width, columns - first);
            copies.Add(new([1, 1, own, depth], transposed ? [0, 0, depth, 1] : [0, 0, 1, columns], [0, 0, 1, (own + 3) / 4 * 4],
                transposed ? first * depth : first, (int)floats, scale));
            floats += SliceFloats(depth, own);
        }
        IEnumerable<ShaderCall>? joined = null;
        for (int slice = slices - 1; slice >= 0; slice--)
        {
            int first = slice * width, own = Math.Min(width, columns - first);
            var weights = new Binding.Derived(1, $"gl matrix {scale} {transposed} {width}", floats, pack, slice * SliceFloats(depth, width) * 4, SliceFloats(depth, own) * 4)
            {
                Copies = copies,
            };
            EpilogueShader part = epilogue with
            {
                Y = epilogue.Y with { Offset = epilogue.Y.Offset + first }, Columns = own, BiasOffset = epilogue.BiasOffset + first,
            };
            IEnumerable<ShaderCall> candidates = Slice(call, rows, depth, own, weights, part);
            joined = joined is null ? candidates : candidates.Join(joined, one => one.Variant, two => two.Variant, Chain);
        }
        return joined!;
    }

    /// <summary>The second dispatch behind the last of the first chain.</summary>
    public static ShaderCall Chain(ShaderCall first, ShaderCall? then) =>
        first with { Next = first.Next is null ? then : Chain(first.Next, then) };

    private static IEnumerable<ShaderCall> Slice(GlCall call, int rows, int depth, int columns, Binding weights, EpilogueShader epilogue)
    {
        int offset = call.Input(0).Offset;
        var g = new ConvGeometry { W = rows, OutW = rows, C = depth, K = columns, InputPitch = depth, OutputPitch = epilogue.Pitch };
        IEnumerable<ShaderCall> products = ConvolutionShaders.List(call, g, offset, weights, epilogue);
        if (rows > MostVectorRows)
            return products;
        ShaderCall[] vectors =
        [
            Vector(rows, depth, columns, offset, weights, epilogue, 4, 64),
            Vector(rows, depth, columns, offset, weights, epilogue, 8, 32),
        ];
        return call.IsSoftware ? [.. products, .. vectors] : columns >= 32 * 2 * call.Processors ? [.. vectors.Reverse(), .. products] : [.. vectors, .. products];
    }

    private static ShaderCall Vector(
        int rows, int depth, int columns, int offset, Binding weights, EpilogueShader epilogue, int quads, int lanes) =>
        epilogue.AddTo(new ShaderBuilder("matrix_vector.comp", $"vector {quads}").Bind(new Binding.Input(0)).Bind(weights).Define(
            ("QUADS", quads), ("LANES", lanes), ("ROWS", rows), ("DEPTH", depth), ("COLUMNS", columns), ("X_OFFSET", offset), ("X_PITCH", depth)))
            .Over((columns + quads * 4L - 1) / (quads * 4));

    /// <summary>Products of matrices that lie anywhere; the expressions give the element for a product, a row or column and a depth.</summary>
    /// <param name="byRows">Whether neighbouring rows of A are neighbours in memory.</param>
    /// <param name="byDepth">Whether neighbouring depths of B are neighbours in memory.</param>
    public static IEnumerable<ShaderCall> General(
        GlCall call, int batch, int rows, int depth, int columns, string a, string b, bool byRows, bool byDepth, float scale, EpilogueShader epilogue)
    {
        ShaderBuilder Start(string file, string variant) => new ShaderBuilder(file, variant)
            .Bind(new Binding.Input(0)).Bind(new Binding.Input(1))
            .Define(("BATCH", batch), ("ROWS", rows), ("DEPTH", depth), ("COLUMNS", columns))
            .Define("A_AT(batch, m, d)", a).Define("B_AT(batch, d, n)", b).Define("ALPHA", StridedShader.Text(scale));

        ShaderCall plain = epilogue.AddTo(Start("matmul_plain.comp", "plain")).OverThreads((long)batch * rows * ((columns + 3) / 4), 64);
        ShaderCall tiled = epilogue.AddTo(Start("matmul.comp", "tile 64").Define(("A_BY_ROWS", byRows ? 1 : 0), ("B_BY_DEPTH", byDepth ? 1 : 0)))
            .Over((long)batch * ((rows + 63) / 64) * ((columns + 63) / 64));
        return call.IsSoftware || rows < 8 || columns < 8 ? [plain, tiled] : [tiled, plain];
    }

    private static long SliceFloats(long depth, long columns) => (depth + 3) / 4 * 4 * ((columns + 3) / 4 * 4);

    /// <summary>To [slice][d][n], d and n filled up to multiples of 4, slices of <paramref name="width"/> columns.</summary>
    private static unsafe Pack Pack(int depth, int columns, int width, bool transposed, float scale) => (source, packed) =>
    {
        ReadOnlySpan<float> w = source.Span<float>();
        for (int first = 0; first < columns; first += width)
        {
            int own = Math.Min(width, columns - first);
            long pitch = (own + 3) / 4 * 4;
            float* slice = packed + first / width * SliceFloats(depth, width);
            // Sixteen columns at a time: a transposed matrix is then read along its rows and written in whole cache lines.
            for (int block = 0; block < own; block += 16)
                for (int d = 0; d < depth; d++)
                    for (int n = block; n < Math.Min(own, block + 16); n++)
                        slice[d * pitch + n] = scale * w[transposed ? (first + n) * depth + d : d * columns + first + n];
        }
    };
}
