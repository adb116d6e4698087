using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record Gemm
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        Shape a = call.InputInfo(0).Shape, b = call.InputInfo(1).Shape, c = call.Has(2) ? call.InputInfo(2).Shape : Shape.Scalar;
        GlOperand x = call.Input(0), w = call.Input(1), y = call.Output(0);
        (int rows, int columns, int depth) = (y.Format.Shape[0], y.Format.Shape[1], a[TransposeA ? 0 : 1]);
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        if (depth == 0)
            return [];
        // One addend per column rides along; any other is added afterwards.
        bool bias = call.Has(2) && call.Parameter(2) is not null && c.ElementCount == columns && (c.Rank < 2 || c[0] == 1);
        bool addLater = call.Has(2) && !bias;
        var epilogue = new EpilogueShader(call, y, columns, columns, addLater ? Activation.None : Activation, bias ? 2 : -1)
        {
            BiasBinding = bias ? ScaledBias(columns) : null,
        };
        IEnumerable<ShaderCall> products = call.Parameter(1) is not null && call.Parameter(0) is null && !TransposeA
            ? MatrixShaders.Weighted(call, rows, depth, columns, TransposeB, Alpha, epilogue)
            : MatrixShaders.General(call, 1, rows, depth, columns,
                TransposeA ? $"({x.Offset} + (d) * {rows} + (m))" : $"({x.Offset} + (m) * {depth} + (d))",
                TransposeB ? $"({w.Offset} + (n) * {depth} + (d))" : $"({w.Offset} + (d) * {columns} + (n))", TransposeA, TransposeB, Alpha, epilogue);
        return addLater ? products.Select(product => MatrixShaders.Chain(product, Addend(call, y))) : products;
    }

    private ShaderCall Addend(GlCall call, GlOperand y)
    {
        GlOperand c = call.Input(2);
        LoopNest nest = LoopNest.Over(y.Format, Broadcast.Strides(c.Format, y.Format.Shape));
        return StridedShader.Call("binary.comp", nest, [new("A", 0, y.Offset), new("B", 1, c.Offset), new("Y", 0, y.Offset)],
            [new Binding.Output(0), new Binding.Input(2), new Binding.Output(0)],
            ("EXPRESSION", ActivationShader.Expression(Activation, $"(a + {StridedShader.Text(Beta)} * b)")));
    }

    private unsafe Binding.Derived ScaledBias(int columns)
    {
        long floats = (columns + 3) / 4 * 4;
        float beta = Beta;
        return new(2, $"gl bias {beta}", floats, (source, packed) =>
        {
            foreach (float value in source.Span<float>())
                *packed++ = beta * value;
        }, 0, floats * 4)
        {
            Copies = [PackCopy.Dense(columns, beta)],
        };
    }
}
