using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>Dispatches of unary.comp and binary.comp: an expression of x, or of a and b that are broadcast together.</summary>
internal static class ElementwiseShader
{
    public static IEnumerable<ShaderCall> Unary(GlCall call, string expression)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        return [StridedShader.Call("unary.comp", LoopNest.Over(y.Format, x.Format.Strides), [new("X", 1, x.Offset), new("Y", 0, y.Offset)],
            [new Binding.Input(0), new Binding.Output(0)], ("EXPRESSION", expression))];
    }

    public static IEnumerable<ShaderCall> Binary(GlCall call, string expression) =>
        [Binary(expression, (call.Input(0), new Binding.Input(0)), (call.Input(1), new Binding.Input(1)), call.Output(0))];

    public static ShaderCall Binary(string expression, (GlOperand At, Binding Binding) a, (GlOperand At, Binding Binding) b, GlOperand y, long[]? second = null) =>
        StridedShader.Call("binary.comp", LoopNest.Over(y.Format, Broadcast.Strides(a.At.Format, y.Format.Shape), second ?? Broadcast.Strides(b.At.Format, y.Format.Shape)), [new("A", 1, a.At.Offset), new("B", 2, b.At.Offset), new("Y", 0, y.Offset)],
            [a.Binding, b.Binding, new Binding.Output(0)], ("EXPRESSION", expression));

    /// <summary>Loops over the output, and over inputs that are repeated to its shape.</summary>
    public static LoopNest Nest(MemoryFormat a, MemoryFormat b, MemoryFormat y) =>
        LoopNest.Over(y, Broadcast.Strides(a, y.Shape), Broadcast.Strides(b, y.Shape));
}
