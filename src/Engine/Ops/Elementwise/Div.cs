using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>a / b; integers round towards zero</summary>
internal sealed record Div() : Binary<DivBody>("a / b")
{
    protected override Func<T, T, T>? Number<T>() => WholeNumbers.Divide;

    public override void Gradient(GradientCall call)
    {
        Value byDivisor = call.Add(new Div(), call.OutputGradient(), call.Input(1));
        if (call.Wants(0))
            call[0] = call.Add(new SumTo(), byDivisor, call.Input(0));
        if (call.Wants(1))
            call[1] = call.Add(new SumTo(), call.Scaled(call.Add(new Mul(), byDivisor, call.Output(0)), -1), call.Input(1));
    }
}
