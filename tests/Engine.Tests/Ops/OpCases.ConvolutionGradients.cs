using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    /// <summary>Every plain convolution of the table once more, backwards.</summary>
    private static OpCase[] ConvolutionGradients =>
    [
        .. Convolutions.Where(line => line.Op is Conv2d { HasEpilogue: false }).SelectMany(line => Backwards((Conv2d)line.Op, line.Inputs[0], line.Inputs[1], line.Note)),
        .. Backwards(new Conv2d(kernel: 3, stride: 2, pad: 1), [3, 17, 2, 2], [20, 17, 3, 3], "small maps of a batch"),
        .. Backwards(new Conv2d(kernel: 5), [3, 6, 14, 14], [16, 6, 5, 5], "LeNet's second"),
        .. Backwards(new Conv2d(kernel: 5), [3, 16, 5, 5], [33, 16, 5, 5], "LeNet's third: a kernel as large as its input"),
        .. Backwards(new Conv2d(kernel: 5), [2, 35, 7, 6], [6, 35, 5, 5], "far fewer pixels than before"),
        .. Backwards(new Conv2d(new Window([3, 4], [], [4, 0, 1, 2], [])), [2, 7, 6, 9], [17, 7, 3, 4], "few channels, padding of all sizes"),
        .. Backwards(new Conv2d(kernel: 1, stride: 3), [2, 5, 8, 7], [6, 5, 1, 1], "pixels no tap reaches"),
        .. Backwards(new Conv2d(kernel: 1, pad: 1), [2, 17, 4, 5], [20, 17, 1, 1], "padding wider than the kernel"),
        .. Backwards(new Conv2d(kernel: 2, stride: 3, dilation: 2), [2, 5, 9, 8], [6, 5, 2, 2], "stride 3, dilation 2"),
        .. Backwards(new Conv2d(kernel: 3, stride: 4, dilation: 6), [1, 5, 17, 15], [6, 5, 3, 3], "stride 4, dilation 6"),
        .. Backwards(new Conv2d(kernel: 3, pad: 1), [2, 3, 21, 37], [70, 3, 3, 3], "many pixels"),
        .. Backwards(new Conv2d(kernel: 3, pad: 1, groups: 33), [3, 33, 17, 19], [33, 1, 3, 3], "depthwise, many pixels"),
        .. Backwards(new Conv2d(kernel: 1, pad: 1, groups: 17), [2, 17, 4, 5], [17, 1, 1, 1], "depthwise, padding wider than the kernel"),
        .. Backwards(new Conv2d(kernel: 3, stride: 2, pad: 1, groups: 70), [1, 70, 9, 12], [70, 1, 3, 3], "depthwise, stride 2, wide"),
        .. Backwards(new Conv2d(new Window([3], [], [1, 1], [])), [1, 3, 2500], [5, 3, 3], "1-D, a long line"),
        new(new Conv2dBiasGradient(), [2, 19, 5, 7]),
        new(new Conv2dBiasGradient(), [3, 70, 11]) { Note = "one axis" },
        new(new Conv2dBiasGradient(), [1, 6, 28, 28]) { Note = "few channels" },
        new(new Conv2dBiasGradient(), [2, 1, 3, 4, 5]) { Note = "three axes, one channel" },
    ];

    private static IEnumerable<OpCase> Backwards(Conv2d op, Input x, Input w, string note)
    {
        var sliding = new Sliding(op.Window, x.Shape, [.. w.Shape.Skip(2)]);
        var dy = new Input(sliding.OutputShape(x.Shape[0], w.Shape[0]));
        yield return new(new Conv2dInputGradient(op.Window, op.Groups), dy, w, x) { Note = note };
        yield return new(new Conv2dWeightGradient(op.Window, op.Groups), dy, x, w) { Note = note };
    }

    /// <summary>Every pooling of floats of the table once more, backwards.</summary>
    private static OpCase[] PoolGradients =>
    [
        .. Pools.Where(line => line is { Op: MaxPool { ColumnMajor: false }, Outputs: 1 } && line.Inputs[0].Type == ElementType.Float32)
            .Select(line => Backwards((MaxPool)line.Op, line.Inputs[0], line.Note)),
        Backwards(new MaxPool(Window.Square(3, 2, 1)), new Input([2, 19, 7, 6]) { Low = -2, High = 2, IsWhole = true }, "ties"),
        Backwards(new MaxPool(Window.Square(2, 3)), [2, 70, 7, 8], "pixels no window covers"),
        .. Pools.Where(line => line.Op is AveragePool).Select(line => Backwards((AveragePool)line.Op, line.Inputs[0], line.Note)),
    ];

    private static OpCase Backwards(WindowPooling op, Input x, string note)
    {
        var sliding = new Sliding(op.Window, x.Shape, [.. op.Window.Kernel]);
        var dy = new Input(sliding.OutputShape(x.Shape[0], x.Shape[1]));
        return new(op is AveragePool average ? new AveragePoolGradient(op.Window, average.CountIncludePad) : new MaxPoolGradient(op.Window), dy, x) { Note = note };
    }
}
