using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The first input repeated to the shape of the second: the reverse of a sum. The second is read for its shape alone.
/// </summary>
/// <param name="Mean">Divided by how often each element is repeated: the reverse of a mean.</param>
internal sealed record ExpandLike(bool Mean = false) : Op
{
    public override bool ReadsShapeOnly(int input) => input == 1;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        if (Broadcast.Shapes(call, 2) != call.Shape(1))
            throw call.Error($"its input {call.Shape(0)} cannot be repeated to {call.Shape(1)}");
        call.Output(0, ElementType.Float32, call.Shape(1));
    }

    public override void Gradient(GradientCall call)
    {
        if (Mean)
            call.None();
        else
            call[0] = call.Add(new SumTo(), call.OutputGradient(), call.Input(0));
    }

    public override void Alias(AliasCall call)
    {
        if (call.InputInfo(0).Shape == call.OutputInfo(0).Shape)
            call.View(0, 0);
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        long[] strides = Broadcast.Strides(x.Format, y.Format.Shape);
        if (!Mean)
            return Movement.Copy(call, 0, strides, 0);
        LoopNest nest = LoopNest.Over(y.Format, strides);
        var kernel = new UnaryElementwise<ScaleBody>(call.Width, new(Factor(x.Format, y.Format)), nest.Extents, nest.Strides[1], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        long[] strides = Broadcast.Strides(x.Format, y.Format.Shape);
        if (!Mean || y.Format.Shape.ElementCount == 0)
            return Movement.CopyShaders(call, 0, strides, 0);
        return [StridedShader.Call("binary.comp", LoopNest.Over(y.Format, strides), [new("A", 1, x.Offset), new("B", 1, x.Offset), new("Y", 0, y.Offset)],
            [new Binding.Input(0), new Binding.Input(0), new Binding.Output(0)], ("EXPRESSION", $"a * {StridedShader.Text(Factor(x.Format, y.Format))}"))];
    }

    private static float Factor(MemoryFormat x, MemoryFormat y) => (float)((double)x.Shape.ElementCount / Math.Max(1, y.Shape.ElementCount));
}
