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
    private static Rules MatrixRules => new()
    {
        [typeof(Gemm)] = (op, x) => Products.Gemm((Gemm)op, x),
        [typeof(MatMulLeftGradient)] = (_, x) => Products.LeftGradient(x[0]!, x[1]!, x[2]!.Shape),
        [typeof(MatMulRightGradient)] = (_, x) => Products.RightGradient(x[0]!, x[1]!, x[2]!.Shape),
        [typeof(MatMul)] = (_, x) => Products.MatMul(x[0]!, x[1]!),
    };
}
