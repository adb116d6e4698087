using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The first input with the slices of the third put to the places that the coordinates in the last axis of the second name.</summary>
/// <param name="BatchAxes">Axes that go side by side; ONNX has none.</param>
internal sealed record ScatterND(ScatterReduction Reduction = ScatterReduction.None, int BatchAxes = 0) : Scatter(Reduction)
{
    public static Op FromOnnx(OnnxNode node) => new ScatterND(ReductionOf(node));

    public override void ToOnnx(OnnxCall call)
    {
        if (BatchAxes > 0)
            throw call.Error("it goes along several slices side by side, which ONNX has no operator for");
        WriteReduction(call);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        CheckTypes(call);
        Shape slices = GatherND.Sliced(call, call.Shape(0), BatchAxes);
        if (call.Shape(2) != slices)
            throw call.Error($"its elements have shape {call.Shape(2)}, but its indices {call.Shape(1)} name {slices} of its input {call.Shape(0)}");
        call.OutputLike(0, 0);
    }

    private protected override void Find(Shape y, Shape indexShape, ReadOnlySpan<long> indices, Span<int> places) =>
        GatherND.Places(y, BatchAxes, indexShape, indices, places);

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
            call[0] = Reduction == ScatterReduction.Add ? dy : call.Add(this, dy, call.Input(1), call.ZerosLike(call.Input(2)));
        if (call.Wants(2))
            call[2] = call.Add(new GatherND(BatchAxes), dy, call.Input(1));
    }
}
