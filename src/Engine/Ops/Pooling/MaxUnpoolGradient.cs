using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What a <see cref="MaxUnpool"/> passes back: from the gradient of its output the elements at the places the second input names.</summary>
internal sealed record MaxUnpoolGradient(Window Window) : IndexedCopy
{
    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape dy = call.Shape(0), places = call.Shape(1);
        if (call.Type(0) != ElementType.Float32 || call.Type(1) != ElementType.Int64 || places.Rank is < 3 or > 5 || dy.Rank != places.Rank
            || Window.Kernel.Count != places.Rank - 2 || MaxUnpool.Unpooled(Window, places).Zip(dy).Any(pair => pair.First > pair.Second))
            throw call.Error($"the gradient of the output is {call.Type(0)} {dy}, which does not fit places {call.Type(1)} {places}");
        call.Output(0, ElementType.Float32, places);
    }

    private protected override void Find(Shape x, Shape indexShape, ReadOnlySpan<long> indices, Shape y, Span<int> places) =>
        MaxUnpool.Places(MaxUnpool.Unpooled(Window, indexShape), x, indices, places);
}
