namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Sampling => new()
    {
        ["GridSample"] = GridSample.FromOnnx,
        ["RoiAlign"] = RoiAlign.FromOnnx,
    };
}
