namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Pooling => new()
    {
        ["AveragePool"] = AveragePool.FromOnnx,
        ["GlobalAveragePool"] = _ => new GlobalAveragePool(),
        ["GlobalMaxPool"] = _ => new GlobalMaxPool(),
        ["MaxPool"] = MaxPool.FromOnnx,
    };
}
