namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Matrix => new()
    {
        ["Einsum"] = Einsum.FromOnnx,
        ["Gemm"] = Gemm.FromOnnx,
        ["MatMul"] = _ => new MatMul(),
    };
}
