using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Kernels;

internal unsafe partial struct MatrixTile
{
    /// <summary>The micro-kernels of one vector width for blocks of <paramref name="vectors"/> vectors; entry i computes i rows.</summary>
    public static delegate*<MatrixTile*, void>[] Kernels(VectorWidth width, int vectors) => width switch
    {
        VectorWidth.V512 => Kernels<MatrixVector512, Vector512<float>>(vectors),
        VectorWidth.V256 => Kernels<MatrixVector256, Vector256<float>>(vectors),
        VectorWidth.V128 => Kernels<MatrixVector128, Vector128<float>>(vectors),
        _ => Kernels<MatrixScalar, float>(vectors),
    };

    /// <summary>The rows that use the registers best: 32 of them with 512 bits, 16 with less.</summary>
    public static int BestRows(VectorWidth width, int vectors) => width == VectorWidth.V512
        ? vectors switch { 1 => 16, 2 => 14, 3 => 8, _ => 6 }
        : vectors switch { 1 => 12, 2 => 6, 3 => 4, _ => 3 };

    private static delegate*<MatrixTile*, void>[] Kernels<TSimd, TVector>(int vectors)
        where TSimd : IMatrixVector<TVector>
        where TVector : struct => vectors switch
    {
        4 =>
        [
            null,
            &Four<TSimd, TVector, Rows1>,
            &Four<TSimd, TVector, Rows2>,
            &Four<TSimd, TVector, Rows3>,
            &Four<TSimd, TVector, Rows4>,
            &Four<TSimd, TVector, Rows5>,
            &Four<TSimd, TVector, Rows6>,
        ],
        3 =>
        [
            null,
            &Three<TSimd, TVector, Rows1>,
            &Three<TSimd, TVector, Rows2>,
            &Three<TSimd, TVector, Rows3>,
            &Three<TSimd, TVector, Rows4>,
            &Three<TSimd, TVector, Rows5>,
            &Three<TSimd, TVector, Rows6>,
            &Three<TSimd, TVector, Rows7>,
            &Three<TSimd, TVector, Rows8>,
        ],
        2 =>
        [
            null,
            &Two<TSimd, TVector, Rows1>,
            &Two<TSimd, TVector, Rows2>,
            &Two<TSimd, TVector, Rows3>,
            &Two<TSimd, TVector, Rows4>,
            &Two<TSimd, TVector, Rows5>,
            &Two<TSimd, TVector, Rows6>,
            &Two<TSimd, TVector, Rows7>,
            &Two<TSimd, TVector, Rows8>,
            &Two<TSimd, TVector, Rows9>,
            &Two<TSimd, TVector, Rows10>,
            &Two<TSimd, TVector, Rows11>,
            &Two<TSimd, TVector, Rows12>,
            &Two<TSimd, TVector, Rows13>,
            &Two<TSimd, TVector, Rows14>,
        ],
        _ =>
        [
            null,
            &One<TSimd, TVector, Rows1>,
            &One<TSimd, TVector, Rows2>,
            &One<TSimd, TVector, Rows3>,
            &One<TSimd, TVector, Rows4>,
            &One<TSimd, TVector, Rows5>,
            &One<TSimd, TVector, Rows6>,
            &One<TSimd, TVector, Rows7>,
            &One<TSimd, TVector, Rows8>,
            &One<TSimd, TVector, Rows9>,
            &One<TSimd, TVector, Rows10>,
            &One<TSimd, TVector, Rows11>,
            &One<TSimd, TVector, Rows12>,
            &One<TSimd, TVector, Rows13>,
            &One<TSimd, TVector, Rows14>,
            &One<TSimd, TVector, Rows15>,
            &One<TSimd, TVector, Rows16>,
        ],
    };
}
