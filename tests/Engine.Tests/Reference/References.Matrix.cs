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
        [typeof(Einsum)] = (op, x) => Products.Einsum(((Einsum)op).Equation, x),
        [typeof(QuantizeLinear)] = (op, x) => new(Quantizations.Quantize((QuantizeLinear)op, x), 0),
        [typeof(DequantizeLinear)] = (op, x) => new(Quantizations.Dequantize((DequantizeLinear)op, x), 1),
        [typeof(DynamicQuantizeLinear)] = (_, x) => new(Quantizations.Dynamic(x[0]!), 1),
        [typeof(MatMulInteger)] = (_, x) => new(Quantizations.MatMul(x[0]!, x.ElementAtOrDefault(2), x[1]!, x.ElementAtOrDefault(3)), 0),
        [typeof(QLinearMatMul)] = (_, x) => new(Quantizations.Requantized(Quantizations.MatMul(x[0]!, x[2], x[3]!, x[5]), x, null), 0),
        [typeof(ConvInteger)] = (op, x) => new(Quantizations.Conv(((ConvInteger)op).Window, ((ConvInteger)op).Groups, x[0]!, x.ElementAtOrDefault(2), x[1]!, x.ElementAtOrDefault(3)), 0),
        [typeof(QLinearConv)] = (op, x) => new(Quantizations.Requantized(Quantizations.Conv(((QLinearConv)op).Window, ((QLinearConv)op).Groups, x[0]!, x[2], x[3]!, x[5]), x, 1), 0),
    };
}
