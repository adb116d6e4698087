using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    private static OpCase[] Training =>
    [
        new(new Spread(), [19, 1, 1], [2, 19, 5, 7]),
        new(new Spread(), [], [3, 5]) { Note = "a number" },
        new(new Spread(), [2, 19, 5, 7], [2, 19, 5, 7]) { Note = "nothing repeated" },
        new(new Spread(Mean: true), [2, 19, 1, 1], [2, 19, 5, 7]) { Note = "mean" },
        new(new Spread(Mean: true), [1, 5], [33, 5]) { Note = "mean of columns" },
        new(new SumTo(), [2, 19, 5, 7], [19, 1, 1]),
        new(new SumTo(), [2, 20, 5, 7], [2, 20, 1, 1]) { Note = "spatial" },
        new(new SumTo(), [2, 16, 5, 7], []) { Note = "to a number" },
        new(new SumTo(), [131, 5], [5]) { Note = "columns" },
        new(new SumTo(), [3, 131], [3, 1]) { Note = "rows" },
        new(new SumTo(), [2, 19, 5, 7], [2, 19, 5, 7]) { Note = "nothing to sum" },
        new(new LeakyReluGradient(), [2, 19, 5, 7], [2, 19, 5, 7]),
        new(new LeakyReluGradient(0.1f), [3, 33], [3, 33]),
        new(new ClipGradient(-0.25f, 0.5f), [2, 19, 5, 7], [2, 19, 5, 7]),
        new(new ClipGradient(0, 1, 0.2f), [5, 7], [5, 7]),
        new(new ClipGradient(float.NegativeInfinity, 0.25f), [5, 8], [5, 8]) { Note = "upper bound alone" },
        new(new SigmoidGradient(), new Input([2, 19, 5, 7]).In(0, 1), [2, 19, 5, 7]),
        new(new TanhGradient(), [2, 19, 5, 7], [2, 19, 5, 7]),
        new(new HardSwishGradient(), new Input([2, 19, 5, 7]).In(-4, 4), [2, 19, 5, 7]),
        new(new HardSwishGradient(), new Input([3, 31]).In(-4, 4), [3, 31]),
        new(new SumOfSquares(), [2, 19, 5, 7]),
        new(new SumOfSquares(), [17]),
        new(new SumOfSquares(), [5, 7001]) { Note = "in parts" },
        new(new ClipFactor(1), new Input([]).In(0.1f, 9), []),
        new(new ClipFactor(0.5f), new Input([]).In(0.26f, 9), []) { Note = "clipped" },
        new(new MovingAverage(0.9f), [2, 19, 5, 7], [2, 19, 5, 7]),

        new(new Conv2dBiasGradient(), [3, 6, 40, 41]) { Note = "in chunks" },
        new(new BatchNormalizationGradient(Training: true), [2, 19, 5, 7], [19], [2, 19, 5, 7]) { Outputs = 3 },
        new(new BatchNormalizationGradient(1e-3f, true), [3, 6, 30, 31], [6], [3, 6, 30, 31]) { Outputs = 3, Note = "in chunks" },
        new(new BatchNormalizationGradient(Training: true), [16, 5], [5], [16, 5]) { Outputs = 3, Note = "matrix" },
        new(new BatchNormalizationGradient(), [2, 33, 3, 5], [33], [2, 33, 3, 5], [33], new Input([33]).In(0.1f, 2)) { Outputs = 3, Note = "frozen" },
        new(new BatchNormalizationGradient(), [7, 3], [3], [7, 3], [3], new Input([3]).In(0.1f, 2)) { Note = "frozen, dx alone" },
        new(new ReshapeLike(), [2, 665], [2, 19, 5, 7]),
        new(new ReshapeLike(), [2, 19, 5, 7], [2, 665]),
        new(new ReshapeLike(), [17], [1, 17, 1, 1]),
        new(new SliceGradient(), [2, 8, 3, 4], [2, 19, 5, 7], Const(0, 3, 1, 2), Const(2, 11, 4, 6)),
        new(new SliceGradient(), [2, 19, 5, 2], [2, 19, 5, 7], Const(1), Const(100), Const(-1), Const(3)) { Note = "every third column" },
        new(new SliceGradient(), [2, 19, 5, 4], [2, 19, 5, 7], Const(-1), Const(-100), Const(3), Const(-2)) { Note = "backwards" },
        new(new SliceGradient(), [14], [20], Const(3), Const(17)),
        new(new ConcatGradient(1), [2, 22, 5, 7], [2, 19, 5, 7], [2, 3, 5, 7]) { Outputs = 2 },
        new(new ConcatGradient(-1), [2, 5, 3, 7], [2, 5, 3, 3], [2, 5, 3, 4]) { Outputs = 2, Note = "columns" },
        new(new ConcatGradient(0), [9], [3], [5], [1]) { Outputs = 3, Note = "vectors" },
        new(new SoftmaxGradient(), new Input([3, 10]).In(0, 1), [3, 10]),
        new(new SoftmaxGradient(), new Input([2, 1000]).In(0, 1), [2, 1000]),
        new(new SoftmaxGradient(1), new Input([2, 19, 5, 7]).In(0, 1), [2, 19, 5, 7]) { Note = "channels" },
        new(new SoftmaxGradient(1, Trailing: true), new Input([2, 3, 5, 7]).In(0, 1), [2, 3, 5, 7]) { Note = "trailing" },
        new(new SoftmaxGradient(Log: true), new Input([3, 17]).In(-4, 0), [3, 17]) { Note = "of the logarithm" },
        new(new SoftmaxGradient(1, Log: true), new Input([2, 19, 5, 7]).In(-4, 0), [2, 19, 5, 7]) { Note = "of the logarithm, channels" },

        new(new CrossEntropy(), new Input([7, 10]).In(-4, 4), new Input([7, 10]).In(0, 1)),
        new(new CrossEntropy(0.1f), new Input([65, 3]).In(-4, 4), new Input([65, 3]).In(0, 1)) { Note = "smoothed" },
        new(new CrossEntropy(0.2f), new Input([5, 19]).In(-4, 4), new Input([5, 19]).In(0, 1), new Input([19]).In(0.5f, 2)) { Note = "weighted" },
        new(new CrossEntropy(), new Input([3, 17]).In(-4, 4), Const(Tensor.Of<float>([3, 17], [.. Enumerable.Range(0, 51).Select(i => i is 4 or 30 ? 1f : 0)])))
            { Note = "a row that does not count" },
        new(new CrossEntropyGradient(), new Input([7, 10]).In(-4, 4), new Input([7, 10]).In(0, 1), []),
        new(new CrossEntropyGradient(0.1f), new Input([65, 3]).In(-4, 4), new Input([65, 3]).In(0, 1), [1]) { Note = "smoothed" },
        new(new CrossEntropyGradient(0.2f), new Input([5, 19]).In(-4, 4), new Input([5, 19]).In(0, 1), [], new Input([19]).In(0.5f, 2)) { Note = "weighted" },

        new(new BinaryCrossEntropy(), new Input([7, 19]).In(-4, 4), new Input([7, 19]).In(0, 1)),
        new(new BinaryCrossEntropyGradient(), new Input([7, 20]).In(-4, 4), new Input([7, 20]).In(0, 1)),
        new(new FocalTerm(), new Input([7, 19]).In(-4, 4), new Input([7, 19]).In(0, 1)),
        new(new FocalTerm(1.5f, 0.6f), new Input([7, 20]).In(-4, 4), new Input([7, 20]).In(0, 1)),
        new(new FocalTermGradient(), new Input([7, 19]).In(-4, 4), new Input([7, 19]).In(0, 1)),
        new(new FocalTermGradient(0, 0.5f), new Input([7, 20]).In(-4, 4), new Input([7, 20]).In(0, 1)) { Note = "gamma 0" },
        new(new RandomDropout(0.3f, false, 7), [2, 19, 5, 7], Const(Tensor.Scalar(3f))),
        new(new RandomDropout(0.5f, true, 8), [9, 19, 2, 3], Const(Tensor.Scalar(12345f))) { Note = "per sample" },
        new(new RandomDropout(0.1f, false, 7), [131], Const(Tensor.Scalar(0f))),

        new(new SgdStep(), [19, 7], [19, 7], new Input([]).In(0.01f, 0.1f), new Input([]).In(0.5f, 1)),
        new(new SgdStep(0.9f), [131], [131], new Input([]).In(0.01f, 0.1f), new Input([]).In(0.5f, 1), [131]) { Outputs = 2 },
        new(new SgdStep(0.9f, true, 0.01f), [3, 5, 3, 3], [3, 5, 3, 3], new Input([]).In(0.01f, 0.1f), new Input([]).In(0.5f, 1), [3, 5, 3, 3])
            { Outputs = 2, Note = "Nesterov, decay" },
        new(new AdamStep(), [19, 7], [19, 7], new Input([]).In(0.01f, 0.1f), new Input([]).In(0.5f, 1), [19, 7], new Input([19, 7]).In(0.1f, 1),
            Const(Tensor.Scalar(0f))) { Outputs = 3, Note = "first step" },
        new(new AdamStep(0.8f, 0.99f, 1e-4f, 0.01f), [131], [131], new Input([1]).In(0.01f, 0.1f), new Input([]).In(0.5f, 1), [131], new Input([131]).In(0.1f, 1),
            Const(Tensor.Scalar(40f))) { Outputs = 3, Note = "decay in the gradient" },
        new(new AdamStep(Decay: 0.05f, Decoupled: true), [3, 5, 3, 3], [3, 5, 3, 3], new Input([]).In(0.01f, 0.1f), new Input([]).In(0.5f, 1), [3, 5, 3, 3],
            new Input([3, 5, 3, 3]).In(0.1f, 1), Const(Tensor.Scalar(999f))) { Outputs = 3, Note = "decoupled decay" },
    ];
}
