namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Resizing => new()
    {
        ["Resize"] = Resize.FromOnnx,
        ["Upsample"] = Resize.FromUpsample,
    };
}
