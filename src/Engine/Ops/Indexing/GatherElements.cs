using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>For every element of the indices the element of the input at its place, with the index in place of that along one axis.</summary>
internal sealed record GatherElements(int Axis = 0) : IndexedCopy
{
    public static Op FromOnnx(OnnxNode node) => new GatherElements(node.Int32("axis", 0));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Check(call, call.Shape(0), Axis);
        call.Output(0, call.Type(0), call.Shape(1));
    }

    /// <summary>Whether the indices, input 1, fit a value whose elements they name.</summary>
    internal static void Check(InferCall call, Shape x, int axis)
    {
        Shape indices = call.Shape(1);
        if (!Indices.IsIndex(call.Type(1)) || x.Rank == 0 || indices.Rank != x.Rank)
            throw call.Error($"its indices are {call.Type(1)} {indices}, but int32 or int64 with the axes of its input {x} are expected");
        axis = x.Axis(axis);
        for (int i = 0; i < x.Rank; i++)
            if (i != axis && indices[i] > x[i])
                throw call.Error($"its indices {indices} reach beyond its input {x} along axis {i}");
    }

    private protected override void Find(Shape x, Shape indexShape, ReadOnlySpan<long> indices, Shape y, Span<int> places) => Places(x, Axis, indexShape, indices, places);

    /// <summary>The element of <paramref name="x"/> each index names.</summary>
    internal static void Places(Shape x, int axis, Shape indexShape, ReadOnlySpan<long> indices, Span<int> places)
    {
        axis = x.Axis(axis);
        int[] strides = x.RowMajorStrides();
        for (int i = 0; i < places.Length; i++)
        {
            int place = Indices.Checked(indices[i], x[axis]) * strides[axis];
            for (int k = x.Rank - 1, rest = i; k >= 0; rest /= indexShape[k], k--)
                if (k != axis)
                    place += rest % indexShape[k] * strides[k];
            places[i] = place;
        }
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new ScatterElements(Axis, ScatterReduction.Add), call.ZerosLike(call.Input(0)), call.Input(1), call.OutputGradient());
    }
}
