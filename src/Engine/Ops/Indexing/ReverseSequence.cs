using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Of each sequence, as many first steps as the second input says in reverse order; what is behind them stays.</summary>
internal sealed record ReverseSequence(int BatchAxis = 1, int TimeAxis = 0) : IndexedCopy
{
    public static Op FromOnnx(OnnxNode node) => new ReverseSequence(node.Int32("batch_axis", 1), node.Int32("time_axis", 0));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("batch_axis", BatchAxis).Set("time_axis", TimeAxis);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape x = call.Shape(0), lengths = call.Shape(1);
        if (BatchAxis + TimeAxis != 1 || BatchAxis * TimeAxis != 0 || x.Rank < 2 || !Indices.IsIndex(call.Type(1)) || lengths.Rank != 1 || lengths[0] != x[BatchAxis])
            throw call.Error($"its lengths are {call.Type(1)} {lengths} for an input {x} with sequences along axis {BatchAxis} and steps along {TimeAxis}; those are axes 0 and 1, and each sequence has one length");
        call.OutputLike(0, 0);
    }

    private protected override void Find(Shape x, Shape indexShape, ReadOnlySpan<long> indices, Shape y, Span<int> places)
    {
        int inner = x.CountOf(2, x.Rank);
        for (int i = 0; i < places.Length; i++)
        {
            int second = i / inner % x[1], first = i / inner / x[1];
            (int sequence, int step) = BatchAxis == 1 ? (second, first) : (first, second);
            int length = indices[sequence] >= 0 && indices[sequence] <= x[TimeAxis] ? (int)indices[sequence]
                : throw new LiveCamException($"A sequence of {x[TimeAxis]} steps cannot have the length {indices[sequence]}.");
            int from = step < length ? length - 1 - step : step;
            places[i] = (BatchAxis == 1 ? from * x[1] + sequence : sequence * x[1] + from) * inner + i % inner;
        }
    }

    /// <remarks>It is its own reverse.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(this, call.OutputGradient(), call.Input(1));
    }
}
