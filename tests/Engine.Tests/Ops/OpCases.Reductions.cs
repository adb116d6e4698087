using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;
using Softmax = LiveCam.Engine.Ops.Softmax;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    private static OpCase[] Reductions =>
    [
        new(new Softmax(), [3, 10]),
        new(new Softmax(), [2, 1000]),
        new(new Softmax(), new Input([5, 1]).In(-50, 50)) { Note = "rows of one" },
        new(new Softmax(), new Input([3, 17]).In(-80, 80)) { Note = "exponents beyond float" },
        new(new Softmax(1), [2, 19, 5, 7]) { Note = "channels" },
        new(new Softmax(2), [2, 3, 5, 7]) { Note = "rows" },
        new(new Softmax(-1), [1, 4, 5, 9]) { Note = "columns" },
        new(new Softmax(0), [17, 3]) { Note = "first axis" },
        new(new Softmax(1, Trailing: true), [2, 3, 5, 7]) { Note = "trailing" },
        new(new Softmax(0), [11]) { Note = "vector" },
        new(new LogSoftmax(), [3, 10]),
        new(new LogSoftmax(), new Input([3, 17]).In(-80, 80)),
        new(new LogSoftmax(1), [2, 19, 5, 7]),
        new(new LogSoftmax(1, Trailing: true), [2, 3, 5, 7]),
        new(new ReduceMean(), [2, 19, 5, 7], Const(2, 3)) { Note = "spatial" },
        new(new ReduceMean(Keep: false), [2, 19, 5, 7], Const(-1, -2)) { Note = "spatial, axes gone" },
        new(new ReduceMean(), [2, 19, 5, 7], Const(1)) { Note = "channels" },
        new(new ReduceMean(Keep: false), [2, 19, 5, 7], Const(0, 2)) { Note = "pictures and rows" },
        new(new ReduceMean(), [2, 19, 5, 7]) { Note = "everything" },
        new(new ReduceMean(Keep: false), [3, 7]) { Note = "to a scalar" },
        new(new ReduceMean(NothingWhenEmpty: true), [3, 7], Const()) { Note = "nothing" },
        new(new ReduceMean(), [3, 131], Const(1)),
        new(new ReduceMean(), [131, 3], Const(0)),
        new(new ReduceSum(), [2, 19, 5, 7], Const(2, 3)),
        new(new ReduceSum(Keep: false), [3, 7], Const(-1)),
        new(new ReduceSum(), new Input([3, 7]).As(ElementType.Int64), Const(1)),
        new(new ReduceSum(NothingWhenEmpty: true), [3, 7], Const()) { Note = "nothing" },
        new(new ReduceMax(), [2, 19, 5, 7], Const(1)),
        new(new ReduceMax(Keep: false), [3, 7], Const(1)),
        new(new ReduceMax(), new Input([3, 7]).As(ElementType.Bool), Const(1)) { Note = "any" },
        new(new ReduceMin(), [2, 5, 7], Const(0, 2)),
        new(new ReduceMin(Keep: false), new Input([3, 7]).As(ElementType.Int32), Const(1)),
        new(new ReduceProd(), new Input([3, 5]).In(0.5f, 2), Const(1)),
        new(new ReduceL1(), [2, 5, 7], Const(1)),
        new(new ReduceL2(Keep: false), [2, 5, 7], Const(1, 2)),
        new(new ReduceSumSquare(), [2, 5, 7], Const(-1)),
        new(new ReduceLogSum(), new Input([3, 7]).In(0.1f, 1), Const(1)),
        new(new ReduceLogSumExp(), new Input([2, 5, 7]).In(-4, 4), Const(1)),
        new(new ReduceLogSumExp(Keep: false), new Input([3, 7]).In(95, 99)) { Note = "beyond what exp can hold" },
        new(new ArgMax(1), [2, 19, 5, 7]),
        new(new ArgMax(-1, Keep: false), new Input([3, 17]) { IsWhole = true }) { Note = "equal elements" },
        new(new ArgMax(0, Last: true), new Input([17, 3]) { IsWhole = true }) { Note = "the last of equal ones" },
        new(new ArgMax(1), new Input([3, 7]).As(ElementType.Int32)),
        new(new ArgMin(), [5, 7]),
        new(new ArgMin(2, Keep: false, Last: true), new Input([2, 3, 9]) { IsWhole = true }),
        new(new Hardmax(), new Input([3, 10]) { IsWhole = true }),
        new(new Hardmax(1), [2, 19, 5, 7]) { Note = "channels" },
        new(new Hardmax(1, Trailing: true), [2, 3, 5, 7]) { Note = "trailing" },
        new(new TopK(), new Input([3, 17]) { IsWhole = true }, Const(4)) { Outputs = 2 },
        new(new TopK(1, Largest: false), [2, 9, 5], Const(3)) { Outputs = 2, Note = "the smallest" },
        new(new TopK(0), new Input([7]).As(ElementType.Int64), Const(7)) { Outputs = 2, Note = "all" },
        new(new CumSum(), [3, 7], Const(Tensor.Scalar(1L))),
        new(new CumSum(Exclusive: true), [5, 3, 2], Const(Tensor.Scalar(0))) { Note = "exclusive" },
        new(new CumSum(Reverse: true), [3, 7], Const(Tensor.Scalar(-1L))) { Note = "reverse" },
        new(new CumSum(true, true), new Input([3, 7]).As(ElementType.Int64), Const(Tensor.Scalar(1L))),
    ];
}
