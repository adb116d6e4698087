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
    private static OpCase[] Elementwise =>
    [
        new(new Relu(), [2, 19, 5, 7]),
        new(new Relu(), [1, 16, 1, 1]),
        new(new Relu(), [3]),
        new(new Relu(), [1, 1, 1, 1]) { Note = "one element" },
        new(new Relu(), [2, 67, 3, 5]),
        new(new Relu(), [1, 5, 130]) { Note = "one spatial axis" },
        new(new Relu(), [1, 3, 2, 5, 7]) { Note = "three spatial axes" },
        new(new Relu(), Scalar) { Note = "scalar" },
        new(new LeakyRelu(0.1f), [2, 19, 5, 7]),
        new(new LeakyRelu(-0.5f), [3, 33]),
        new(new Sigmoid(), new Input([2, 19, 5, 7]).In(-4, 4)),
        new(new Sigmoid(), new Input([101]).In(-4, 4)),
        new(new Tanh(), new Input([2, 19, 5, 7]).In(-4, 4)),
        new(new Exp(), new Input([2, 19, 5, 7]).In(-4, 4)),
        new(new Exp(), new Input([31, 3]).In(-4, 4)),
        new(new HardSigmoid(), new Input([2, 19, 5, 7]).In(-4, 4)),
        new(new HardSigmoid(0.3f, 0.4f), new Input([7, 11]).In(-4, 4)),
        new(new HardSwish(), new Input([2, 19, 5, 7]).In(-4, 4)),
        new(new HardSwish(), new Input([1, 33, 1, 3]).In(-4, 4)),
        new(new Clip(-0.25, 0.5), [2, 19, 5, 7]),
        new(new Clip(), [2, 19, 5, 7]) { Note = "no bounds" },
        new(new Clip(0, 6), new Input([1, 20, 3, 3]).In(-8, 8)) { Note = "relu6" },
        new(new Clip(), [5, 7], Const(Tensor.Scalar(-0.5f)), Const(Tensor.Scalar(0.25f))) { Note = "bounds as inputs" },
        new(new Clip(), [5, 7], Missing, Const(Tensor.Scalar(0.25f))) { Note = "upper bound alone" },
        new(new Identity(), [2, 19, 5, 7]),
        new(new Identity(), new Input([3, 5]).As(ElementType.Int64)),
        new(new Identity(), new Input([1, 5, 3, 2]).As(ElementType.UInt8)),
        new(new Dropout(), [2, 19, 5, 7]),
        new(new Dropout(), [2, 19, 5, 7]) { Outputs = 2, Note = "bool mask" },
        new(new Dropout(BoolMask: false), [3, 7]) { Outputs = 2, Note = "float mask" },
        new(new Reorder(Layout.ChannelsLast), [2, 19, 5, 7]),
        new(new Reorder(Layout.RowMajor), [1, 3, 4, 4]),

        new(new Add(), [2, 19, 5, 7], [2, 19, 5, 7]),
        new(new Add(), [2, 19, 5, 7], [1, 19, 1, 1]) { Note = "per channel" },
        new(new Add(), [19, 1, 1], [2, 19, 5, 7]) { Note = "per channel, first, of lower rank" },
        new(new Add(), [2, 16, 5, 7], [7]) { Note = "along the last axis" },
        new(new Add(), [2, 16, 5, 7], []) { Note = "a scalar" },
        new(new Add(), [2, 1, 5, 1], [1, 20, 1, 7]) { Note = "both repeated" },
        new(new Add(), [1, 20, 3, 3], [2, 1, 3, 3]) { Note = "one channel for all, two pictures for one" },
        new(new Add(), [4, 1], [3]) { Note = "matrix from column and row" },
        new(new Sub(), [2, 19, 5, 7], [2, 19, 5, 7]),
        new(new Sub(), [1, 19, 1, 1], [2, 19, 5, 7]),
        new(new Sub(), [], [5, 3]),
        new(new Mul(), [2, 19, 5, 7], [2, 19, 5, 7]),
        new(new Mul(), [2, 20, 5, 7], [2, 20, 1, 1]) { Note = "squeeze and excitation" },
        new(new Mul(), [1, 33, 4, 4], [1, 1, 4, 4]) { Note = "spatial attention" },
        new(new Mul(), [1, 3, 2, 4, 5], [3, 1, 1, 1]) { Note = "three spatial axes" },
        new(new Div(), [2, 19, 5, 7], new Input([2, 19, 5, 7]).In(0.5f, 2)),
        new(new Div(), [2, 19, 5, 7], new Input([1, 19, 1, 1]).In(-2, -0.5f)),
        new(new Div(), [3, 5], new Input([]).In(0.5f, 2)),
        new(new Sum(), [2, 19, 5, 7]) { Note = "of one" },
        new(new Sum(), [2, 19, 5, 7], [2, 19, 5, 7]),
        new(new Sum(), [2, 19, 5, 7], [1, 19, 1, 1], [2, 19, 5, 7], [7]) { Note = "of four" },
        new(new Sum(), [3, 1], [1, 5], [3, 5]),
    ];
}
