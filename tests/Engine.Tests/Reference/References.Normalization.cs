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
    private static Rules NormalizationRules => new()
    {
        [typeof(BatchNormalization)] = (op, x) => Normalizations.Batch((BatchNormalization)op, x),
        [typeof(ScaleShift)] = (op, x) => Normalizations.ScaleShift((ScaleShift)op, x),
        [typeof(Lrn)] = (op, x) => Normalizations.LocalResponse((Lrn)op, x[0]!),
        [typeof(BatchNormalizationGradient)] = (op, x) => Trainings.BatchNormalization((BatchNormalizationGradient)op, x),
        [typeof(LrnGradient)] = (op, x) => Normalizations.LocalResponseGradient((LrnGradient)op, x[0]!, x[1]!),
    };
}
