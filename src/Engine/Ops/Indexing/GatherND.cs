using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Slices of the input, each named by the coordinates in the last axis of the indices; the first <paramref name="BatchAxes"/> axes go side by side.</summary>
internal sealed record GatherND(int BatchAxes = 0) : IndexedCopy
{
    public static Op FromOnnx(OnnxNode node) => new GatherND(node.Int32("batch_dims", 0));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("batch_dims", BatchAxes);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        call.Output(0, call.Type(0), Sliced(call, call.Shape(0), BatchAxes));
    }

    /// <summary>The shape of all slices that the indices, input 1, name.</summary>
    internal static Shape Sliced(InferCall call, Shape x, int batchAxes)
    {
        Shape indices = call.Shape(1);
        if (!Indices.IsIndex(call.Type(1)) || x.Rank == 0 || indices.Rank == 0)
            throw call.Error($"it picks from {x} by {call.Type(1)} {indices}, but at least one axis each and int32 or int64 indices are expected");
        int named = indices[indices.Rank - 1];
        if (batchAxes < 0 || batchAxes >= Math.Min(x.Rank, indices.Rank) || named < 1 || batchAxes + named > x.Rank
            || !x.Span[..batchAxes].SequenceEqual(indices.Span[..batchAxes]))
            throw call.Error($"its indices {indices} do not name slices of its input {x} behind {batchAxes} common axes");
        return Shape.Create([.. indices.Span[..^1], .. x.Span[(batchAxes + named)..]]);
    }

    private protected override void Find(Shape x, Shape indexShape, ReadOnlySpan<long> indices, Shape y, Span<int> places) => Places(x, BatchAxes, indexShape, indices, places);

    /// <summary>The elements of <paramref name="x"/> in the slices the indices name, one slice after the other.</summary>
    internal static void Places(Shape x, int batchAxes, Shape indexShape, ReadOnlySpan<long> indices, Span<int> places)
    {
        int named = indexShape[indexShape.Rank - 1], slice = x.CountOf(batchAxes + named, x.Rank), batch = x.CountOf(batchAxes, x.Rank);
        int[] strides = x.RowMajorStrides();
        int tuples = named == 0 ? 0 : indices.Length / named, perBatch = Math.Max(1, indexShape.CountOf(batchAxes, indexShape.Rank - 1));
        for (int tuple = 0; tuple < tuples; tuple++)
        {
            int first = tuple / perBatch * batch;
            for (int i = 0; i < named; i++)
                first += Indices.Checked(indices[tuple * named + i], x[batchAxes + i]) * strides[batchAxes + i];
            for (int i = 0; i < slice; i++)
                places[tuple * slice + i] = first + i;
        }
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new ScatterND(ScatterReduction.Add, BatchAxes), call.ZerosLike(call.Input(0)), call.Input(1), call.OutputGradient());
    }
}
