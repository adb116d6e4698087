using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The elements along some axes with mean 0 and deviation 1.</summary>
/// <param name="Axes">Pictures, rows and columns unless given.</param>
internal sealed record MeanVarianceNormalization(Ints Axes) : Standardization
{
    // Keeps equal elements from being divided by zero: ONNX fixes it.
    private const float Least = 1e-9f;

    public static Op FromOnnx(OnnxNode node) => new MeanVarianceNormalization(node.Has("axes") ? node.IntList("axes") : [0, 2, 3]);
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axes", Axes);

    private protected override double Factor(double measured, int count) => 1 / (Math.Sqrt(measured) + Least);
    private protected override string FactorShader(int count) => $"(1.0 / (sqrt(v) + {StridedShader.Text(Least)}))";

    private protected override Grouping Groups(InferCall call)
    {
        call.Arity(1, 1);
        Shape x = call.Shape(0);
        int[] axes = [.. Axes.Select(axis => x.Axis(axis))];
        return new(x, [.. Enumerable.Range(0, x.Rank).Select(axes.Contains)], new long[x.Rank]);
    }

    public override void Gradient(GradientCall call) =>
        Differentiate(call, Least * Least, value => value, [.. Axes.Select(axis => (long)axis)], value => value, column => column);
}

/// <summary>The elements along an axis divided by their length: the sum of magnitudes (<paramref name="P"/> 1) or the root of the sum of squares (2). What is all zeros stays.</summary>
internal sealed record LpNormalization(int Axis = -1, int P = 2) : Standardization
{
    private protected override bool Centers => false;
    private protected override ReductionKind Measure => P == 1 ? ReductionKind.L1 : ReductionKind.L2;

    public static Op FromOnnx(OnnxNode node) => node.Int32("p", 2) is (1 or 2) and var p
        ? new LpNormalization(node.Int32("axis", -1), p) : throw node.Error($"its p is {node.Int32("p", 2)}, but only 1 and 2 are defined");

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis).Set("p", P);

    private protected override double Factor(double measured, int count) => measured > 0 ? 1 / measured : 0;
    private protected override string FactorShader(int count) => "(1.0 / max(v, T(1e-37)))";

    private protected override Grouping Groups(InferCall call)
    {
        call.Arity(1, 1);
        Shape x = call.Shape(0);
        int along = x.Axis(Axis);
        return new(x, [.. Enumerable.Range(0, x.Rank).Select(axis => axis == along)], new long[x.Rank]);
    }

    /// <remarks>(dy - s sum dy y) / length, where s is y, or the sign of x for the sum of magnitudes.</remarks>
    public override void Gradient(GradientCall call)
    {
        Value over = call.Longs(Axis), x = call.Input(0), y = call.Output(0), dy = call.OutputGradient();
        Value length = P == 1 ? call.Add(new ReduceL1(), x, over) : call.Add(new ReduceL2(), x, over);
        Value along = call.Add(new ReduceSum(), call.Times(dy, y), over);
        call[0] = call.Add(new Div(), call.Minus(dy, call.Times(P == 1 ? call.Add(new Sign(), x) : y, along)), length);
    }
}
