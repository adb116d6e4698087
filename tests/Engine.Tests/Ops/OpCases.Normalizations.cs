using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;
using Softmax = LiveCam.Engine.Ops.Softmax;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    private static OpCase[] Normalizations =>
    [
        new(new BatchNormalization(), [2, 19, 5, 7], [19], [19], [19], new Input([19]).In(0.1f, 2)),
        new(new BatchNormalization(1e-3f), [1, 64, 1, 1], [64], [64], [64], new Input([64]).In(0.1f, 2)),
        new(new BatchNormalization(), [4, 7], [7], [7], [7], new Input([7]).In(0.1f, 2)) { Note = "matrix" },
        new(new BatchNormalization(), [2, 5, 13], [5], [5], [5], new Input([5]).In(0.1f, 2)) { Note = "one axis" },
        new(new BatchNormalization(), [1, 3, 2, 3, 4], [3], [3], [3], new Input([3]).In(0.1f, 2)) { Note = "three axes" },
        new(new BatchNormalization(Training: true), [2, 19, 5, 7], [19], [19], [19], new Input([19]).In(0.1f, 2)) { Outputs = 3, Note = "training" },
        new(new BatchNormalization(1e-5f, 0.7f, true), [16, 5], [5], [5], [5], new Input([5]).In(0.1f, 2)) { Outputs = 3, Note = "training, matrix" },
        new(new ScaleShift(), [2, 19, 5, 7], [19], [19]),
        new(new ScaleShift(Activation.Relu), [1, 33, 3, 3], [33], [33]),
        new(new ScaleShift(new Activation(ActivationKind.Clip, -0.5f, 0.25f)), [5, 7], [7], [7]),
        new(new Lrn(5, 0.01f), new Input([2, 19, 5, 7]).In(-4, 4)),
        new(new Lrn(5, 1e-4f, 0.75f, 2), new Input([1, 96, 3, 3]).In(-9, 9)) { Note = "AlexNet" },
        new(new Lrn(4, 0.5f, 0.5f, 1), [1, 7, 4, 4]) { Note = "even size" },
        new(new Lrn(9, 0.3f), [1, 3, 5, 5]) { Note = "more than the channels" },
        new(new Lrn(1, 0.5f), [1, 33, 2, 2]) { Note = "each on its own" },
        new(new Lrn(3, 0.1f), [2, 5, 11]) { Note = "one axis" },
        new(new InstanceNormalization(), [2, 19, 5, 7], [19], [19]),
        new(new InstanceNormalization(0.01f), [1, 3, 11], [3], [3]) { Note = "one axis" },
        new(new GroupNormalization(3), [2, 12, 3, 5], [12], [12]),
        new(new GroupNormalization(1, 0.01f), [2, 5, 7], [5], [5]) { Note = "one group" },
        new(new GroupNormalization(4, PerGroup: true), [1, 8, 3, 3], [4], [4]) { Note = "a scale for each group" },
        new(new LayerNormalization(), [2, 5, 67], [67], [67]),
        new(new LayerNormalization(1, 0.01f), [3, 5, 7], [5, 7], [5, 7]) { Note = "two axes" },
        new(new LayerNormalization(-1), [3, 33], [33]) { Note = "no shift" },
        new(new LayerNormalization(1), [2, 3, 5], [3, 5], [3, 5]) { Outputs = 3, Note = "with its statistics" },
        new(new RmsNormalization(), [2, 5, 67], [67]),
        new(new RmsNormalization(-2, 0.01f), [3, 5, 7], [7]) { Note = "two axes" },
        new(new MeanVarianceNormalization([0, 2, 3]), [2, 19, 5, 7]),
        new(new MeanVarianceNormalization([-1]), [3, 5, 7]),
        new(new LpNormalization(), new Input([2, 5, 7]).In(0.1f, 1)),
        new(new LpNormalization(1, 1), new Input([2, 19, 5, 7]).In(0.1f, 1)),
    ];
}
