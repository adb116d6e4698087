using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The input's extents (a part of them) as an int64 list; known without running anything.</summary>
internal sealed record ShapeOf(int Start = 0, int End = int.MaxValue) : KnownOutput
{
    public override string Name => "Shape";

    public static Op FromOnnx(OnnxNode node) => new ShapeOf(node.Int32("start", 0), node.Int32("end", int.MaxValue));

    public override void ToOnnx(OnnxCall call)
    {
        OnnxWriter node = call.Write(Name);
        if (Start != 0)
            node.Set("start", Start);
        if (End != int.MaxValue)
            node.Set("end", End);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Tensor extents = Extents(call.Shape(0));
        call.Output(0, ElementType.Int64, extents.Shape, extents);
    }

    private Tensor Extents(Shape shape)
    {
        int from = Math.Clamp(Start < 0 ? Start + shape.Rank : Start, 0, shape.Rank);
        int to = Math.Clamp(End < 0 ? End + shape.Rank : End, from, shape.Rank);
        return Tensor.Of<long>([to - from], [.. shape.Skip(from).Take(to - from).Select(extent => (long)extent)]);
    }
}
