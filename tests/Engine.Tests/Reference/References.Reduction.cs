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
        [typeof(SoftmaxGradient)] = (op, x) => Trainings.Softmax((SoftmaxGradient)op, x),
        [typeof(ArgMax)] = (op, x) => new(Picks.Extreme((ArgExtreme)op, x[0]!), 0),
        [typeof(ArgMin)] = (op, x) => new(Picks.Extreme((ArgExtreme)op, x[0]!), 0),
        [typeof(Hardmax)] = (op, x) => new(Picks.Hardmax((Hardmax)op, x[0]!), 0),
        [typeof(TopK)] = (op, x) => new(Picks.Top((TopK)op, x[0]!, (int)x[1]!.Data[0]), 0),
        [typeof(CumSum)] = (op, x) => new(Picks.Running((CumSum)op, x[0]!, (int)x[1]!.Data[0]), x[0]!.Rank == 0 ? 1 : x[0]!.Shape[(int)x[1]!.Data[0] is var axis && axis < 0 ? axis + x[0]!.Rank : axis]),
        [typeof(ReduceMean)] = Reduced(all => all.Average()),
        [typeof(ReduceSum)] = Reduced(all => all.Sum()),
        [typeof(ReduceMax)] = Reduced(all => all.Max(), 0),
        [typeof(ReduceMin)] = Reduced(all => all.Min(), 0),
        [typeof(ReduceProd)] = Reduced(all => all.Aggregate(1.0, (a, b) => a * b)),
        [typeof(ReduceL1)] = Reduced(all => all.Sum(Math.Abs)),
        [typeof(ReduceL2)] = Reduced(all => Math.Sqrt(all.Sum(v => v * v)), ulps: RootUlps),
        [typeof(ReduceSumSquare)] = Reduced(all => all.Sum(v => v * v)),
        [typeof(ReduceLogSum)] = Reduced(all => Math.Log(all.Sum()), ulps: 3),
        [typeof(ReduceLogSumExp)] = Reduced(all => Math.Log(all.Sum(v => Math.Exp(v - all.Max()))) + all.Max(), ulps: ExpUlps + 3),
    };

    /// <remarks>Terms: the elements that become one; none where one is picked.</remarks>
    private static Func<Op, Doubles?[], Answer> Reduced(Func<double[], double> function, int? terms = null, double ulps = 0) => (op, x) =>
    {
        var reduce = (Reduce)op;
        (Doubles y, int count) = Reductions.Over(x[0]!, x.ElementAtOrDefault(1)?.Longs ?? [], reduce.Keep, reduce.NothingWhenEmpty, function);
        return new(y, terms ?? count, ulps);
    };
}
