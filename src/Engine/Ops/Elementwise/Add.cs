using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>a + b</summary>
internal sealed record Add() : Binary<AddBody>("a + b")
{
    protected override Func<T, T, T>? Number<T>() => static (a, b) => a + b;

    public override void Gradient(GradientCall call)
    {
        for (int i = 0; i < 2; i++)
            if (call.Wants(i))
                call[i] = call.Add(new SumTo(), call.OutputGradient(), call.Input(i));
    }
}
