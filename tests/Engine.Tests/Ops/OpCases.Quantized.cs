using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

internal static partial class OpCases
{
    private static OpCase[] Quantized =>
    [
        new(new QuantizeLinear(), new Input([2, 19, 5, 7]).In(-4, 4), Const(Tensor.Scalar(0.03f)), Const(Tensor.Scalar((byte)120))),
        new(new QuantizeLinear(), new Input([3, 7]).In(0, 4), Const(Tensor.Scalar(0.03f))) { Note = "no zero point" },
        new(new QuantizeLinear(1), new Input([2, 3, 5]).In(-4, 4), Const(Tensor.Of<float>([3], 0.1f, 0.02f, 0.05f)), Const(Tensor.Of<sbyte>([3], 0, -5, 7))) { Note = "for each channel" },
        new(new QuantizeLinear(1, 2), new Input([2, 5]).In(-4, 4), Const(Tensor.Of<float>([2, 3], 0.1f, 0.2f, 0.05f, 0.03f, 0.04f, 0.07f))) { Note = "for each block" },
        new(new QuantizeLinear(To: ElementType.Int16), new Input([3, 7]).In(-4, 4), Const(Tensor.Scalar(0.001f))) { Note = "16 bits" },
        new(new DequantizeLinear(), new Input([2, 19, 5, 7]).As(ElementType.UInt8), Const(Tensor.Scalar(0.03f)), Const(Tensor.Scalar((byte)120))),
        new(new DequantizeLinear(0), new Input([3, 7]).As(ElementType.Int8), Const(Tensor.Of<float>([3], 0.1f, 0.02f, 0.05f)), Const(Tensor.Of<sbyte>([3], 0, -5, 7))) { Note = "for each row" },
        new(new DequantizeLinear(1, 2), new Input([2, 5]).As(ElementType.Int8), Const(Tensor.Of<float>([2, 3], 0.1f, 0.2f, 0.05f, 0.03f, 0.04f, 0.07f))) { Note = "for each block" },
        new(new DequantizeLinear(), new Input([7]).As(ElementType.Int32), Const(Tensor.Scalar(0.03f))) { Note = "a bias" },
        new(new DynamicQuantizeLinear(), new Input([3, 7]).In(-1, 3)) { Outputs = 3 },
        new(new MatMulInteger(), new Input([3, 7]).As(ElementType.UInt8), new Input([7, 5]).As(ElementType.Int8)),
        new(new MatMulInteger(), new Input([2, 3, 7]).As(ElementType.UInt8), new Input([7, 5]).As(ElementType.UInt8), Const(Tensor.Scalar((byte)11)), Const(Tensor.Of<byte>([5], 1, 2, 3, 4, 5))) { Note = "zero points" },
        new(new QLinearMatMul(), new Input([3, 7]).As(ElementType.UInt8), Const(Tensor.Scalar(0.02f)), Const(Tensor.Scalar((byte)11)),
            new Input([7, 5]).As(ElementType.Int8), Const(Tensor.Scalar(0.01f)), Const(Tensor.Scalar((sbyte)3)), Const(Tensor.Scalar(0.1f)), Const(Tensor.Scalar((byte)100))),
        new(new ConvInteger(Window.Square(3, 1, 1)), new Input([1, 4, 6, 5]).As(ElementType.UInt8), new Input([6, 4, 3, 3]).As(ElementType.Int8), Const(Tensor.Scalar((byte)9))),
        new(new ConvInteger(new Window([3], [2], [1, 0], []), 2), new Input([2, 4, 9]).As(ElementType.UInt8), new Input([6, 2, 3]).As(ElementType.UInt8)) { Note = "one axis, groups" },
        new(new QLinearConv(Window.Square(3, 2, 1)), new Input([1, 4, 7, 5]).As(ElementType.UInt8), Const(Tensor.Scalar(0.02f)), Const(Tensor.Scalar((byte)128)),
            new Input([3, 4, 3, 3]).As(ElementType.Int8), Const(Tensor.Of<float>([3], 0.01f, 0.02f, 0.03f)), Const(Tensor.Of<sbyte>([3], 0, 0, 0)),
            Const(Tensor.Scalar(0.2f)), Const(Tensor.Scalar((byte)128)), Const(Tensor.Of([3], 100, -200, 300))) { Note = "for each channel, with bias" },
    ];
}
