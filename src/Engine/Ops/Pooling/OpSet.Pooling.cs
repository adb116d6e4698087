namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Pooling => new()
    {
        ["AveragePool"] = AveragePool.FromOnnx,
        ["GlobalAveragePool"] = _ => new GlobalAveragePool(),
        ["GlobalLpPool"] = GlobalLpPool.FromOnnx,
        ["GlobalMaxPool"] = _ => new GlobalMaxPool(),
        ["LpPool"] = LpPool.FromOnnx,
        ["MaxPool"] = MaxPool.FromOnnx,
        ["MaxUnpool"] = MaxUnpool.FromOnnx,
    };
}
