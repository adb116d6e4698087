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
    private static OpCase[] Matrices =>
    [
        new(new Gemm(), [3, 7], [7, 5]),
        new(new Gemm(), [1, 130], [130, 67], [67]) { Note = "one row" },
        new(new Gemm(TransposeB: true), [1, 257], [10, 257], [10]) { Note = "fully connected" },
        new(new Gemm(TransposeB: true), [17, 33], [65, 33], [65]),
        new(new Gemm(TransposeA: true), [7, 3], [7, 5], [3, 1]) { Note = "C per row" },
        new(new Gemm(0.5f, 2f, true, true), [19, 18], [35, 19], [18, 35]),
        new(new Gemm(1, 1, false, true), [4, 9], [6, 9], []) { Note = "C a scalar" },
        new(new Gemm(2, 0), [4, 9], [9, 6], [6]) { Note = "beta 0" },
        new(new Gemm(Activation: new(ActivationKind.Relu)), [9, 20], [20, 33], [33]),
        new(new Gemm(Activation: new(ActivationKind.Sigmoid)), [2, 20], [20, 7]),
        new(new Gemm(Activation: new(ActivationKind.HardSwish)), [2, 20], [20, 17], [1, 17]),
        new(new Gemm(), [1, 1], [1, 1], [1]),
        new(new Gemm(), [129, 1], [1, 49]) { Note = "depth 1" },
        new(new MatMul(), [3, 7], [7, 5]),
        new(new MatMul(), [65, 33], [33, 50]),
        new(new MatMul(), [1, 300], [300, 10]),
        new(new MatMul(), [7], [7, 5]) { Note = "row times matrix" },
        new(new MatMul(), [5, 7], [7]) { Note = "matrix times column" },
        new(new MatMul(), [7], [7]) { Note = "row times column" },
        new(new MatMul(), [2, 3, 4, 5], [2, 3, 5, 6]) { Note = "batch" },
        new(new MatMul(), [2, 3, 4, 5], [5, 17]) { Note = "one matrix for the batch" },
        new(new MatMul(), [4, 5], [3, 5, 6]) { Note = "batch on the right" },
        new(new MatMul(), [2, 1, 4, 5], [3, 5, 6]) { Note = "both batches repeated" },
        new(new MatMul(), [3, 1, 7], [3, 7, 1]) { Note = "batch times a column each" },
        new(new Einsum("bij,bjk->bik"), [2, 3, 5], [2, 5, 4]),
        new(new Einsum("ij->ji"), [3, 5]),
        new(new Einsum("ij,j"), [3, 5], [5]) { Note = "no arrow" },
        new(new Einsum("ii->i"), [4, 4]) { Note = "a diagonal" },
        new(new Einsum("...ij,...jk->...ik"), [2, 1, 3, 4], [5, 4, 2]) { Note = "broadcast axes" },
        new(new Einsum("i,j,k->ijk"), [2], [3], [4]),
        new(new Einsum("bhqd,bhkd->bhqk"), [1, 2, 3, 5], [1, 2, 4, 5]),
    ];
}
