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
        [typeof(InstanceNormalization)] = (op, x) => Standardizations.Instance((InstanceNormalization)op, x),
        [typeof(GroupNormalization)] = (op, x) => Standardizations.Group((GroupNormalization)op, x),
        [typeof(LayerNormalization)] = (op, x) => Standardizations.Layer(((LayerNormalization)op).Axis, ((LayerNormalization)op).Epsilon, true, x),
        [typeof(RmsNormalization)] = (op, x) => Standardizations.Layer(((RmsNormalization)op).Axis, ((RmsNormalization)op).Epsilon, false, x),
        [typeof(MeanVarianceNormalization)] = (op, x) => Standardizations.MeanVariance((MeanVarianceNormalization)op, x[0]!),
        [typeof(LpNormalization)] = (op, x) => Standardizations.Length((LpNormalization)op, x[0]!),
    };
}
