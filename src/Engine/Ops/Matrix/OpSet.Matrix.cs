namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Matrix => new()
    {
        ["Gemm"] = Gemm.FromOnnx,
        ["MatMul"] = _ => new MatMul(),
    };
}
