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
internal static class References
{
    // exp, tanh and the logistic function are polynomials here and in drivers: GLSL 4.60 section 4.7.1 allows exp
    // 3 + 2|x| units in the last place, 11 for the |x| <= 4 the cases use; a division adds 2.5.
    public const double ExpUlps = 11, DivisionUlps = 2.5;

    private static readonly Dictionary<Type, Func<Op, Doubles?[], Answer>> Table = new()
    {
        [typeof(Relu)] = Unary(_ => x => Math.Max(0, x)),
        [typeof(LeakyRelu)] = Unary(op => x => x >= 0 ? x : ((LeakyRelu)op).Alpha * x),
        [typeof(Sigmoid)] = Unary(_ => x => 1 / (1 + Math.Exp(-x)), ExpUlps + DivisionUlps),
        [typeof(Tanh)] = Unary(_ => Math.Tanh, ExpUlps + DivisionUlps),
        [typeof(Exp)] = Unary(_ => Math.Exp, ExpUlps),
        [typeof(HardSigmoid)] = Unary(op => x => Math.Clamp(((HardSigmoid)op).Alpha * x + ((HardSigmoid)op).Beta, 0, 1)),
        [typeof(HardSwish)] = Unary(_ => x => x * Math.Clamp(x / 6 + 0.5, 0, 1)),
        [typeof(Clip)] = Elementwise.Clip,
        [typeof(Identity)] = Moved((_, x) => x),
        [typeof(Reorder)] = Moved((_, x) => x),
        [typeof(Dropout)] = (_, x) => new([x[0]!, x[0]!.Select(_ => 1)], 0),
        [typeof(Add)] = Binary((a, b) => a + b),
        [typeof(Sub)] = Binary((a, b) => a - b),
        [typeof(Mul)] = Binary((a, b) => a * b),
        [typeof(Div)] = Binary((a, b) => a / b, DivisionUlps),
        [typeof(Sum)] = (_, x) => new(x.Aggregate((a, b) => Elementwise.Broadcast(a!, b!, (p, q) => p + q))!, x.Length),
        [typeof(Concat)] = (op, x) => new(Movements.Concat(((Concat)op).Axis, x), 0),
        [typeof(Flatten)] = Moved((op, x) => Movements.Flatten(((Flatten)op).Axis, x)),
        [typeof(Reshape)] = (op, x) => new(Movements.Reshape(((Reshape)op).AllowZero, x[0]!, x[1]!.Longs), 0),
        [typeof(Squeeze)] = (_, x) => new(Movements.Squeeze(x[0]!, x.ElementAtOrDefault(1)?.Longs), 0),
        [typeof(Unsqueeze)] = (_, x) => new(Movements.Unsqueeze(x[0]!, x[1]!.Longs), 0),
        [typeof(Transpose)] = Moved((op, x) => Movements.Transpose(((Transpose)op).Permutation, x)),
        [typeof(Slice)] = (_, x) => new(Movements.Slice(x), 0),
        [typeof(Gather)] = (op, x) => new(Movements.Gather(((Gather)op).Axis, x[0]!, x[1]!), 0),
        [typeof(Pad)] = (op, x) => new(Movements.Pad(((Pad)op).Mode, x), 0),
        [typeof(Split)] = (op, x) => new(Movements.Split((Split)op, x[0]!, x.ElementAtOrDefault(1)?.Longs), 0),
        [typeof(SplitGradient)] = (op, x) => new(Movements.SplitGradient((SplitGradient)op, x), 0),
        [typeof(Expand)] = (_, x) => new(Elementwise.Broadcast(x[0]!, new Doubles(Shape.FromLongs(x[1]!.Longs)), (a, _) => a), 0),
        [typeof(Tile)] = (_, x) => new(Movements.Tile(x[0]!, x[1]!.Longs), 0),
        [typeof(TileGradient)] = (_, x) => Movements.SumOfCopies(x, numbers => Movements.Tile(numbers, x[2]!.Longs)),
        [typeof(SizeOf)] = Moved((_, x) => new([], [x.Count])),
        [typeof(DepthToSpace)] = Moved((op, x) => Movements.DepthToSpace((DepthToSpace)op, x)),
        [typeof(SpaceToDepth)] = Moved((op, x) => Movements.SpaceToDepth((SpaceToDepth)op, x)),
        [typeof(Resize)] = (op, x) => Resizing.Resize((Resize)op, x[0]!, x[1..]),
        [typeof(ResizeGradient)] = (op, x) => Resizing.Gradient(((ResizeGradient)op).Forward, x[0]!, x[1]!, x[2..]),
        [typeof(ConvTranspose)] = (op, x) => Convolutions.Transposed((ConvTranspose)op, x),
        [typeof(ShapeOf)] = Moved((op, x) => Movements.ShapeOf((ShapeOf)op, x)),
        [typeof(ConstantOfShape)] = (op, x) => new(Movements.ConstantOfShape((ConstantOfShape)op, x[0]!), 0),
        [typeof(Conv2d)] = (op, x) => Convolutions.Conv((Conv2d)op, x),
        [typeof(Conv2dInputGradient)] = (op, x) => ConvolutionGradients.Input((Conv2dInputGradient)op, x[0]!, x[1]!, x[2]!),
        [typeof(Conv2dWeightGradient)] = (op, x) => ConvolutionGradients.Weights((Conv2dWeightGradient)op, x[0]!, x[1]!, x[2]!),
        [typeof(MaxPool)] = (op, x) => Pools.Max((MaxPool)op, x[0]!),
        [typeof(AveragePool)] = (op, x) => Pools.Average((AveragePool)op, x[0]!),
        [typeof(Conv2dBiasGradient)] = (_, x) => ConvolutionGradients.Bias(x[0]!),
        [typeof(MaxPoolGradient)] = (op, x) => PoolGradients.Max((MaxPoolGradient)op, x[0]!, x[1]!),
        [typeof(AveragePoolGradient)] = (op, x) => PoolGradients.Average((AveragePoolGradient)op, x[0]!, x[1]!),
        [typeof(GlobalAveragePool)] = (_, x) => Pools.Global(x[0]!, plane => plane.Average(), x[0]!.Shape.CountOf(2, x[0]!.Rank)),
        [typeof(GlobalMaxPool)] = (_, x) => Pools.Global(x[0]!, plane => plane.Max(), 0),
        [typeof(BatchNormalization)] = (op, x) => Normalizations.Batch((BatchNormalization)op, x),
        [typeof(ScaleShift)] = (op, x) => Normalizations.ScaleShift((ScaleShift)op, x),
        [typeof(Lrn)] = (op, x) => Normalizations.LocalResponse((Lrn)op, x[0]!),
        [typeof(Softmax)] = (op, x) => Normalizations.Softmax((Softmax)op, x[0]!),
        [typeof(LogSoftmax)] = (op, x) => Normalizations.Softmax((LogSoftmax)op, x[0]!),
        [typeof(ReduceMean)] = (op, x) => Normalizations.Mean((ReduceMean)op, x),
        [typeof(Gemm)] = (op, x) => Products.Gemm((Gemm)op, x),
        [typeof(ExpandLike)] = (op, x) => Trainings.ExpandLike((ExpandLike)op, x),
        [typeof(SumTo)] = (_, x) => Trainings.SumTo(x),
        [typeof(LeakyReluGradient)] = Binary(op => (y, dy) => y > 0 ? dy : ((LeakyReluGradient)op).Alpha * dy),
        [typeof(ClipGradient)] = Binary(op => (y, dy) => y > ((ClipGradient)op).Lowest && y < ((ClipGradient)op).Highest ? ((ClipGradient)op).Factor * dy : 0),
        [typeof(SigmoidGradient)] = Binary((y, dy) => dy * y * (1 - y)),
        [typeof(TanhGradient)] = Binary((y, dy) => dy * (1 - y * y)),
        [typeof(HardSwishGradient)] = Binary((x, dy) => dy * (x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5)),
        [typeof(SumOfSquares)] = (_, x) => new(new Doubles([], [x[0]!.Data.Sum(v => v * v)]), x[0]!.Count),
        [typeof(ClipFactor)] = Binary(op => (a, _) => Math.Min(1, ((ClipFactor)op).Largest / Math.Sqrt(a)), DivisionUlps + 2),
        [typeof(CrossEntropy)] = (op, x) => Trainings.CrossEntropy((CrossEntropy)op, x),
        [typeof(CrossEntropyGradient)] = (op, x) => Trainings.CrossEntropyGradient((CrossEntropyGradient)op, x),
        [typeof(BinaryCrossEntropy)] = Binary((z, t) => -t * Math.Log(Logistic(z)) - (1 - t) * Math.Log(1 - Logistic(z)), ExpUlps + 3),
        [typeof(BinaryCrossEntropyGradient)] = Binary((z, t) => Logistic(z) - t, ExpUlps + DivisionUlps),
        [typeof(FocalTerm)] = Binary(op => Trainings.Focal((FocalTerm)op), 2 * ExpUlps + 3),
        [typeof(FocalTermGradient)] = Binary(op => Trainings.FocalGradient((FocalTermGradient)op), 2 * ExpUlps + 3 + DivisionUlps),
        [typeof(RandomDropout)] = (op, x) => Trainings.Dropout((RandomDropout)op, x),
        [typeof(BatchNormalizationGradient)] = (op, x) => Trainings.BatchNormalization((BatchNormalizationGradient)op, x),
        [typeof(ReshapeLike)] = (_, x) => new(x[0]!.Reshaped(x[1]!.Shape), 0),
        [typeof(SliceGradient)] = (_, x) => new(Movements.SliceGradient(x), 0),
        [typeof(GatherGradient)] = (op, x) => Movements.SumOfCopies(x, numbers => Movements.Gather(((GatherGradient)op).Axis, numbers, x[2]!)),
        [typeof(PadGradient)] = (op, x) => Movements.SumOfCopies(x, numbers => Movements.Pad(((PadGradient)op).Mode, [numbers, x[2], null, x.ElementAtOrDefault(3)])),
        [typeof(LrnGradient)] = (op, x) => Normalizations.LocalResponseGradient((LrnGradient)op, x[0]!, x[1]!),
        [typeof(GlobalMaxPoolGradient)] = (_, x) => new(PoolGradients.GlobalMax(x[0]!, x[1]!), 0),
        [typeof(ConcatGradient)] = (op, x) => new(Movements.ConcatGradient(((ConcatGradient)op).Axis, x), 0),
        [typeof(SoftmaxGradient)] = (op, x) => Trainings.Softmax((SoftmaxGradient)op, x),
        [typeof(MatMulLeftGradient)] = (_, x) => Products.LeftGradient(x[0]!, x[1]!, x[2]!.Shape),
        [typeof(MatMulRightGradient)] = (_, x) => Products.RightGradient(x[0]!, x[1]!, x[2]!.Shape),
        [typeof(SgdStep)] = (op, x) => Trainings.Sgd((SgdStep)op, x),
        [typeof(AdamStep)] = (op, x) => Trainings.Adam((AdamStep)op, x),
        [typeof(MatMul)] = (_, x) => Products.MatMul(x[0]!, x[1]!),
    };

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

    private static Func<Op, Doubles?[], Answer> Moved(Func<Op, Doubles, Doubles> function) => (op, x) => new(function(op, x[0]!), 0);
}
