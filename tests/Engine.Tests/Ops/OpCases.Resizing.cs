using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    private static Input Floats(params float[] numbers) => Const(Tensor.Of<float>([numbers.Length], numbers));

    private static OpCase[] Resizings =>
    [
        new(new Resize(), [2, 19, 5, 7], Missing, Floats(1, 1, 2, 2)) { Note = "twice as large" },
        new(new Resize(Coordinates: ResizeCoordinates.Asymmetric, Nearest: NearestRule.Floor), [1, 16, 3, 4], Missing, Floats(1, 1, 2, 3)) { Note = "as Upsample does" },
        new(new Resize(Nearest: NearestRule.Ceil, Coordinates: ResizeCoordinates.AlignCorners), [1, 5, 7, 6], Missing, Missing, Const(1, 5, 4, 9)),
        new(new Resize(Nearest: NearestRule.RoundPreferCeil, Coordinates: ResizeCoordinates.TfHalfPixelForNn), [1, 5, 7, 6], Missing, Missing, Const(1, 5, 3, 8)),
        new(new Resize(ResizeMode.Linear), [2, 19, 5, 7], Missing, Missing, Const(2, 19, 10, 14)) { Note = "linear" },
        new(new Resize(ResizeMode.Linear, ResizeCoordinates.AlignCorners), [1, 16, 5, 7], Missing, Floats(1, 1, 2, 2)) { Note = "linear, corners" },
        new(new Resize(ResizeMode.Linear, ResizeCoordinates.AlignCorners), [1, 5, 4, 6], Missing, Floats(1, 1, 0.6f, 0.75f)) { Note = "linear, corners of no whole number" },
        new(new Resize(ResizeMode.Linear, ResizeCoordinates.PytorchHalfPixel), [1, 17, 5, 4], Missing, Missing, Const(1, 17, 1, 3)) { Note = "linear, to one row" },
        new(new Resize(ResizeMode.Linear, ResizeCoordinates.HalfPixelSymmetric), [1, 3, 5, 7], Missing, Floats(1, 1, 0.7f, 1.3f)) { Note = "linear, symmetric" },
        new(new Resize(ResizeMode.Linear, Antialias: true), [1, 5, 13, 11], Missing, Missing, Const(1, 5, 4, 6)) { Note = "linear, smaller" },
        new(new Resize(ResizeMode.Linear, ResizeCoordinates.TfCropAndResize, Extrapolation: 10, Axes: [2, 3]), [1, 5, 6, 7], Floats(0.2f, -0.3f, 0.9f, 1.2f), Missing, Const(4, 5)) { Note = "a region" },
        new(new Resize(ResizeMode.Cubic), [1, 19, 5, 7], Missing, Floats(1, 1, 1.5f, 2)) { Note = "cubic" },
        new(new Resize(ResizeMode.Cubic, ResizeCoordinates.Asymmetric, CubicFactor: -0.5f, ExcludeOutside: true), [1, 5, 6, 7], Missing, Missing, Const(1, 5, 4, 12)) { Note = "cubic, edges left out" },
        new(new Resize(ResizeMode.Cubic, Antialias: true), [1, 5, 13, 11], Missing, Missing, Const(1, 5, 5, 4)) { Note = "cubic, smaller" },
        new(new Resize(ResizeMode.Linear, AspectRatio: AspectRatio.NotLarger, Axes: [-1, -2]), [1, 5, 6, 7], Missing, Missing, Const(14, 11)) { Note = "proportions kept" },
        new(new Resize(ResizeMode.Linear), [2, 5, 9], Missing, Floats(1, 1, 0.5f)) { Note = "one spatial axis" },
        new(new Resize(ResizeMode.Linear), [1, 3, 3, 4, 2], Missing, Floats(1, 1, 2, 0.5f, 3)) { Note = "three spatial axes" },
        new(new Resize(ResizeMode.Linear), [4, 6], Missing, Floats(2, 0.5f)) { Note = "a matrix" },
        new(new Resize(ResizeMode.Linear), [2, 4, 3, 3], Missing, Floats(1, 2, 1, 1)) { Note = "channels" },
        new(new ResizeGradient(new Resize()), [1, 19, 10, 14], [1, 19, 5, 7], Missing, Floats(1, 1, 2, 2)),
        new(new ResizeGradient(new Resize(ResizeMode.Cubic)), [1, 5, 9, 5], [1, 5, 6, 7], Missing, Missing, Const(1, 5, 9, 5)) { Note = "cubic" },
        new(new ResizeGradient(new Resize(ResizeMode.Linear)), [2, 16, 8, 3], [2, 16, 4, 6], Missing, Floats(1, 1, 2, 0.5f)) { Note = "linear" },
        new(new Split(2, 1), [2, 20, 3, 5]) { Outputs = 2 },
        new(new Split(3, 1), [1, 20, 3, 5], Const(3, 16, 1)) { Outputs = 3, Note = "given sizes" },
        new(new Split(3), [7, 5]) { Outputs = 3, Note = "the last one shorter" },
        new(new Split(2, -1), [2, 5, 3, 6], Const(6, 0)) { Outputs = 2, Note = "an empty part" },
        new(new Split(2, -2), new Input([2, 4, 3]).As(ElementType.Int64)) { Outputs = 2, Note = "integers" },
        new(new Split(2, 1), new Input([1, 4, 3, 2]).As(ElementType.UInt8)) { Outputs = 2, Note = "bytes" },
        new(new SplitGradient(2, 1), [2, 19, 3, 5], Const(16, 3), [2, 16, 3, 5], [2, 3, 3, 5]),
        new(new SplitGradient(2, 0), [5, 7], Missing, Missing, [2, 7]) { Note = "of one part" },
        new(new Expand(), [2, 19, 1, 7], Const(2, 1, 5, 1)),
        new(new Expand(), [19, 1, 1], Const(2, 19, 3, 4)) { Note = "of higher rank" },
        new(new Expand(), [3, 4], Const(1)) { Note = "nothing repeated" },
        new(new Expand(), [3, 1], Const(3, 4)) { Note = "along the last axis, four at a time" },
        new(new Expand(), new Input([3, 1]).As(ElementType.Int64), Const(3, 4)) { Note = "integers" },
        new(new Tile(), [2, 19, 3, 4], Const(1, 2, 3, 1)),
        new(new Tile(), [2, 3, 2, 2], Const(2, 2, 3, 2)) { Note = "all axes" },
        new(new Tile(), [2, 1, 2, 1, 2], Const(2, 3, 2, 2, 2)) { Note = "five axes" },
        new(new Tile(), new Input([5]).As(ElementType.Int64), Const(3)) { Note = "integers" },
        new(new TileGradient(), [4, 6, 9], [2, 6, 3], Const(2, 1, 3)),
        new(new SizeOf(), [2, 19, 5]),
        new(new DepthToSpace(2), [2, 20, 3, 5]),
        new(new DepthToSpace(3, ColumnFirst: true), [1, 18, 2, 3]) { Note = "column first" },
        new(new SpaceToDepth(2), [2, 5, 4, 6]),
        new(new SpaceToDepth(2, ColumnFirst: true), [1, 16, 4, 2]) { Note = "column first" },
        new(new ConvTranspose(Window.Square(3)), [1, 5, 4, 6], [5, 10, 3, 3], [10]),
        new(new ConvTranspose(Window.Square(4, 2, 1)), [2, 20, 5, 3], [20, 7, 4, 4], [7]) { Note = "twice as large" },
        new(new ConvTranspose(Window.Square(2, 2)), [1, 17, 3, 4], [17, 24, 2, 2]) { Note = "no bias" },
        new(new ConvTranspose(new Window([3, 3], [3, 2], [], []), OutputShape: [10, 8]), [1, 3, 3, 3], [3, 5, 3, 3], [5]) { Note = "output shape" },
        new(new ConvTranspose(new Window([3, 3], [2, 3], [1, 0, 0, 1], []), OutputPadding: [1, 2]), [1, 4, 3, 4], [4, 6, 3, 3], [6]) { Note = "output padding" },
        new(new ConvTranspose(new Window([3, 3], [2, 2], [], [], AutoPad.SameUpper)), [1, 4, 3, 4], [4, 6, 3, 3], [6]) { Note = "same upper" },
        new(new ConvTranspose(new Window([2, 4], [3, 2], [], [], AutoPad.SameLower)), [1, 4, 3, 4], [4, 6, 2, 4], [6]) { Note = "same lower, gaps between kernels" },
        new(new ConvTranspose(new Window([3, 3], [], [1, 1, 1, 1], [2, 2]), 2), [1, 8, 5, 6], [8, 3, 3, 3], [6]) { Note = "2 groups, dilated" },
        new(new ConvTranspose(Window.Square(3, 2, 1), 16), [1, 16, 4, 5], [16, 1, 3, 3], [16]) { Note = "depthwise" },
        new(new ConvTranspose(new Window([3], [2], [1, 0], [])), [2, 5, 7], [5, 4, 3], [4]) { Note = "1-D" },
        new(new ConvTranspose(new Window([2, 3, 2], [2, 1, 2], [], [])), [1, 3, 2, 4, 3], [3, 5, 2, 3, 2], [5]) { Note = "3-D" },
    ];
}
