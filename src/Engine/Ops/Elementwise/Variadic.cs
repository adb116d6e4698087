using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Any number of values that are broadcast together, put together two by two from the first to the last.</summary>
internal abstract record Variadic<TBody>(string Expression) : Binary<TBody>(Expression) where TBody : struct, IBinaryBody
{
    /// <summary>What the result is multiplied with at the end.</summary>
    protected virtual float Factor(int count) => 1;

    public override void Infer(InferCall call)
    {
        call.Arity(1, int.MaxValue);
        for (int i = 0; i < call.InputCount; i++)
        {
            if (call.Type(i) != ElementType.Float32 && (Number<int>() is null || !call.Type(i).IsNumber()))
                throw call.Error($"its input {i} is {call.Type(i)}, but it runs in Float32");
            if (call.Type(i) != call.Type(0))
                throw call.Error($"its inputs 0 and {i} are {call.Type(0)} and {call.Type(i)}, but all of one type are expected");
        }
        call.Output(0, call.Type(0), Broadcast.Shapes(call, call.InputCount));
    }

    public override void Alias(AliasCall call) { }
    public override Cost Cost(InferCall call) => new((long)call.OutputShape(0).ElementCount * (call.InputCount - 1));

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand y = call.Output(0);
        if (call.InputCount == 1)
            return Movement.Copy(call, 0, call.Input(0).Format.Strides, 0);
        var steps = new List<CpuStep>();
        for (int i = 1; i < call.InputCount; i++)
            steps.Add(Step(call.Width, i == 1 ? call.Input(0) : y, call.Input(i), y));
        if (Factor(call.InputCount) is var factor and not 1)
        {
            LoopNest nest = LoopNest.Over(y.Format);
            var kernel = new UnaryElementwise<ScaleBody>(call.Width, new(factor), nest.Extents, nest.Strides[0], nest.Strides[0]);
            steps.Add(CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, y.Floats, y.Floats)));
        }
        return CpuStep.InTurn(steps);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand y = call.Output(0);
        if (call.InputCount == 1)
            return Movement.CopyShaders(call, 0, call.Input(0).Format.Strides, 0);
        ShaderCall? first = null;
        for (int i = call.InputCount - 1; i >= 1; i--)
        {
            string factor = i == call.InputCount - 1 && Factor(call.InputCount) is var scale and not 1 ? $" * {StridedShader.Text(scale)}" : "";
            first = ElementwiseShader.Binary($"({Expression}){factor}", i == 1 ? (call.Input(0), new Binding.Input(0)) : (y, new Binding.Output(0)),
                (call.Input(i), new Binding.Input(i)), y) with { Next = first };
        }
        return [first!];
    }
}

/// <summary>The sum of any number of values.</summary>
internal sealed record Sum() : Variadic<AddBody>("a + b")
{
    public override void Gradient(GradientCall call)
    {
        for (int i = 0; i < call.Node.Inputs.Length; i++)
            if (call.Wants(i))
                call[i] = call.Add(new SumTo(), call.OutputGradient(), call.Input(i));
    }
}

/// <summary>The mean of any number of values.</summary>
internal sealed record Mean() : Variadic<AddBody>("a + b")
{
    protected override float Factor(int count) => 1f / count;

    public override void Gradient(GradientCall call)
    {
        Value part = call.Scaled(call.OutputGradient(), Factor(call.Node.Inputs.Length));
        for (int i = 0; i < call.Node.Inputs.Length; i++)
            if (call.Wants(i))
                call[i] = call.Add(new SumTo(), part, call.Input(i));
    }
}

/// <summary>The largest of any number of values; NaN where one is.</summary>
internal sealed record Max() : Variadic<MaxBody>("largest(a, b)")
{
    protected override Func<T, T, T>? Number<T>() => T.Max;
    public override void Gradient(GradientCall call) => call.ToChosen();
}

/// <summary>The smallest of any number of values; NaN where one is.</summary>
internal sealed record Min() : Variadic<MinBody>("smallest(a, b)")
{
    protected override Func<T, T, T>? Number<T>() => T.Min;
    public override void Gradient(GradientCall call) => call.ToChosen();
}
