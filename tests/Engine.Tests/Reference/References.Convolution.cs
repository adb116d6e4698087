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
    private static Rules ConvolutionRules => new()
    {
        [typeof(ConvTranspose)] = (op, x) => Convolutions.Transposed((ConvTranspose)op, x),
        [typeof(Conv2d)] = (op, x) => Convolutions.Conv((Conv2d)op, x),
        [typeof(Conv2dInputGradient)] = (op, x) => ConvolutionGradients.Input((Conv2dInputGradient)op, x[0]!, x[1]!, x[2]!),
        [typeof(Conv2dWeightGradient)] = (op, x) => ConvolutionGradients.Weights((Conv2dWeightGradient)op, x[0]!, x[1]!, x[2]!),
        [typeof(Conv2dBiasGradient)] = (_, x) => ConvolutionGradients.Bias(x[0]!),
    };
}
