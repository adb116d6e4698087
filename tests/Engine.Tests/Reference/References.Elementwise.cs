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
        [typeof(PRelu)] = Binary((a, b) => a >= 0 ? a : a * b),
        [typeof(Elu)] = Unary(op => x => x > 0 ? x : ((Elu)op).Alpha * (Math.Exp(x) - 1), ExpUlps),
        [typeof(Selu)] = Unary(op => x => ((Selu)op).Gamma * (x > 0 ? x : ((Selu)op).Alpha * (Math.Exp(x) - 1)), ExpUlps),
        [typeof(Celu)] = Unary(op => x => x > 0 ? x : ((Celu)op).Alpha * (Math.Exp(x / ((Celu)op).Alpha) - 1), ExpUlps),
        [typeof(Gelu)] = Unary(_ => x => x / 2 * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))), ExpUlps + DivisionUlps),
        [typeof(GeluTanh)] = Unary(_ => x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))), ExpUlps + DivisionUlps),
        [typeof(Softplus)] = Unary(_ => SpecialFunctions.Softplus, ExpUlps + 3),
        [typeof(Softsign)] = Unary(_ => x => x / (1 + Math.Abs(x)), DivisionUlps),
        [typeof(ThresholdedRelu)] = Unary(op => x => x > ((ThresholdedRelu)op).Alpha ? x : 0),
        [typeof(Swish)] = Unary(op => x => x / (1 + Math.Exp(-((Swish)op).Alpha * x)), ExpUlps + DivisionUlps),
        [typeof(Mish)] = Unary(_ => x => x * Math.Tanh(SpecialFunctions.Softplus(x)), 2 * ExpUlps + DivisionUlps + 3),
        [typeof(Sqrt)] = Unary(_ => Math.Sqrt, RootUlps),
        [typeof(Reciprocal)] = Unary(_ => x => 1 / x, DivisionUlps),
        [typeof(Log)] = Unary(_ => Math.Log, 3),
        [typeof(Neg)] = Unary(_ => x => -x),
        [typeof(Abs)] = Unary(_ => Math.Abs),
        [typeof(Sign)] = Unary(_ => x => Math.Sign(x)),
        [typeof(Floor)] = Unary(_ => Math.Floor),
        [typeof(Ceil)] = Unary(_ => Math.Ceiling),
        [typeof(Round)] = Unary(_ => x => Math.Round(x, MidpointRounding.ToEven)),
        [typeof(Erf)] = Unary(_ => SpecialFunctions.Erf, ExpUlps + DivisionUlps),
        [typeof(Sin)] = Unary(_ => Math.Sin, AngleUlps),
        [typeof(Cos)] = Unary(_ => Math.Cos, AngleUlps),
        [typeof(Tan)] = Unary(_ => Math.Tan, 2 * AngleUlps + DivisionUlps),
        [typeof(Asin)] = Unary(_ => Math.Asin, ArcUlps),
        [typeof(Acos)] = Unary(_ => Math.Acos, ArcUlps),
        [typeof(Atan)] = Unary(_ => Math.Atan, ArcUlps),
        [typeof(Sinh)] = Unary(_ => Math.Sinh, ExpUlps),
        [typeof(Cosh)] = Unary(_ => Math.Cosh, ExpUlps),
        [typeof(Asinh)] = Unary(_ => Math.Asinh, RootUlps + 3),
        [typeof(Acosh)] = Unary(_ => Math.Acosh, RootUlps + 3),
        [typeof(Atanh)] = Unary(_ => Math.Atanh, DivisionUlps + 3),
        [typeof(Pow)] = (op, x) => new(Elementwise.Broadcast(x[0]!, x[1]!, Math.Pow), 1, PowerUlps),
        [typeof(Mod)] = Binary(op => (a, b) => ((Mod)op).Fmod ? Math.IEEERemainder(a, b) is var r && r * a < 0 ? r + Math.Sign(a) * Math.Abs(b) : Math.IEEERemainder(a, b) : a - b * Math.Floor(a / b), 4 * DivisionUlps),
        [typeof(Max)] = Several((a, b) => Math.Max(a, b)),
        [typeof(Min)] = Several((a, b) => Math.Min(a, b)),
        [typeof(Mean)] = (_, x) => new(x.Aggregate((a, b) => Elementwise.Broadcast(a!, b!, (p, q) => p + q))!.Select(sum => sum / x.Length), x.Length + 1),
        [typeof(Equal)] = Exact((a, b) => a == b),
        [typeof(Greater)] = Exact((a, b) => a > b),
        [typeof(GreaterOrEqual)] = Exact((a, b) => a >= b),
        [typeof(Less)] = Exact((a, b) => a < b),
        [typeof(LessOrEqual)] = Exact((a, b) => a <= b),
        [typeof(And)] = Exact((a, b) => a != 0 && b != 0),
        [typeof(Or)] = Exact((a, b) => a != 0 || b != 0),
        [typeof(Xor)] = Exact((a, b) => a != b),
        [typeof(Not)] = (_, x) => new(x[0]!.Select(v => 1 - v), 0),
        [typeof(IsNaN)] = (_, x) => new(x[0]!.Select(v => double.IsNaN(v) ? 1 : 0), 0),
        [typeof(IsInf)] = (op, x) => new(x[0]!.Select(v => v == double.PositiveInfinity && ((IsInf)op).Positive || v == double.NegativeInfinity && ((IsInf)op).Negative ? 1 : 0), 0),
        [typeof(Where)] = (_, x) => new(Elementwise.Broadcast(x[0]!, Elementwise.Broadcast(x[1]!, x[2]!, (a, b) => a), (c, a) => c != 0 ? a : 0) is var taken
            ? Elementwise.Broadcast(taken, Elementwise.Broadcast(x[0]!, Elementwise.Broadcast(x[1]!, x[2]!, (a, b) => b), (c, b) => c != 0 ? 0 : b), (a, b) => a + b) : null!, 0),
        [typeof(BitwiseAnd)] = Bits((a, b) => a & b),
        [typeof(BitwiseOr)] = Bits((a, b) => a | b),
        [typeof(BitwiseXor)] = Bits((a, b) => a ^ b),
        [typeof(BitwiseNot)] = (_, x) => new(x[0]!.Select(v => -1 - v), 0),
        [typeof(BitShift)] = Bits(op => (a, b) => ((BitShift)op).Left ? a << (int)b : a >> (int)b),
        [typeof(Cast)] = (op, x) => new(x[0]!.Select(v => Elementwise.InType(v, ((Cast)op).To)), 0),
        [typeof(CastLike)] = (_, x) => new(x[0]!, 0),
    };
}
