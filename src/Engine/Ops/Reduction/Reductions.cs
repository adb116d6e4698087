using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>The sum over some axes.</summary>
internal sealed record ReduceSum(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.Sum, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceSum(keep, nothing));
    public override void Gradient(GradientCall call) => call[0] = Back(call, call.OutputGradient());
}

/// <summary>The mean over some axes.</summary>
internal sealed record ReduceMean(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.Mean, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceMean(keep, nothing));
    public override void Gradient(GradientCall call) => call[0] = Back(call, call.OutputGradient(), mean: true);
}

/// <summary>The largest element over some axes; of bools, whether any is true.</summary>
internal sealed record ReduceMax(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.Max, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceMax(keep, nothing));
    public override void Gradient(GradientCall call) => call[0] = ToChosen(call);
}

/// <summary>The smallest element over some axes; of bools, whether all are true.</summary>
internal sealed record ReduceMin(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.Min, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceMin(keep, nothing));
    public override void Gradient(GradientCall call) => call[0] = ToChosen(call);
}

/// <summary>The product over some axes.</summary>
internal sealed record ReduceProd(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.Prod, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceProd(keep, nothing));

    /// <remarks>dy y / x: not a number where an element is 0.</remarks>
    public override void Gradient(GradientCall call) =>
        call[0] = call.Add(new Div(), Back(call, call.Times(call.OutputGradient(), call.Output(0))), call.Input(0));
}

/// <summary>The sum of magnitudes over some axes.</summary>
internal sealed record ReduceL1(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.L1, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceL1(keep, nothing));
    public override void Gradient(GradientCall call) => call[0] = call.Times(Back(call, call.OutputGradient()), call.Add(new Sign(), call.Input(0)));
}

/// <summary>The square root of the sum of squares over some axes.</summary>
internal sealed record ReduceL2(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.L2, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceL2(keep, nothing));

    public override void Gradient(GradientCall call) =>
        call[0] = call.Times(Back(call, call.Add(new Div(), call.OutputGradient(), call.Output(0))), call.Input(0));
}

/// <summary>The sum of squares over some axes.</summary>
internal sealed record ReduceSumSquare(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.SumSquare, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceSumSquare(keep, nothing));
    public override void Gradient(GradientCall call) => call[0] = call.Times(Back(call, call.Scaled(call.OutputGradient(), 2)), call.Input(0));
}

/// <summary>The logarithm of the sum over some axes.</summary>
internal sealed record ReduceLogSum(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.LogSum, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceLogSum(keep, nothing));
    public override void Gradient(GradientCall call) => call[0] = Back(call, call.Add(new Div(), call.OutputGradient(), call.Add(new Exp(), call.Output(0))));
}

/// <summary>The logarithm of the sum of exp(x) over some axes, the largest x subtracted first.</summary>
internal sealed record ReduceLogSumExp(bool Keep = true, bool NothingWhenEmpty = false) : Reduce(ReductionKind.LogSumExp, Keep, NothingWhenEmpty)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (keep, nothing) => new ReduceLogSumExp(keep, nothing));

    public override void Gradient(GradientCall call) =>
        call[0] = call.Times(Back(call, call.OutputGradient()), call.Add(new Exp(), call.Minus(call.Input(0), Back(call, call.Output(0)))));
}
