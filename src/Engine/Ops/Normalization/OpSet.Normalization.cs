namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Normalization => new()
    {
        ["BatchNormalization"] = BatchNormalization.FromOnnx,
        ["GroupNormalization"] = GroupNormalization.FromOnnx,
        ["InstanceNormalization"] = InstanceNormalization.FromOnnx,
        ["LayerNormalization"] = LayerNormalization.FromOnnx,
        ["LpNormalization"] = LpNormalization.FromOnnx,
        ["LRN"] = Lrn.FromOnnx,
        ["MeanVarianceNormalization"] = MeanVarianceNormalization.FromOnnx,
        ["RMSNormalization"] = RmsNormalization.FromOnnx,
    };
}
