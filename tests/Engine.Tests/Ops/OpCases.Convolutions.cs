using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    private static OpCase[] Convolutions =>
    [
        new(new Conv2d(kernel: 1), [1, 17, 5, 7], [10, 17, 1, 1], [10]),
        new(new Conv2d(kernel: 1), [2, 64, 9, 9], [65, 64, 1, 1]) { Note = "no bias" },
        new(new Conv2d(kernel: 1, stride: 2), [1, 20, 9, 8], [24, 20, 1, 1], [24]) { Note = "stride 2" },
        new(new Conv2d(kernel: 1), [1, 33, 1, 1], [130, 33, 1, 1], [130]) { Note = "one pixel" },
        new(new Conv2d(kernel: 1), [1, 1, 3, 3], [1, 1, 1, 1], [1]) { Note = "one channel" },
        new(new Conv2d(kernel: 3, stride: 2, pad: 1), [1, 20, 9, 11], [24, 20, 3, 3], [24]),
        new(new Conv2d(kernel: 3, pad: 1), [2, 5, 7, 6], [10, 5, 3, 3], [10]),
        new(new Conv2d(kernel: 3, pad: 1), [1, 3, 13, 17], [65, 3, 3, 3], [65]),
        new(new Conv2d(kernel: 3, pad: 1), [1, 64, 8, 8], [64, 64, 3, 3], [64]),
        new(new Conv2d(kernel: 3), [1, 1, 5, 5], [1, 1, 3, 3]),
        new(new Conv2d(kernel: 3), [1, 17, 3, 3], [24, 17, 3, 3], [24]) { Note = "one output pixel" },
        new(new Conv2d(kernel: 3, pad: 1), [1, 16, 1, 1], [32, 16, 3, 3], [32]) { Note = "mostly padding" },
        new(new Conv2d(kernel: 3, pad: 1, stride: 3), [1, 5, 10, 10], [10, 5, 3, 3], [10]) { Note = "stride 3" },
        new(new Conv2d(kernel: 5, pad: 2), [1, 5, 9, 7], [24, 5, 5, 5], [24]),
        new(new Conv2d(kernel: 5, stride: 2), [1, 3, 11, 12], [10, 3, 5, 5], [10]),
        new(new Conv2d(kernel: 5, pad: 2), [3, 1, 28, 28], [6, 1, 5, 5], [6]) { Note = "LeNet's first" },
        new(new Conv2d(kernel: 5), [1, 1, 13, 37], [13, 1, 5, 5]) { Note = "columns in lanes, no bias" },
        new(new Conv2d(new Window([3, 4], [2, 3], [0, 2, 1, 1], [1, 2])), [2, 3, 8, 41], [16, 3, 3, 4], [16]) { Note = "columns in lanes, everything asymmetric" },
        new(new Conv2d(kernel: 3, pad: 4), [1, 2, 3, 3], [2, 2, 3, 3], [2]) { Note = "columns in lanes, more padding than picture" },
        new(new Conv2d(new Window([3], [], [1, 1], [])), [2, 4, 33], [9, 4, 3], [9]) { Note = "columns in lanes, 1-D" },
        new(new Conv2d(kernel: 7, stride: 2, pad: 3), [1, 3, 23, 19], [24, 3, 7, 7], [24]) { Note = "ResNet's first" },
        new(new Conv2d(kernel: 11, stride: 4), [1, 3, 27, 35], [24, 3, 11, 11], [24]) { Note = "AlexNet's first" },
        new(new Conv2d(kernel: 3, pad: 2, dilation: 2), [1, 17, 9, 8], [10, 17, 3, 3], [10]) { Note = "dilation 2" },
        new(new Conv2d(kernel: 3, dilation: 3), [1, 5, 9, 11], [16, 5, 3, 3], [16]) { Note = "dilation 3" },
        new(new Conv2d(new Window([3, 3], [2, 1], [0, 2, 1, 1], [1, 2])), [1, 5, 8, 9], [10, 5, 3, 3], [10]) { Note = "everything asymmetric" },
        new(new Conv2d(new Window([2, 3], [], [1, 0, 0, 1], [])), [1, 6, 5, 6], [17, 6, 2, 3], [17]) { Note = "even kernel" },
        new(new Conv2d(new Window([1, 7], [1, 1], [0, 3, 0, 3], [1, 1])), [1, 17, 6, 9], [17, 17, 1, 7], [17]) { Note = "flat kernel" },
        new(new Conv2d(new Window([7, 1], [1, 1], [3, 0, 3, 0], [1, 1])), [1, 17, 9, 6], [17, 17, 7, 1], [17]) { Note = "upright kernel" },
        new(new Conv2d(new Window([], [], [], [])), [1, 4, 5, 5], [6, 4, 3, 3], [6]) { Note = "window from the weights" },
        new(new Conv2d(new Window([3, 3], [2, 2], [], [], AutoPad.SameUpper)), [1, 5, 9, 8], [10, 5, 3, 3], [10]) { Note = "same upper" },
        new(new Conv2d(new Window([3, 3], [2, 2], [], [], AutoPad.SameLower)), [1, 5, 9, 8], [10, 5, 3, 3], [10]) { Note = "same lower" },
        new(new Conv2d(new Window([4, 4], [1, 1], [], [], AutoPad.SameLower)), [1, 3, 6, 7], [10, 3, 4, 4], [10]) { Note = "same lower, even kernel" },
        new(new Conv2d(new Window([3, 3], [1, 2], [], [2, 1], AutoPad.SameUpper)), [1, 3, 6, 7], [10, 3, 3, 3], [10]) { Note = "same upper, dilated" },
        new(new Conv2d(new Window([3, 3], [1, 1], [1, 1, 1, 1], [1, 1], AutoPad.Valid)), [1, 3, 6, 7], [10, 3, 3, 3], [10]) { Note = "valid" },
        new(new Conv2d(kernel: 3, pad: 1, groups: 2), [1, 10, 7, 5], [24, 5, 3, 3], [24]) { Note = "2 groups" },
        new(new Conv2d(kernel: 1, groups: 4), [2, 20, 5, 5], [40, 5, 1, 1], [40]) { Note = "4 groups" },
        new(new Conv2d(kernel: 5, pad: 2, groups: 2), [1, 32, 9, 9], [34, 16, 5, 5], [34]) { Note = "2 groups of 16" },
        new(new Conv2d(kernel: 1, groups: 3), [1, 24, 6, 6], [60, 8, 1, 1]) { Note = "3 groups" },
        new(new Conv2d(kernel: 3, pad: 1, groups: 17), [1, 17, 9, 11], [17, 1, 3, 3], [17]) { Note = "depthwise" },
        new(new Conv2d(kernel: 3, stride: 2, pad: 1, groups: 32), [2, 32, 9, 8], [32, 1, 3, 3], [32]) { Note = "depthwise, stride 2" },
        new(new Conv2d(kernel: 5, pad: 2, groups: 20), [1, 20, 7, 7], [20, 1, 5, 5]) { Note = "depthwise 5x5" },
        new(new Conv2d(kernel: 3, pad: 2, dilation: 2, groups: 8), [1, 8, 9, 9], [8, 1, 3, 3], [8]) { Note = "depthwise, dilated" },
        new(new Conv2d(kernel: 3, pad: 1, groups: 5), [1, 5, 7, 7], [10, 1, 3, 3], [10]) { Note = "depthwise, multiplier 2" },
        new(new Conv2d(kernel: 3, groups: 2), [1, 2, 5, 5], [2, 1, 3, 3], [2]) { Note = "depthwise, two channels" },
        new(new Conv2d(new Window([3], [2], [1, 1], [1])), [2, 17, 13], [10, 17, 3], [10]) { Note = "1-D" },
        new(new Conv2d(new Window([5], [], [], [2])), [1, 3, 29], [24, 3, 5]) { Note = "1-D, dilated" },
        new(new Conv2d(new Window([3], [1], [1, 1], []), Groups: 6), [1, 6, 11], [6, 1, 3], [6]) { Note = "1-D, depthwise" },
        new(new Conv2d(new Window([3, 3, 3], [1, 2, 1], [1, 1, 1, 1, 1, 1], [1, 1, 1])), [1, 5, 4, 5, 6], [10, 5, 3, 3, 3], [10]) { Note = "3-D" },
        new(new Conv2d(new Window([2, 1, 3], [], [], [])), [2, 3, 5, 4, 5], [17, 3, 2, 1, 3]) { Note = "3-D, odd kernel" },
        new(new Conv2d(new Window([3, 3, 3], [], [1, 0, 1, 1, 2, 0], []), Groups: 4), [1, 4, 5, 4, 5], [4, 1, 3, 3, 3], [4]) { Note = "3-D, depthwise" },
        new(new Conv2d(Window.Square(3, 1, 1), Residual: true), [1, 17, 7, 6], [24, 17, 3, 3], [24], [1, 24, 7, 6]) { Note = "residual" },
        new(new Conv2d(Window.Square(1), Residual: true, Activation: Activation.Relu), [2, 20, 5, 5], [33, 20, 1, 1], Input.Missing, [2, 33, 5, 5]) { Note = "residual, no bias, relu" },
        new(new Conv2d(Window.Square(3, 1, 1), 17, Activation.Relu, true), [1, 17, 5, 9], [17, 1, 3, 3], [17], [1, 17, 5, 9]) { Note = "depthwise, residual, relu" },
        .. Enum.GetValues<ActivationKind>().SelectMany(kind => new OpCase[]
        {
            new(new Conv2d(Window.Square(3, 1, 1), 1, Constants(kind)), [1, 5, 6, 7], [20, 5, 3, 3], [20]) { Note = $"{kind}" },
            new(new Conv2d(Window.Square(3, 1, 1), 1, Constants(kind)), [1, 1, 6, 21], [7, 1, 3, 3], [7]) { Note = $"columns in lanes, {kind}" },
            new(new Conv2d(Window.Square(3, 1, 1), 20, Constants(kind)), [1, 20, 6, 7], [20, 1, 3, 3], [20]) { Note = $"depthwise, {kind}" },
        }),
    ];

    private static Activation Constants(ActivationKind kind) => kind switch
    {
        ActivationKind.LeakyRelu => new(kind, 0.2f),
        ActivationKind.Clip => new(kind, -0.5f, 1.5f),
        ActivationKind.HardSigmoid => new(kind, 0.2f, 0.5f),
        _ => new(kind),
    };
}
