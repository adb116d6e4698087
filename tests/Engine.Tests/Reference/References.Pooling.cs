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
    private static Rules PoolingRules => new()
    {
        [typeof(LpPool)] = (op, x) => RulePools.Pool(((LpPool)op).Window, x[0]!, values => RulePools.Norm(values, ((LpPool)op).P)),
        [typeof(LpPoolGradient)] = (op, x) => RulePools.Gradient(((LpPoolGradient)op).Window, x[0]!, x[1]!, values => RulePools.NormShares(values, ((LpPoolGradient)op).P)),
        [typeof(GlobalLpPool)] = (op, x) => RulePools.Pool(RulePools.Whole(x[0]!.Shape), x[0]!, values => RulePools.Norm(values, ((GlobalLpPool)op).P)),
        [typeof(GlobalLpPoolGradient)] = (op, x) => RulePools.Gradient(RulePools.Whole(x[1]!.Shape), x[0]!, x[1]!, values => RulePools.NormShares(values, ((GlobalLpPoolGradient)op).P)),
        [typeof(NMaxPool)] = (op, x) => RulePools.Pool(((NMaxPool)op).Window, x[0]!, values => RulePools.Largest(values, ((NMaxPool)op).N)),
        [typeof(NMaxPoolGradient)] = (op, x) => RulePools.Gradient(((NMaxPoolGradient)op).Window, x[0]!, x[1]!, values => RulePools.LargestShares(values, ((NMaxPoolGradient)op).N)),
        [typeof(MaxPool)] = (op, x) => Pools.Max((MaxPool)op, x[0]!),
        [typeof(AveragePool)] = (op, x) => Pools.Average((AveragePool)op, x[0]!),
        [typeof(MaxPoolGradient)] = (op, x) => PoolGradients.Max((MaxPoolGradient)op, x[0]!, x[1]!),
        [typeof(AveragePoolGradient)] = (op, x) => PoolGradients.Average((AveragePoolGradient)op, x[0]!, x[1]!),
        [typeof(GlobalAveragePool)] = (_, x) => Pools.Global(x[0]!, plane => plane.Average(), x[0]!.Shape.CountOf(2, x[0]!.Rank)),
        [typeof(GlobalMaxPool)] = (_, x) => Pools.Global(x[0]!, plane => plane.Max(), 0),
        [typeof(GlobalMaxPoolGradient)] = (_, x) => new(PoolGradients.GlobalMax(x[0]!, x[1]!), 0),
    };
}
