using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The slices along an axis for which the second input, a constant, is true; single elements in row-major order where no axis is given.</summary>
internal sealed record Compress(int? Axis = null) : IndexedCopy
{
    public static Op FromOnnx(OnnxNode node) => new Compress(node.Has("axis") ? node.Int32("axis", 0) : null);

    public override void ToOnnx(OnnxCall call)
    {
        OnnxWriter node = call.Write(Name);
        if (Axis is { } axis)
            node.Set("axis", axis);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape x = call.Shape(0);
        if (call.Type(1) != ElementType.Bool || call.Shape(1).Rank != 1 || x.Rank == 0)
            throw call.Error($"its condition is {call.Type(1)} {call.Shape(1)} for an input {x}, but one list of Bool and at least one axis are expected");
        Tensor condition = call.Known(1) ?? throw call.Error("its condition has to be a constant, but is computed at run time");
        int extent = Axis is { } axis ? x[x.Axis(axis)] : x.ElementCount, kept = condition.Bytes.Span.Count((byte)1);
        if (condition.Count > extent)
            throw call.Error($"its condition has {condition.Count} entries for {extent} slices");
        call.Output(0, call.Type(0), Axis is { } along ? x.With(x.Axis(along), kept) : [kept]);
    }

    private protected override void Find(Shape x, Shape indexShape, ReadOnlySpan<long> indices, Shape y, Span<int> places)
    {
        int axis = Axis is { } given ? x.Axis(given) : 0, inner = Axis is null ? 1 : x.CountOf(axis + 1, x.Rank), extent = Axis is null ? x.ElementCount : x[axis];
        for (int i = 0, outer = 0; i < places.Length; outer++)
            for (int slice = 0; slice < indices.Length; slice++)
                for (int k = 0; indices[slice] != 0 && k < inner; k++)
                    places[i++] = (outer * extent + slice) * inner + k;
    }
}
