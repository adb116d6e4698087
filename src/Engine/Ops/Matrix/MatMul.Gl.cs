using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record MatMul
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        Shape a = call.InputInfo(0).Shape, b = call.InputInfo(1).Shape;
        GlOperand x = call.Input(0), w = call.Input(1), y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        Product product = Product.Of(a, b);
        (int rows, int depth, int columns) = (product.Rows, product.Depth, product.Columns);
        if (depth == 0)
            return [];
        var epilogue = new EpilogueShader(call, y, columns, columns, Activation.None);
        if (call.Parameter(1) is not null && call.Parameter(0) is null && b.Rank <= 2)
            return MatrixShaders.Weighted(call, a.ElementCount / depth, depth, columns, transposed: false, 1, epilogue);
        int batch = product.Batch!.Aggregate(1, (count, extent) => count * extent);
        return MatrixShaders.General(call, batch, rows, depth, columns,
            $"({x.Offset} + {Matrix(product.Batch!, a)} * {rows * depth} + (m) * {depth} + (d))",
            $"({w.Offset} + {Matrix(product.Batch!, b)} * {depth * columns} + (d) * {columns} + (n))", byRows: false, byDepth: false, 1, epilogue);
    }

    /// <summary>Which matrix of an input product <c>batch</c> takes, as an expression.</summary>
    private static string Matrix(int[] batch, Shape input)
    {
        int[] own = [.. input.Take(Math.Max(0, input.Rank - 2))];
        var terms = new List<string>();
        for (int axis = 1, inner = 1, stride = 1; axis <= own.Length; inner *= batch[^axis], stride *= own[^axis], axis++)
            if (own[^axis] > 1)
                terms.Add($"(batch) / {inner} % {batch[^axis]} * {stride}");
        return terms.Count == 0 ? "0" : $"({string.Join(" + ", terms)})";
    }
}
