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
    private static Rules ElementwiseRules => new()
    {
        [typeof(Relu)] = Unary(_ => x => Math.Max(0, x)),
        [typeof(LeakyRelu)] = Unary(op => x => x >= 0 ? x : ((LeakyRelu)op).Alpha * x),
        [typeof(Sigmoid)] = Unary(_ => x => 1 / (1 + Math.Exp(-x)), ExpUlps + DivisionUlps),
        [typeof(Tanh)] = Unary(_ => Math.Tanh, ExpUlps + DivisionUlps),
        [typeof(Exp)] = Unary(_ => Math.Exp, ExpUlps),
        [typeof(HardSigmoid)] = Unary(op => x => Math.Clamp(((HardSigmoid)op).Alpha * x + ((HardSigmoid)op).Beta, 0, 1)),
        [typeof(HardSwish)] = Unary(_ => x => x * Math.Clamp(x / 6 + 0.5, 0, 1)),
        [typeof(Clip)] = Elementwise.Clip,
        [typeof(Dropout)] = (_, x) => new([x[0]!, x[0]!.Select(_ => 1)], 0),
        [typeof(Add)] = Binary((a, b) => a + b),
        [typeof(Sub)] = Binary((a, b) => a - b),
        [typeof(Mul)] = Binary((a, b) => a * b),
        [typeof(Div)] = Binary((a, b) => a / b, DivisionUlps),
        [typeof(Sum)] = (_, x) => new(x.Aggregate((a, b) => Elementwise.Broadcast(a!, b!, (p, q) => p + q))!, x.Length),
        [typeof(ExpandLike)] = (op, x) => Trainings.ExpandLike((ExpandLike)op, x),
        [typeof(SumTo)] = (_, x) => Trainings.SumTo(x),
        [typeof(LeakyReluGradient)] = Binary(op => (y, dy) => y > 0 ? dy : ((LeakyReluGradient)op).Alpha * dy),
        [typeof(ClipGradient)] = Binary(op => (y, dy) => y > ((ClipGradient)op).Lowest && y < ((ClipGradient)op).Highest ? ((ClipGradient)op).Factor * dy : 0),
        [typeof(SigmoidGradient)] = Binary((y, dy) => dy * y * (1 - y)),
        [typeof(TanhGradient)] = Binary((y, dy) => dy * (1 - y * y)),
        [typeof(HardSwishGradient)] = Binary((x, dy) => dy * (x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5)),
        [typeof(RandomDropout)] = (op, x) => Trainings.Dropout((RandomDropout)op, x),
    };
}
