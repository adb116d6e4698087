using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The sum of any number of values that are broadcast together, added from the first to the last.</summary>
public sealed record Sum : Op
{
    public override void Infer(InferCall call)
    {
        call.Arity(1, int.MaxValue);
        for (int i = 0; i < call.InputCount; i++)
            if (call.Type(i) != ElementType.Float32)
                throw call.Error($"its input {i} is {call.Type(i)}, but it runs in Float32");
        call.Output(0, ElementType.Float32, Broadcast.Shapes(call, call.InputCount));
    }

    public override void Gradient(GradientCall call)
    {
        for (int i = 0; i < call.Node.Inputs.Length; i++)
            if (call.Wants(i))
                call[i] = call.Add(new SumTo(), call.OutputGradient(), call.Input(i));
    }

    public override Cost Cost(InferCall call) => new((long)call.OutputShape(0).ElementCount * (call.InputCount - 1));

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand y = call.Output(0);
        if (call.InputCount == 1)
            return Movement.Copy(call, 0, call.Input(0).Form.Strides, 0);
        var steps = new List<CpuStep>();
        Operand sum = call.Input(0);
        for (int i = 1; i < call.InputCount; i++)
        {
            (Operand a, Operand b) = (sum, call.Input(i));
            LoopNest nest = LoopNest.Over(y.Form, Broadcast.Strides(a.Form, y.Form.Shape), Broadcast.Strides(b.Form, y.Form.Shape));
            var kernel = new BinaryElementwise<AddBody>(call.Width, default, nest.Extents, nest.Strides[1], nest.Strides[2], nest.Strides[0]);
            steps.Add(CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, a.Floats, b.Floats, y.Floats)));
            sum = y;
        }
        return CpuStep.InTurn(steps);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand y = call.Output(0);
        if (call.InputCount == 1)
            return Movement.CopyShaders(call, 0, call.Input(0).Form.Strides, 0);
        ShaderCall? first = null;
        for (int i = call.InputCount - 1; i >= 1; i--)
        {
            GlOperand a = i == 1 ? call.Input(0) : y, b = call.Input(i);
            LoopNest nest = LoopNest.Over(y.Form, Broadcast.Strides(a.Form, y.Form.Shape), Broadcast.Strides(b.Form, y.Form.Shape));
            first = StridedShader.Call("binary.comp", nest, [new("A", 1, a.Offset), new("B", 2, b.Offset), new("Y", 0, y.Offset)],
                [i == 1 ? new Binding.Input(0) : new Binding.Output(0), new Binding.Input(i), new Binding.Output(0)],
                ("EXPRESSION", "a + b")) with { Next = first };
        }
        return [first!];
    }
}
