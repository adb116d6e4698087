namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Movement => new()
    {
        ["Concat"] = Concat.FromOnnx,
        ["ConstantOfShape"] = ConstantOfShape.FromOnnx,
        ["DepthToSpace"] = DepthToSpace.FromOnnx,
        ["Expand"] = _ => new Expand(),
        ["EyeLike"] = EyeLike.FromOnnx,
        ["Flatten"] = Flatten.FromOnnx,
        ["Identity"] = _ => new Identity(),
        ["NonZero"] = _ => new NonZero(),
        ["Pad"] = Pad.FromOnnx,
        ["Range"] = _ => new NumberRange(),
        ["Reshape"] = Reshape.FromOnnx,
        ["Shape"] = ShapeOf.FromOnnx,
        ["Size"] = _ => new SizeOf(),
        ["Slice"] = Slice.FromOnnx,
        ["SpaceToDepth"] = SpaceToDepth.FromOnnx,
        ["Split"] = Split.FromOnnx,
        ["Squeeze"] = Squeeze.FromOnnx,
        ["Tile"] = _ => new Tile(),
        ["Transpose"] = Transpose.FromOnnx,
        ["Trilu"] = Trilu.FromOnnx,
        ["Unsqueeze"] = Unsqueeze.FromOnnx,
    };
}
