using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What a <see cref="Tile"/> passes back. Inputs: dy, x (its shape alone), the repeats.</summary>
internal sealed record TileGradient : CopiesGradient
{
    public override void Infer(InferCall call) => Infer(call, most: 3);

    private protected override Shape Copied(InferCall call) => Tile.Tiled(call, call.Shape(1), repeats: 2);

    private protected override Func<int, int[]?> Origins(InferCall call, Shape dy, Shape x) =>
        axis => dy[axis] == x[axis] ? null : [.. Enumerable.Range(0, dy[axis]).Select(at => at % x[axis])];

    private protected override string Key(InferCall call) => $"tiles of {call.Shape(0)}";
}
