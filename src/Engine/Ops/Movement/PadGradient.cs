using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What a <see cref="Pad"/> that repeats elements passes back. Inputs: dy, x (its shape alone), the pads, the axes they belong to (all when missing).</summary>
internal sealed record PadGradient(PadMode Mode) : CopiesGradient
{
    public override void Infer(InferCall call) => Infer(call, most: 4);

    private protected override Shape Copied(InferCall call) => new Pad(Mode).Padded(call, call.Shape(1), pads: 2);

    private protected override Func<int, int[]?> Origins(InferCall call, Shape dy, Shape x)
    {
        var pad = new Pad(Mode);
        (int[] begins, int[] ends) = Pad.Pads(call, x.Rank, pads: 2);
        return axis => begins[axis] == 0 && ends[axis] == 0 ? null
            : [.. Enumerable.Range(0, dy[axis]).Select(at => pad.Place(at - begins[axis], x[axis]))];
    }

    private protected override string Key(InferCall call)
    {
        (int[] begins, int[] ends) = Pad.Pads(call, call.Shape(1).Rank, pads: 2);
        return $"{string.Join(',', begins)} and {string.Join(',', ends)}, {Mode}";
    }
}
