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
    private static Rules ReductionRules => new()
    {
        [typeof(Softmax)] = (op, x) => Normalizations.Softmax((Softmax)op, x[0]!),
        [typeof(LogSoftmax)] = (op, x) => Normalizations.Softmax((LogSoftmax)op, x[0]!),
        [typeof(ReduceMean)] = (op, x) => Normalizations.Mean((ReduceMean)op, x),
        [typeof(SoftmaxGradient)] = (op, x) => Trainings.Softmax((SoftmaxGradient)op, x),
    };
}
