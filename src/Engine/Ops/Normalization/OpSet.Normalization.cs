namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Normalization => new()
    {
        ["BatchNormalization"] = BatchNormalization.FromOnnx,
        ["LRN"] = Lrn.FromOnnx,
    };
}
