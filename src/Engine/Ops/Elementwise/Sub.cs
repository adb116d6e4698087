using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>a - b</summary>
internal sealed record Sub() : Binary<SubBody>("a - b")
{
    protected override Func<T, T, T>? Number<T>() => static (a, b) => a - b;

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new SumTo(), call.OutputGradient(), call.Input(0));
        if (call.Wants(1))
            call[1] = call.Add(new SumTo(), call.Scaled(call.OutputGradient(), -1), call.Input(1));
    }
}
