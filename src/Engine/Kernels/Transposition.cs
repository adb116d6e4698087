using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Kernels;

/// <summary>Turns a matrix: rows become columns. Four by four in registers where the processor can shuffle.</summary>
internal static unsafe class Transposition
{
    /// <summary>to[column * toStride + row] = from[row * fromStride + column]; nothing else is read or written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* from, nint fromStride, int rows, int columns, float* to, nint toStride)
    {
        int whole = Sse.IsSupported ? columns & ~3 : 0, row = 0;
        for (; whole > 0 && row + 4 <= rows; row += 4)
        {
            float* source = from + row * fromStride, target = to + row;
            for (int column = 0; column < whole; column += 4, source += 4, target += 4 * toStride)
                Four(source, fromStride, target, toStride);
        }
        if (row < rows)
            Each(from + row * fromStride, fromStride, rows - row, whole, to + row, toStride);
        Each(from + whole, fromStride, rows, columns - whole, to + whole * toStride, toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* from, nint fromStride, float* to, nint toStride)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + fromStride),
                         c = Vector128.Load(from + 2 * fromStride), d = Vector128.Load(from + 3 * fromStride);
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(to);
        Sse.MoveHighToLow(cd, ab).Store(to + toStride);
        ab = Sse.UnpackHigh(a, b);
        cd = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(to + 2 * toStride);
        Sse.MoveHighToLow(cd, ab).Store(to + 3 * toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Each(float* from, nint fromStride, int rows, int columns, float* to, nint toStride)
    {
        for (int column = 0; column < columns; column++, from++, to += toStride)
        {
            float* source = from;
            for (int row = 0; row < rows; row++, source += fromStride)
                to[row] = *source;
        }
    }
}
