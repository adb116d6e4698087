using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The second input where the first (bool) holds, else the third; all broadcast together.</summary>
internal sealed record Where : Op
{
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        if (call.Type(0) != ElementType.Bool || call.Type(1) != call.Type(2))
            throw call.Error($"its inputs are {call.Type(0)}, {call.Type(1)} and {call.Type(2)}, but Bool and two of one type are expected");
        call.Output(0, call.Type(1), Broadcast.Shapes(call, 3));
    }

    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount);

    public override void Gradient(GradientCall call)
    {
        Value zero = call.Number(0);
        if (call.Wants(1))
            call[1] = call.Add(new SumTo(), call.Add(new Where(), call.Input(0), call.OutputGradient(), zero), call.Input(1));
        if (call.Wants(2))
            call[2] = call.Add(new SumTo(), call.Add(new Where(), call.Input(0), zero, call.OutputGradient()), call.Input(2));
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand c = call.Input(0), a = call.Input(1), b = call.Input(2), y = call.Output(0);
        LoopNest nest = Nest(c.Format, a.Format, b.Format, y.Format);
        var kernel = new StridedChoice(y.Format.Type.Size(), nest.Extents, nest.Strides[1], nest.Strides[2], nest.Strides[3], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, c.As<bool>(), a.Pointer, b.Pointer, y.Pointer));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand c = call.Input(0), a = call.Input(1), b = call.Input(2), y = call.Output(0);
        return [StridedShader.Call("where.comp", Nest(c.Format, a.Format, b.Format, y.Format),
            [new("C", 1, c.Offset), new("A", 2, a.Offset), new("B", 3, b.Offset), new("Y", 0, y.Offset)],
            [new Binding.Input(0), new Binding.Input(1), new Binding.Input(2), new Binding.Output(0)])];
    }

    private static LoopNest Nest(MemoryFormat c, MemoryFormat a, MemoryFormat b, MemoryFormat y) =>
        LoopNest.Over(y, Broadcast.Strides(c, y.Shape), Broadcast.Strides(a, y.Shape), Broadcast.Strides(b, y.Shape));
}
