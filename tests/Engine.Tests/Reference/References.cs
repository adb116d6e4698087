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

/// <summary>
/// What every operation means, in double precision and written from the ONNX specification alone: no code of the engine
/// takes part but the operation's attributes.
/// </summary>
internal static partial class References
{
    // exp, tanh and the logistic function are polynomials here and in drivers: GLSL 4.60 section 4.7.1 allows exp
    // 3 + 2|x| units in the last place, 11 for the |x| <= 4 the cases use; a division adds 2.5.
    public const double ExpUlps = 11, DivisionUlps = 2.5;

    // A square root is the inverse of an inverse square root there (2 units). Angles have no bound in GLSL: drivers' polynomials over a reduced
    // argument lose a few bits; arcs come from a polynomial and a square root or a division. A power is exp(b log a): exp's bound for an
    // argument of at most 6, and that argument times the 3 units of the logarithm.
    public const double RootUlps = 2, AngleUlps = 8, ArcUlps = 16, PowerUlps = 3 + 2 * 6 + 6 * 3;

    private static readonly Dictionary<Type, Func<Op, Doubles?[], Answer>> Table = new(
        new[] { ElementwiseRules, MovementRules, IndexingRules, ResizingRules, SamplingRules, ConvolutionRules, PoolingRules, NormalizationRules, ReductionRules, MatrixRules, TrainingRules }.SelectMany(rules => rules));

    public static bool Has(Type op) => Table.ContainsKey(op);

    public static Answer Of(Op op, Doubles?[] inputs) => Table.TryGetValue(op.GetType(), out var rule)
        ? rule(op, inputs)
        : throw new InvalidOperationException($"{op.GetType().Name} has no reference: add one to {nameof(References)}.");

    /// <summary>The function a kernel applies to what it stores, and what it adds to the tolerance.</summary>
    public static (Func<double, double> Function, double Ulps) Of(Activation activation)
    {
        Op? op = activation.Kind switch
        {
            ActivationKind.None => null,
            ActivationKind.Relu => new Relu(),
            ActivationKind.LeakyRelu => new LeakyRelu(activation.Alpha),
            ActivationKind.Clip => new Clip(activation.Alpha, activation.Beta),
            ActivationKind.Sigmoid => new Sigmoid(),
            ActivationKind.Tanh => new Tanh(),
            ActivationKind.HardSigmoid => new HardSigmoid(activation.Alpha, activation.Beta),
            ActivationKind.HardSwish => new HardSwish(),
            _ => throw new ArgumentOutOfRangeException(nameof(activation)),
        };
        if (op is null)
            return (x => x, 0);
        double ulps = Of(op, [new([1], [0.0])]).Ulps;
        return (x => Of(op, [new([1], [x])]).Outputs[0].Data[0], ulps);
    }

    internal static double Logistic(double z) => 1 / (1 + Math.Exp(-z));

    private static Func<Op, Doubles?[], Answer> Unary(Func<Op, Func<double, double>> function, double ulps = 0) =>
        (op, x) => new(x[0]!.Select(function(op)), 1, ulps);

    private static Func<Op, Doubles?[], Answer> Binary(Func<double, double, double> function, double ulps = 0) =>
        (_, x) => new(Elementwise.Broadcast(x[0]!, x[1]!, function), 1, ulps);

    private static Func<Op, Doubles?[], Answer> Binary(Func<Op, Func<double, double, double>> function, double ulps = 0) =>
        (op, x) => new(Elementwise.Broadcast(x[0]!, x[1]!, function(op)), 1, ulps);

    private static Func<Op, Doubles?[], Answer> Exact(Func<double, double, bool> function) =>
        (_, x) => new(Elementwise.Broadcast(x[0]!, x[1]!, (a, b) => function(a, b) ? 1 : 0), 0);

    private static Func<Op, Doubles?[], Answer> Several(Func<double, double, double> function) =>
        (_, x) => new(x.Aggregate((a, b) => Elementwise.Broadcast(a!, b!, function))!, 0);

    private static Func<Op, Doubles?[], Answer> Bits(Func<long, long, long> function) => Bits(_ => function);

    private static Func<Op, Doubles?[], Answer> Bits(Func<Op, Func<long, long, long>> function) =>
        (op, x) => new(Elementwise.Broadcast(x[0]!, x[1]!, (a, b) => function(op)((long)a, (long)b)), 0);

    private static Func<Op, Doubles?[], Answer> Moved(Func<Op, Doubles, Doubles> function) => (op, x) => new(function(op, x[0]!), 0);

    /// <summary>References by the operation they are of.</summary>
    private sealed class Rules : Dictionary<Type, Func<Op, Doubles?[], Answer>>;
}
