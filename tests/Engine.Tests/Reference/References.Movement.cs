using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;
using Softmax = LiveCam.Engine.Ops.Softmax;
using CrossEntropy = LiveCam.Engine.Ops.CrossEntropy;
using SoftmaxGradient = LiveCam.Engine.Ops.SoftmaxGradient;

namespace LiveCam.Engine.Tests.Reference;

internal static partial class References
{
    private static Rules MovementRules => new()
    {
        [typeof(Identity)] = Moved((_, x) => x),
        [typeof(Reorder)] = Moved((_, x) => x),
        [typeof(Concat)] = (op, x) => new(Movements.Concat(((Concat)op).Axis, x), 0),
        [typeof(Flatten)] = Moved((op, x) => Movements.Flatten(((Flatten)op).Axis, x)),
        [typeof(Reshape)] = (op, x) => new(Movements.Reshape(((Reshape)op).AllowZero, x[0]!, x[1]!.Longs), 0),
        [typeof(Squeeze)] = (_, x) => new(Movements.Squeeze(x[0]!, x.ElementAtOrDefault(1)?.Longs), 0),
        [typeof(Unsqueeze)] = (_, x) => new(Movements.Unsqueeze(x[0]!, x[1]!.Longs), 0),
        [typeof(Transpose)] = Moved((op, x) => Movements.Transpose(((Transpose)op).Permutation, x)),
        [typeof(Slice)] = (_, x) => new(Movements.Slice(x), 0),
        [typeof(Pad)] = (op, x) => new(Movements.Pad(((Pad)op).Mode, x), 0),
        [typeof(Split)] = (op, x) => new(Movements.Split((Split)op, x[0]!, x.ElementAtOrDefault(1)?.Longs), 0),
        [typeof(SplitGradient)] = (op, x) => new(Movements.SplitGradient((SplitGradient)op, x), 0),
        [typeof(Expand)] = (_, x) => new(Elementwise.Broadcast(x[0]!, new Doubles(Shape.FromLongs(x[1]!.Longs)), (a, _) => a), 0),
        [typeof(Tile)] = (_, x) => new(Movements.Tile(x[0]!, x[1]!.Longs), 0),
        [typeof(TileGradient)] = (_, x) => Movements.SumOfCopies(x, numbers => Movements.Tile(numbers, x[2]!.Longs)),
        [typeof(SizeOf)] = Moved((_, x) => new([], [x.Count])),
        [typeof(DepthToSpace)] = Moved((op, x) => Movements.DepthToSpace((DepthToSpace)op, x)),
        [typeof(SpaceToDepth)] = Moved((op, x) => Movements.SpaceToDepth((SpaceToDepth)op, x)),
        [typeof(ShapeOf)] = Moved((op, x) => Movements.ShapeOf((ShapeOf)op, x)),
        [typeof(ConstantOfShape)] = (op, x) => new(Movements.ConstantOfShape((ConstantOfShape)op, x[0]!), 0),
        [typeof(ReshapeLike)] = (_, x) => new(x[0]!.Reshaped(x[1]!.Shape), 0),
        [typeof(SliceGradient)] = (_, x) => new(Movements.SliceGradient(x), 0),
        [typeof(PadGradient)] = (op, x) => Movements.SumOfCopies(x, numbers => Movements.Pad(((PadGradient)op).Mode, [numbers, x[2], null, x.ElementAtOrDefault(3)])),
        [typeof(ConcatGradient)] = (op, x) => new(Movements.ConcatGradient(((ConcatGradient)op).Axis, x), 0),
    };
}
