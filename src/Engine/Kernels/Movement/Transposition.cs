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
        int wholeColumns = Sse.IsSupported ? columns & ~3 : 0, wholeRows = Sse.IsSupported ? rows & ~3 : 0;
        // Along the rows first: what is written in one piece lies in one piece.
        for (int column = 0; column < wholeColumns; column += 4)
        {
            float* source = from + column, target = to + column * toStride;
            for (int row = 0; row < wholeRows; row += 4, source += 4 * fromStride, target += 4)
                Four(source, fromStride, target, target + toStride, target + 2 * toStride, target + 3 * toStride);
        }
        if (wholeRows < rows)
            Each(from + wholeRows * fromStride, fromStride, rows - wholeRows, wholeColumns, to + wholeRows, toStride);
        Each(from + wholeColumns, fromStride, rows, columns - wholeColumns, to + wholeColumns * toStride, toStride);
    }

    /// <summary>Four rows of four become four columns, each with its own place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Four(float* from, nint fromStride, float* first, float* second, float* third, float* fourth)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + fromStride),
                         c = Vector128.Load(from + 2 * fromStride), d = Vector128.Load(from + 3 * fromStride);
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(first);
        Sse.MoveHighToLow(cd, ab).Store(second);
        ab = Sse.UnpackHigh(a, b);
        cd = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(third);
        Sse.MoveHighToLow(cd, ab).Store(fourth);
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
