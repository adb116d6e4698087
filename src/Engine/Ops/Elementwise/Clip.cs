using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// min(max(x, lowest), highest). The bounds are the record's own, or constants given as inputs 1 and 2 (either may be missing).
/// </summary>
internal sealed partial record Clip(double Lowest = double.NegativeInfinity, double Highest = double.PositiveInfinity) : Op, IActivation
{
    public static Op FromOnnx(OnnxNode node)
    {
        if (node.OpSet < 11)
            return new Clip(node.Float("min", float.NegativeInfinity), node.Float("max", float.PositiveInfinity));
        if (node.InputCount > 1 && IsOpen(node, 1) || node.InputCount > 2 && IsOpen(node, 2))
            return new Clip();
        var clip = new Clip(
            node.Constant(1) is { } low ? Number(low) : double.NegativeInfinity,
            node.Constant(2) is { } high ? Number(high) : double.PositiveInfinity);
        node.KeepInputs(1);
        return clip;
    }

    public override void ToOnnx(OnnxCall call)
    {
        ElementType type = call.InputInfo(0).Type;
        (double lowest, double highest) = Bounds(call.Node, call.InputInfo);
        string Bound(string name, double value) =>
            double.IsInfinity(value) ? "" : call.Weight(name, NumberTypes.Call<Constant, Tensor>(type, new(value)));
        call.Write(Name).Inputs(call.Input(0), Bound("lowest", lowest), Bound("highest", highest));
    }

    public Activation? AsActivation => new Activation(ActivationKind.Clip, (float)Lowest, (float)Highest);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 3);
        if (!call.Type(0).IsNumber())
            throw call.Error($"its input is {call.Type(0)}, which has no order it could be clipped in");
        for (int i = 1; i < 3; i++)
            if (call.Has(i) && (call.Known(i) is not { Count: 1 } bound || bound.Type != call.Type(0)))
                throw call.Error($"its bound {i} has to be one constant of type {call.Type(0)}");
        call.OutputLike(0, 0);
    }

    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override void Alias(AliasCall call) => call.InPlace(0, 0);
    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount);

    public override void Gradient(GradientCall call)
    {
        double Bound(int input, double otherwise) => !call.Has(input) ? otherwise
            : call.Graph.Parameters.TryGetValue(call.Input(input), out Parameter? bound) ? Number(bound.Value) : double.NaN;
        (double lowest, double highest) = (Bound(1, Lowest), Bound(2, Highest));
        if (double.IsNaN(lowest) || double.IsNaN(highest))
            call.None();
        else if (lowest == 0)
            call[0] = call.Rectified(Back);
        else
            call[0] = Back(call.OutputGradient());

        Value Back(Value gradient) => call.Add(new ClipGradient((float)lowest, (float)highest), call.Output(0), gradient);
    }

    private static bool IsOpen(OnnxNode node, int input) => node.IsGiven(input) && node.Constant(input) is null;

    private static double Number(Tensor bound) => bound.Count == 1
        ? NumberTypes.Call<First, double>(bound.Type, new(bound))
        : throw new LiveCamException($"A bound of a Clip has {bound.Count} elements, but 1 is expected.");

    private readonly struct First(Tensor tensor) : INumberAction<double>
    {
        public double Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => double.CreateChecked(tensor.Span<T>()[0]);
    }

    private readonly struct Constant(double value) : INumberAction<Tensor>
    {
        public Tensor Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => Tensor.Scalar(T.CreateSaturating(value));
    }

    private (double Lowest, double Highest) Bounds(Node node, Func<int, ValueInfo> info)
    {
        double Bound(int input, double otherwise) =>
            input < node.Inputs.Length && node.Inputs[input].Exists ? Number(info(input).Known!) : otherwise;
        return (Bound(1, Lowest), Bound(2, Highest));
    }
}
