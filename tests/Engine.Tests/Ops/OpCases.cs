using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;
using Softmax = LiveCam.Engine.Ops.Softmax;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// The one table of operator cases: an operation and the shapes of its inputs. What is checked of each line is said in
/// <see cref="OpTests"/>. Shapes are awkward on purpose: primes, 1, one past a tile's edge, channels that fill no vector.
/// </summary>
internal static partial class OpCases
{
    private static OpCase[] Elements =>
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

    private static OpCase[] Pools =>
    [
        new(new MaxPool(Window.Square(2, 2)), [2, 19, 6, 8]),
        new(new MaxPool(Window.Square(3, 2, 1)), [1, 17, 11, 9]),
        new(new MaxPool(Window.Square(3, 1, 1)), [1, 5, 4, 4]) { Note = "overlapping" },
        new(new MaxPool(Window.Square(3, 2) with { CeilMode = true }), [1, 20, 8, 10]) { Note = "ceil" },
        new(new MaxPool(Window.Square(2, 2, 1) with { CeilMode = true }), [1, 4, 5, 6]) { Note = "ceil that ends in padding" },
        new(new MaxPool(Window.Square(3, 1, 2, 2)), [1, 16, 9, 9]) { Note = "dilated" },
        new(new MaxPool(Window.Square(3, 2) with { AutoPad = AutoPad.SameUpper }), [1, 6, 7, 10]) { Note = "same upper" },
        new(new MaxPool(Window.Square(2, 1) with { AutoPad = AutoPad.SameLower }), [1, 33, 5, 5]) { Note = "same lower" },
        new(new MaxPool(Window.Square(5, 1, 2)), [1, 1, 3, 3]) { Note = "window wider than the picture" },
        new(new MaxPool(new([3], [2], [1, 0], [])), [2, 7, 13]) { Note = "one axis" },
        new(new MaxPool(new([2, 3, 2], [1, 2, 2], [], [])), [1, 5, 4, 7, 6]) { Note = "three axes" },
        new(new MaxPool(new([1, 4], [1, 3], [0, 1, 0, 2], [])), [1, 65, 3, 11]) { Note = "flat" },
        new(new MaxPool(Window.Square(2, 2)), [2, 5, 6, 4]) { Outputs = 2, Note = "with indices" },
        new(new MaxPool(Window.Square(3, 2, 1), ColumnMajor: true), [1, 3, 7, 5]) { Outputs = 2, Note = "with column-major indices" },
        new(new MaxPool(Window.Square(2, 2)), new Input([1, 3, 6, 6]).As(ElementType.UInt8)) { Note = "bytes" },
        new(new MaxPool(Window.Square(2, 2)), new Input([1, 3, 6, 6]).As(ElementType.Int8)) { Note = "signed bytes" },
        new(new MaxPool(Window.Square(2, 1)), new Input([1, 3, 6, 6]).As(ElementType.Float64)) { Note = "doubles" },
        new(new AveragePool(Window.Square(2, 2)), [2, 19, 6, 8]),
        new(new AveragePool(Window.Square(3, 2, 1)), [1, 17, 11, 9]) { Note = "padding not counted" },
        new(new AveragePool(Window.Square(3, 2, 1), CountIncludePad: true), [1, 17, 11, 9]) { Note = "padding counted" },
        new(new AveragePool(Window.Square(3, 2) with { CeilMode = true }), [1, 20, 8, 10]) { Note = "ceil" },
        new(new AveragePool(Window.Square(3, 2, 1) with { CeilMode = true }, CountIncludePad: true), [1, 5, 6, 8]) { Note = "ceil, padding counted" },
        new(new AveragePool(Window.Square(3, 1, 1, 2) with { CeilMode = false }, CountIncludePad: true), [1, 16, 9, 9]) { Note = "dilated" },
        new(new AveragePool(Window.Square(3, 2) with { AutoPad = AutoPad.SameUpper }), [1, 6, 7, 10]) { Note = "same upper" },
        new(new AveragePool(Window.Square(4, 1) with { AutoPad = AutoPad.SameLower }, CountIncludePad: true), [1, 34, 5, 6]) { Note = "same lower" },
        new(new AveragePool(new([3], [2], [1, 0], [])), [2, 7, 13]) { Note = "one axis" },
        new(new AveragePool(new([2, 2, 3], [2, 1, 1], [1, 0, 1, 0, 1, 1], [])), [1, 5, 4, 5, 6]) { Note = "three axes" },
        new(new AveragePool(Window.Square(7)), [1, 130, 7, 7]) { Note = "whole picture" },
        new(new GlobalAveragePool(), [2, 19, 5, 7]),
        new(new GlobalAveragePool(), [1, 65, 1, 1]),
        new(new GlobalAveragePool(), [2, 3, 11]),
        new(new GlobalAveragePool(), [1, 17, 2, 3, 5]),
        new(new GlobalMaxPool(), [2, 19, 5, 7]),
        new(new GlobalMaxPool(), new Input([1, 130, 3, 3]).In(-3, -1)) { Note = "all negative" },
        new(new GlobalMaxPool(), [3, 1, 13]),
        new(new GlobalMaxPool(), [1, 4, 2, 3, 5]),
    ];

    private static OpCase[] Norms =>
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
        new(new Softmax(), [3, 10]),
        new(new Softmax(), [2, 1000]),
        new(new Softmax(), new Input([5, 1]).In(-50, 50)) { Note = "rows of one" },
        new(new Softmax(), new Input([3, 17]).In(-80, 80)) { Note = "exponents beyond float" },
        new(new Softmax(1), [2, 19, 5, 7]) { Note = "channels" },
        new(new Softmax(2), [2, 3, 5, 7]) { Note = "rows" },
        new(new Softmax(-1), [1, 4, 5, 9]) { Note = "columns" },
        new(new Softmax(0), [17, 3]) { Note = "first axis" },
        new(new Softmax(1, Trailing: true), [2, 3, 5, 7]) { Note = "trailing" },
        new(new Softmax(0), [11]) { Note = "vector" },
        new(new LogSoftmax(), [3, 10]),
        new(new LogSoftmax(), new Input([3, 17]).In(-80, 80)),
        new(new LogSoftmax(1), [2, 19, 5, 7]),
        new(new LogSoftmax(1, Trailing: true), [2, 3, 5, 7]),
        new(new ReduceMean(), [2, 19, 5, 7], Const(2, 3)) { Note = "spatial" },
        new(new ReduceMean(Keep: false), [2, 19, 5, 7], Const(-1, -2)) { Note = "spatial, axes gone" },
        new(new ReduceMean(), [2, 19, 5, 7], Const(1)) { Note = "channels" },
        new(new ReduceMean(Keep: false), [2, 19, 5, 7], Const(0, 2)) { Note = "pictures and rows" },
        new(new ReduceMean(), [2, 19, 5, 7]) { Note = "everything" },
        new(new ReduceMean(Keep: false), [3, 7]) { Note = "to a scalar" },
        new(new ReduceMean(NothingWhenEmpty: true), [3, 7], Const()) { Note = "nothing" },
        new(new ReduceMean(), [3, 131], Const(1)),
        new(new ReduceMean(), [131, 3], Const(0)),
    ];

    private static OpCase[] Matrices =>
    [
        new(new Gemm(), [3, 7], [7, 5]),
        new(new Gemm(), [1, 130], [130, 67], [67]) { Note = "one row" },
        new(new Gemm(TransposeB: true), [1, 257], [10, 257], [10]) { Note = "fully connected" },
        new(new Gemm(TransposeB: true), [17, 33], [65, 33], [65]),
        new(new Gemm(TransposeA: true), [7, 3], [7, 5], [3, 1]) { Note = "C per row" },
        new(new Gemm(0.5f, 2f, true, true), [19, 18], [35, 19], [18, 35]),
        new(new Gemm(1, 1, false, true), [4, 9], [6, 9], []) { Note = "C a scalar" },
        new(new Gemm(2, 0), [4, 9], [9, 6], [6]) { Note = "beta 0" },
        new(new Gemm(Activation: new(ActivationKind.Relu)), [9, 20], [20, 33], [33]),
        new(new Gemm(Activation: new(ActivationKind.Sigmoid)), [2, 20], [20, 7]),
        new(new Gemm(Activation: new(ActivationKind.HardSwish)), [2, 20], [20, 17], [1, 17]),
        new(new Gemm(), [1, 1], [1, 1], [1]),
        new(new Gemm(), [129, 1], [1, 49]) { Note = "depth 1" },
        new(new MatMul(), [3, 7], [7, 5]),
        new(new MatMul(), [65, 33], [33, 50]),
        new(new MatMul(), [1, 300], [300, 10]),
        new(new MatMul(), [7], [7, 5]) { Note = "row times matrix" },
        new(new MatMul(), [5, 7], [7]) { Note = "matrix times column" },
        new(new MatMul(), [7], [7]) { Note = "row times column" },
        new(new MatMul(), [2, 3, 4, 5], [2, 3, 5, 6]) { Note = "batch" },
        new(new MatMul(), [2, 3, 4, 5], [5, 17]) { Note = "one matrix for the batch" },
        new(new MatMul(), [4, 5], [3, 5, 6]) { Note = "batch on the right" },
        new(new MatMul(), [2, 1, 4, 5], [3, 5, 6]) { Note = "both batches repeated" },
        new(new MatMul(), [3, 1, 7], [3, 7, 1]) { Note = "batch times a column each" },
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, OpCase>> Table = new(() =>
        new OpCase[][] { Elements, Pools, Norms, Matrices, Movements, Resizings, Convolutions, ConvolutionGradients, PoolGradients, Training }.SelectMany(lines => lines)
            .GroupBy(line => line.Op.GetType().Name)
            .SelectMany(group => group.Select((line, i) => line with
            {
                Name = $"{group.Key} {i + 1:00} of {string.Join(' ', line.Inputs.AsEnumerable())}{(line.Note == "" ? "" : $", {line.Note}")}",
            }))
            .ToDictionary(line => line.Name));

    public static IReadOnlyDictionary<string, OpCase> All => Table.Value;
}
