namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Movement => new()
    {
        ["Concat"] = Concat.FromOnnx,
        ["ConstantOfShape"] = ConstantOfShape.FromOnnx,
        ["DepthToSpace"] = DepthToSpace.FromOnnx,
        ["Expand"] = _ => new Expand(),
        ["Flatten"] = Flatten.FromOnnx,
        ["Gather"] = Gather.FromOnnx,
        ["Identity"] = _ => new Identity(),
        ["Pad"] = Pad.FromOnnx,
        ["Reshape"] = Reshape.FromOnnx,
        ["Shape"] = ShapeOf.FromOnnx,
        ["Size"] = _ => new SizeOf(),
        ["Slice"] = Slice.FromOnnx,
        ["SpaceToDepth"] = SpaceToDepth.FromOnnx,
        ["Split"] = Split.FromOnnx,
        ["Squeeze"] = Squeeze.FromOnnx,
        ["Tile"] = _ => new Tile(),
        ["Transpose"] = Transpose.FromOnnx,
        ["Unsqueeze"] = Unsqueeze.FromOnnx,
    };
}
