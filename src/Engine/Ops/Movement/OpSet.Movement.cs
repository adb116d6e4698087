namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Movement => new()
    {
        ["Concat"] = Concat.FromOnnx,
        ["ConstantOfShape"] = ConstantOfShape.FromOnnx,
        ["Flatten"] = Flatten.FromOnnx,
        ["Gather"] = Gather.FromOnnx,
        ["Identity"] = _ => new Identity(),
        ["Pad"] = Pad.FromOnnx,
        ["Reshape"] = Reshape.FromOnnx,
        ["Shape"] = ShapeOf.FromOnnx,
        ["Slice"] = Slice.FromOnnx,
        ["Squeeze"] = Squeeze.FromOnnx,
        ["Transpose"] = Transpose.FromOnnx,
        ["Unsqueeze"] = Unsqueeze.FromOnnx,
    };
}
