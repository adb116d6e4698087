namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Convolution => new()
    {
        ["Conv"] = Conv2d.FromOnnx,
        ["ConvTranspose"] = ConvTranspose.FromOnnx,
    };
}
