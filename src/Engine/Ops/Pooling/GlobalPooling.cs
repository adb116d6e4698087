using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What global max and average pooling share.</summary>
internal static class GlobalPooling
{
    public static void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, ElementType.Float32, Pooled(call, input: 0));
    }

    /// <summary>Checks the input that is pooled and gives the output's shape.</summary>
    public static Shape Pooled(InferCall call, int input)
    {
        Shape x = call.Shape(input);
        if (call.Type(input) != ElementType.Float32 || x.Rank is < 3 or > 5 || x.CountOf(2, x.Rank) == 0)
            throw call.Error($"its input is {call.Type(input)} {x}, but Float32 with N, C and one to three spatial axes is expected");
        return Shape.Create([x[0], x[1], .. Enumerable.Repeat(1, x.Rank - 2)]);
    }

    public static unsafe CpuStep Prepare(CpuCall call, bool average)
    {
        Operand x = call.Input(0), y = call.Output(0);
        Shape shape = x.Format.Shape;
        var kernel = Pooling.Global(average, shape[0], shape.CountOf(2, shape.Rank), shape[1], x.Format.Pitch, y.Format.Pitch, call.Width);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    public static IEnumerable<ShaderCall> Shaders(GlCall call, ReductionKind kind)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        bool[] reduced = [.. Enumerable.Range(0, x.Format.Shape.Rank).Select(axis => axis >= 2)];
        return ReduceShader.List(call, kind, x, reduced, (new Binding.Output(0), y.Format.Strides, y.Offset));
    }
}
