namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Quantized => new()
    {
        ["ConvInteger"] = ConvInteger.FromOnnx,
        ["DequantizeLinear"] = DequantizeLinear.FromOnnx,
        ["DynamicQuantizeLinear"] = _ => new DynamicQuantizeLinear(),
        ["MatMulInteger"] = _ => new MatMulInteger(),
        ["QLinearConv"] = QLinearConv.FromOnnx,
        ["QLinearMatMul"] = _ => new QLinearMatMul(),
        ["QuantizeLinear"] = QuantizeLinear.FromOnnx,
    };
}
