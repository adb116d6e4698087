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
}
