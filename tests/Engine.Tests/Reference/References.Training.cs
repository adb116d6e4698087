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
    private static Rules TrainingRules => new()
    {
        [typeof(SumOfSquares)] = (_, x) => new(new Doubles([], [x[0]!.Data.Sum(v => v * v)]), x[0]!.Count),
        [typeof(ClipFactor)] = Binary(op => (a, _) => Math.Min(1, ((ClipFactor)op).Largest / Math.Sqrt(a)), DivisionUlps + 2),
        [typeof(CrossEntropy)] = (op, x) => Trainings.CrossEntropy((CrossEntropy)op, x),
        [typeof(CrossEntropyGradient)] = (op, x) => Trainings.CrossEntropyGradient((CrossEntropyGradient)op, x),
        [typeof(BinaryCrossEntropy)] = Binary((z, t) => -t * Math.Log(Logistic(z)) - (1 - t) * Math.Log(1 - Logistic(z)), ExpUlps + 3),
        [typeof(BinaryCrossEntropyGradient)] = Binary((z, t) => Logistic(z) - t, ExpUlps + DivisionUlps),
        [typeof(FocalTerm)] = Binary(op => Trainings.Focal((FocalTerm)op), 2 * ExpUlps + 3),
        [typeof(FocalTermGradient)] = Binary(op => Trainings.FocalGradient((FocalTermGradient)op), 2 * ExpUlps + 3 + DivisionUlps),
        [typeof(SgdStep)] = (op, x) => Trainings.Sgd((SgdStep)op, x),
        [typeof(AdamStep)] = (op, x) => Trainings.Adam((AdamStep)op, x),
    };
}
