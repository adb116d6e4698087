using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>dL/dA = dY B^T of <see cref="MatMul"/>, summed where a matrix took part in several products. Inputs: dy, b, and a for its shape alone.</summary>
internal sealed record MatMulLeftGradient : MatMulGradient
{
    private protected override (int A, int B, int Dy) Places => (2, 1, 0);
}

/// <summary>dL/dB = A^T dY of <see cref="MatMul"/>, summed where a matrix took part in several products. Inputs: a, dy, and b for its shape alone.</summary>
internal sealed record MatMulRightGradient : MatMulGradient
{
    private protected override (int A, int B, int Dy) Places => (0, 2, 1);
}

/// <summary>What the two gradients of a matrix product share: a product per item of the batch, then sums for what was repeated.</summary>
internal abstract record MatMulGradient : Op
{
    private protected abstract (int A, int B, int Dy) Places { get; }

    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override bool ReadsShapeOnly(int input) => input == 2;
    private bool IsLeft => Places.A == 2;

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        Shape a = call.Shape(Places.A), b = call.Shape(Places.B);
        if (call.Type(0) != ElementType.Float32 || call.Type(1) != ElementType.Float32 || a.Rank == 0 || b.Rank == 0)
            throw call.Error($"its inputs are {call.Type(0)} {call.Shape(0)} and {call.Type(1)} {call.Shape(1)}, but Float32 matrices are expected");
        MatMul.Product product = MatMul.Product.Of(a, b);
        if (product.Batch is null || product.Depth != (b.Rank > 1 ? b[b.Rank - 2] : b[0]) || product.Output(a, b) != call.Shape(Places.Dy))
            throw call.Error($"{call.Shape(Places.Dy)} does not come back from a product of {a} and {b}");
        call.Output(0, ElementType.Float32, call.Shape(2));
    }

    public override Cost Cost(InferCall call) => new(2L * call.Shape(Places.Dy).ElementCount * MatMul.Product.Of(call.Shape(Places.A), call.Shape(Places.B)).Depth);

    /// <summary>Items, rows, depth and columns of the products of this gradient; which matrix of either input an item reads and which result it is a part of.</summary>
    private (int Items, int M, int Depth, int N, int[] First, int[] Second, int[] Result) Work(Shape a, Shape b)
    {
        MatMul.Product product = MatMul.Product.Of(a, b);
        (int rows, int depth, int columns) = (product.Rows, product.Depth, product.Columns);
        int[] left = product.Matrices(a), right = product.Matrices(b), items = [.. Enumerable.Range(0, left.Length)];
        if (IsLeft)
            return (items.Length, rows, columns, depth, items, right, left);
        // One matrix for all: the rows of the whole batch are one long sum.
        return b.Rank <= 2 && left.SequenceEqual(items) ? (1, depth, rows * items.Length, columns, [0], [0], [0])
            : (items.Length, depth, rows, columns, left, items, right);
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        (int items, int m, int depth, int n, int[] first, int[] second, int[] result) = Work(call.InputInfo(Places.A).Shape, call.InputInfo(Places.B).Shape);
        Operand x = call.Input(0), w = call.Input(1), y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0 || depth == 0)
            return Movement.Fill(y, 0);
        var kernel = new Kernels.Gemm(new GemmGeometry
        {
            M = m, N = n, Depth = depth, Batch = items, TransposeA = !IsLeft, TransposeB = IsLeft,
            AOffsets = Array.ConvertAll(first, i => (long)i * m * depth), BOffsets = Array.ConvertAll(second, i => (long)i * depth * n),
        }, call.Width, false);
        call.NeedScratch(kernel.ScratchFloats);
        int each = m * n, results = y.Format.Shape.ElementCount / each;
        bool direct = items == results && result.SequenceEqual(Enumerable.Range(0, items));
        Operand products = direct ? y : call.Workspace((long)items * each);
        CpuStep multiply = CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(
            begin, end, x.Floats, w.Floats, 1, null, 0, 0, 0, products.Floats, Activation.None, worker.Scratch), $"{kernel}");
        return direct ? multiply : multiply.Then(CpuStep.Of(results, (begin, end, _) =>
        {
            for (int r = begin; r < end; r++)
            {
                var sum = new Span<float>(y.Floats + (long)r * each, each);
                sum.Clear();
                for (int item = 0; item < items; item++)
                    if (result[item] == r)
                        for (int i = 0; i < each; i++)
                            sum[i] += products.Floats[(long)item * each + i];
            }
        }));
    }

    /// <summary>Products whose results are summed run on the host; no network trained here has any.</summary>
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        (int items, int m, int depth, int n, int[] first, int[] second, int[] result) = Work(call.InputInfo(Places.A).Shape, call.InputInfo(Places.B).Shape);
        int[] order = [.. Enumerable.Range(0, items)];
        GlOperand x = call.Input(0), w = call.Input(1), y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        if (depth == 0 || !result.SequenceEqual(order) || !first.SequenceEqual(order) || !second.SequenceEqual(order) || y.Format.Shape.ElementCount != items * m * n)
            return [];
        return MatrixShaders.General(call, items, m, depth, n,
            IsLeft ? $"({x.Offset} + (batch) * {m * depth} + (m) * {depth} + (d))" : $"({x.Offset} + (batch) * {m * depth} + (d) * {m} + (m))",
            IsLeft ? $"({w.Offset} + (batch) * {depth * n} + (n) * {depth} + (d))" : $"({w.Offset} + (batch) * {depth * n} + (d) * {n} + (n))",
            byRows: !IsLeft, byDepth: IsLeft, 1, new EpilogueShader(call, y, n, n, Activation.None));
    }
}
