using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The first input with the elements of the third put to the places the second names: their own, with the index in place of that along one axis.</summary>
internal sealed record ScatterElements(int Axis = 0, ScatterReduction Reduction = ScatterReduction.None) : Scatter(Reduction)
{
    public static Op FromOnnx(OnnxNode node) => new ScatterElements(node.Int32("axis", 0), ReductionOf(node));

    public override void ToOnnx(OnnxCall call) => WriteReduction(call).Set("axis", Axis);

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        CheckTypes(call);
        GatherElements.Check(call, call.Shape(0), Axis);
        if (call.Shape(2) != call.Shape(1))
            throw call.Error($"it has indices {call.Shape(1)} for elements {call.Shape(2)}");
        call.OutputLike(0, 0);
    }

    private protected override void Find(Shape y, Shape indexShape, ReadOnlySpan<long> indices, Span<int> places) =>
        GatherElements.Places(y, Axis, indexShape, indices, places);

    /// <remarks>An element that is put away gets nothing back.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (Reduction is not (ScatterReduction.None or ScatterReduction.Add))
        {
            call.None();
            return;
        }
        Value dy = call.OutputGradient();
        if (call.Wants(0))
            call[0] = Reduction == ScatterReduction.Add ? dy : call.Add(new ScatterElements(Axis), dy, call.Input(1), call.ZerosLike(call.Input(2)));
        if (call.Wants(2))
            call[2] = call.Add(new GatherElements(Axis), dy, call.Input(1));
    }
}
