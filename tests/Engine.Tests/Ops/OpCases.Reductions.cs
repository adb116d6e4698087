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
    ];
}
