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
        [typeof(MaxPool)] = (op, x) => Pools.Max((MaxPool)op, x[0]!),
        [typeof(AveragePool)] = (op, x) => Pools.Average((AveragePool)op, x[0]!),
        [typeof(MaxPoolGradient)] = (op, x) => PoolGradients.Max((MaxPoolGradient)op, x[0]!, x[1]!),
        [typeof(AveragePoolGradient)] = (op, x) => PoolGradients.Average((AveragePoolGradient)op, x[0]!, x[1]!),
        [typeof(GlobalAveragePool)] = (_, x) => Pools.Global(x[0]!, plane => plane.Average(), x[0]!.Shape.CountOf(2, x[0]!.Rank)),
        [typeof(GlobalMaxPool)] = (_, x) => Pools.Global(x[0]!, plane => plane.Max(), 0),
        [typeof(GlobalMaxPoolGradient)] = (_, x) => new(PoolGradients.GlobalMax(x[0]!, x[1]!), 0),
    };
}
