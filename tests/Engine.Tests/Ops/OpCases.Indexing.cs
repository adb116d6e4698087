using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    private static Input Numbers(Shape shape, params long[] items) => Const(Tensor.Of(shape, items));

    private static OpCase[] Indexing =>
    [
        new(new Gather(), [7, 5], Const(3, 0, -1)),
        new(new Gather(1), [2, 7, 3, 5], Const(6, 1)),
        new(new Gather(-1), [2, 7, 5], Const(Tensor.Of<long>([2, 2], 0, 4, -5, 2))),
        new(new Gather(0), [7, 5], Const(Tensor.Scalar(2L))) { Note = "one index" },
        new(new Gather(1), [5, 7], new Input([4]).As(ElementType.Int64).In(-7, 6)) { Note = "indices at run time" },
        new(new Gather(0), [9, 3], new Input([2, 3]).As(ElementType.Int32).In(0, 8)) { Note = "int32 indices" },
        new(new Gather(0), new Input([4]).As(ElementType.Int64), Const(Tensor.Scalar(1L))) { Note = "an extent" },
        new(new GatherElements(1), [3, 7], Numbers([3, 2], 6, -1, 0, 3, 3, -7)),
        new(new GatherElements(), [5, 3, 4], new Input([6, 2, 4]).As(ElementType.Int64).In(-5, 4)) { Note = "indices at run time" },
        new(new GatherElements(-1), new Input([2, 3]).As(ElementType.UInt8), Numbers([2, 1], 2, 0)) { Note = "bytes" },
        new(new GatherND(), [4, 5, 3], Numbers([2, 2], 3, -1, 0, 4)),
        new(new GatherND(1), [2, 5, 3], Numbers([2, 3, 1], 4, 0, 0, 1, -2, 3)) { Note = "side by side" },
        new(new GatherND(), [7, 3], new Input([2, 2, 1]).As(ElementType.Int64).In(-3, 2)) { Note = "indices at run time" },
        new(new GatherND(), [3, 4], Numbers([2], 1, 2)) { Note = "one element" },
        new(new ScatterElements(1), [3, 7], Numbers([3, 2], 6, -5, 0, 3, 1, -1), [3, 2]),
        new(new ScatterElements(0, ScatterReduction.Add), [3, 5], Numbers([2, 5], 0, 1, 2, 0, 0, 0, 2, 2, 1, 0), [2, 5]) { Note = "added" },
        new(new ScatterElements(0, ScatterReduction.Mul), [4, 3], Numbers([3, 3], 0, 1, 3, 0, -1, 2, 1, 1, 1), [3, 3]) { Note = "multiplied" },
        new(new ScatterElements(0, ScatterReduction.Max), [4, 3], new Input([3, 3]).As(ElementType.Int64).In(-4, 3), [3, 3]) { Note = "the larger, indices at run time" },
        new(new ScatterElements(1, ScatterReduction.Min), [2, 6], Numbers([2, 3], 1, 1, 5, 0, 0, 0), [2, 3]) { Note = "the smaller" },
        new(new ScatterElements(), new Input([4]).As(ElementType.Int64), Numbers([2], 3, 0), new Input([2]).As(ElementType.Int64)) { Note = "integers" },
        new(new ScatterND(), [5, 3, 2], Numbers([2, 2], 4, 0, 1, -1), [2, 2]),
        new(new ScatterND(ScatterReduction.Add), [6, 3], Numbers([4, 1], 1, 5, 1, -1), [4, 3]) { Note = "added" },
        new(new ScatterND(ScatterReduction.Max), [6], new Input([3, 1]).As(ElementType.Int32).In(-6, 5), [3]) { Note = "the larger, indices at run time" },
        new(new ScatterND(ScatterReduction.Add, 1), [2, 5, 3], Numbers([2, 2, 1], 4, 0, 2, 2), [2, 2, 3]) { Note = "side by side" },
        new(new Compress(1), [3, 5, 2], Const(Tensor.Of<bool>([4], true, false, false, true))),
        new(new Compress(), [2, 3], Const(Tensor.Of<bool>([5], false, true, true, false, true))) { Note = "elements" },
        new(new ReverseSequence(), [5, 3, 2], Const(5, 1, 3)),
        new(new ReverseSequence(0, 1), [3, 4], new Input([3]).As(ElementType.Int64).In(0, 4)) { Note = "lengths at run time" },
        new(new OneHot(), new Input([2, 3]).As(ElementType.Int64).In(-6, 6), Const(Tensor.Scalar(5L)), [2]),
        new(new OneHot(1), new Input([3, 4]).In(-3, 3) with { IsWhole = true }, Const(Tensor.Scalar(4f)), [2]) { Note = "floats" },
        new(new OneHot(0), Numbers([4], 0, -1, 3, 9), Const(7), new Input([2]).As(ElementType.Int32)) { Note = "integers" },
        new(new NonZero(), Const(Tensor.Of<float>([2, 3], 0, 1.5f, -2, 0, 0, 3))),
        new(new NonZero(), Const(Tensor.Of<bool>([4], true, false, false, true))) { Note = "true ones" },
        new(new NumberRange(), Const(Tensor.Scalar(3L)), Const(Tensor.Scalar(-8L)), Const(Tensor.Scalar(-3L))),
        new(new NumberRange(), Const(Tensor.Scalar(0.5f)), Const(Tensor.Scalar(2f)), Const(Tensor.Scalar(0.25f))) { Note = "floats" },
        new(new NumberRange(), Const(Tensor.Scalar(5)), Const(Tensor.Scalar(5)), Const(Tensor.Scalar(1))) { Note = "none" },
        new(new NumberRange(), Const(Tensor.Scalar(1d)), Const(Tensor.Scalar(-0.9)), Const(Tensor.Scalar(-0.5))) { Note = "doubles" },
        new(new EyeLike(), [5, 3]),
        new(new EyeLike(-2, ElementType.Int64), [4, 6]) { Note = "below, integers" },
        new(new EyeLike(1, ElementType.Bool), new Input([3, 3]).As(ElementType.Int32)) { Note = "above, true ones" },
        new(new Trilu(), [2, 5, 7]),
        new(new Trilu(false), [3, 2, 5, 4], Const(Tensor.Scalar(-1L))) { Note = "lower, moved" },
        new(new Trilu(), new Input([4, 4]).As(ElementType.Int64), Const(Tensor.Scalar(2L))) { Note = "integers, moved" },
        new(new Trilu(), [3, 4], Const(Tensor.Scalar(9L))) { Note = "nothing" },
        new(new MaxUnpool(Window.Square(2, 2)), [1, 2, 2, 2], Numbers([1, 2, 2, 2], 0, 3, 13, 10, 21, 22, 24, 31)),
        new(new MaxUnpool(Window.Square(2, 2)), [1, 1, 2, 2], Numbers([1, 1, 2, 2], 5, 7, 13, 15), Const(1, 1, 5, 5)) { Note = "in a larger picture" },
        new(new MaxUnpool(new([3], [2], [1, 0], [])), [2, 3, 4], Numbers([2, 3, 4], [.. Enumerable.Range(0, 24).Select(i => (i * 14L + 3) % 48)])) { Note = "one axis" },
        new(new MaxUnpoolGradient(Window.Square(2, 2)), [1, 1, 5, 5], Numbers([1, 1, 2, 2], 5, 7, 13, 15)),
    ];

    private static OpCase[] Sampling =>
    [
        new(new GridSample(), [2, 3, 5, 4], new Input([2, 3, 6, 2]).In(-1.3f, 1.3f)),
        new(new GridSample(AlignCorners: true, Padding: GridPadding.Border), [1, 3, 5, 4], new Input([1, 3, 6, 2]).In(-1.3f, 1.3f)) { Note = "corners, border" },
        new(new GridSample(Padding: GridPadding.Reflection), [1, 3, 5, 4], new Input([1, 7, 3, 2]).In(-3, 3)) { Note = "mirrored" },
        new(new GridSample(GridMode.Nearest), [1, 2, 5, 4], new Input([1, 3, 6, 2]).In(-1.3f, 1.3f)) { Note = "nearest" },
        new(new GridSample(GridMode.Cubic), [1, 2, 5, 4], new Input([1, 3, 6, 2]).In(-1.3f, 1.3f)) { Note = "cubic" },
        new(new GridSample(GridMode.Cubic, GridPadding.Reflection, true), [1, 2, 5, 4], new Input([1, 3, 4, 2]).In(-2, 2)) { Note = "cubic, mirrored" },
        new(new GridSample(GridMode.Cubic, GridPadding.Border), [1, 2, 4, 5], new Input([1, 3, 4, 2]).In(-2, 2)) { Note = "cubic, border" },
        new(new GridSample(), [1, 2, 3, 4, 5], new Input([1, 2, 3, 2, 3]).In(-1.2f, 1.2f)) { Note = "three spatial axes" },
        new(new GridSampleInputGradient(new GridSample()), [1, 2, 3, 3], new Input([1, 3, 3, 2]).In(-1.2f, 1.2f), [1, 2, 4, 3]),
        new(new GridSampleGridGradient(new GridSample()), [1, 2, 3, 3], [1, 2, 4, 3], new Input([1, 3, 3, 2]).In(-1.2f, 1.2f)),
        new(new GridSampleGridGradient(new GridSample(GridMode.Cubic, GridPadding.Border)), [1, 2, 2, 3], [1, 2, 4, 3], new Input([1, 2, 3, 2]).In(-1.2f, 1.2f)) { Note = "cubic" },
        new(new RoiAlign(2, 3, 2), [2, 3, 7, 8], Const(Tensor.Of<float>([3, 4], 1, 1, 6, 5, 0, 2, 3.5f, 6, 4, 0, 9, 3)), Const(0, 1, 1)),
        new(new RoiAlign(3, 2, 0, 0.5f, HalfPixel: false), [1, 3, 7, 8], Const(Tensor.Of<float>([2, 4], 1, 2, 15, 13, 0, 0, 1, 1)), Const(0, 0)) { Note = "as many samples as pixels" },
        new(new RoiAlign(2, 2, 2, Largest: true), [1, 3, 7, 8], Const(Tensor.Of<float>([2, 4], 1.2f, 2.1f, 6.4f, 5.3f, -3, -3, 2, 2)), new Input([2]).As(ElementType.Int64).In(0, 0)) { Note = "the largest" },
        new(new RoiAlignGradient(new RoiAlign(2, 2, 2)), [2, 2, 2, 2], Const(Tensor.Of<float>([2, 4], 0.5f, 1, 4, 4.5f, 1, 1, 3, 2)), Const(1, 0), [2, 2, 5, 4]),
    ];

    private static OpCase[] RulePools =>
    [
        new(new LpPool(Window.Square(2, 2)), [2, 19, 6, 8]),
        new(new LpPool(Window.Square(3, 2, 1), 3), [1, 5, 7, 6]) { Note = "cubes" },
        new(new LpPool(Window.Square(3, 1, 1, 2), 1), [1, 16, 6, 5]) { Note = "sums, dilated" },
        new(new LpPool(Window.Square(3, 2) with { CeilMode = true }, 4), [1, 4, 6, 8]) { Note = "fourth powers, ceil" },
        new(new LpPool(new([3], [2], [1, 1], [])), [2, 7, 9]) { Note = "one axis" },
        new(new LpPool(new([2, 2, 2], [1, 1, 2], [], [])), [1, 3, 3, 4, 4]) { Note = "three axes" },
        new(new LpPoolGradient(Window.Square(3, 2, 1)), [1, 5, 4, 3], [1, 5, 7, 6]),
        new(new GlobalLpPool(), [2, 19, 3, 4]),
        new(new GlobalLpPool(3), [1, 5, 7]) { Note = "cubes" },
        new(new GlobalLpPoolGradient(3), [1, 5, 1, 1], [1, 5, 3, 4]),
        new(new NMaxPool(Window.Square(3, 2), 4), [2, 19, 7, 9]),
        new(new NMaxPool(Window.Square(2, 1), 1), [1, 5, 4, 4]) { Note = "one: max pooling" },
        new(new NMaxPool(Window.Square(3, 1, 1), 9), [1, 4, 4, 3]) { Note = "all: average pooling" },
        new(new NMaxPool(Window.Square(3, 2, 1), 3), new Input([1, 5, 6, 6]).In(-2, 2) with { IsWhole = true }) { Note = "equal elements" },
        new(new NMaxPoolGradient(Window.Square(3, 2, 1), 3), [1, 5, 3, 3], new Input([1, 5, 6, 6]).In(-2, 2) with { IsWhole = true }) { Note = "equal elements" },
    ];
}
