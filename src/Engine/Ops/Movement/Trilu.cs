using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Of each matrix (the last two axes) what lies on a diagonal and above it, or below; the rest is zero. The second input, a constant, says how far the diagonal is moved to the right.</summary>
internal sealed record Trilu(bool Upper = true) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new Trilu(node.Int("upper", 1) != 0);

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("upper", Upper ? 1 : 0);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 2);
        if (call.Shape(0).Rank < 2)
            throw call.Error($"its input has shape {call.Shape(0)}, but matrices are expected");
        Diagonal(call);
        call.OutputLike(0, 0);
    }

    private static long Diagonal(InferCall call) => !call.Has(1) ? 0 : call.KnownInts(1, "diagonal") is { Length: 1 } one ? Math.Clamp(one[0], int.MinValue, int.MaxValue)
        : throw call.Error($"its diagonal has {call.Shape(1).ElementCount} elements, but one is expected");

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(this, [call.OutputGradient(), .. call.Node.Inputs[1..]]);
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        Shape shape = x.Format.Shape;
        long diagonal = Diagonal(call.Infer());
        int columns = shape[shape.Rank - 1], rows = shape[shape.Rank - 2], size = x.Format.Type.Size();
        return CpuStep.Of(shape.ElementCount == 0 ? 0 : shape.ElementCount / columns, (begin, end, _) =>
        {
            for (int row = begin; row < end; row++)
            {
                // The first column of the upper part.
                int cut = (int)Math.Clamp(row % rows + diagonal + (Upper ? 0 : 1), 0, columns);
                (int from, int to) = Upper ? (cut, columns) : (0, cut);
                var line = new Span<byte>((byte*)y.Pointer + (long)row * columns * size, columns * size);
                line.Clear();
                new ReadOnlySpan<byte>((byte*)x.Pointer + ((long)row * columns + from) * size, (to - from) * size).CopyTo(line[(from * size)..]);
            }
        });
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        Diagonals.Shaders(call, $"{(Upper ? "column - row >=" : "column - row <=")} {Diagonal(call.Infer())}", "x[X_OFFSET + i]", bindInput: true);
}
