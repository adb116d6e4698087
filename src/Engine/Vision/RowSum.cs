using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Vision;

/// <summary>row[j] = sum over t of weights[t] * source[t * rowBytes + j], t ascending, j in 0 .. count - 1.</summary>
internal unsafe delegate void RowSum(byte* source, nint rowBytes, float* weights, int taps, float* row, int count);

/// <summary>Sixteen bytes at a time, four sums in flight.</summary>
internal static unsafe class RowSum512
{
    public static void Sum(byte* source, nint rowBytes, float* weights, int taps, float* row, int count)
    {
        int j = 0;
        for (; j + 64 <= count; j += 64)
        {
            Vector512<float> a = default, b = default, c = default, d = default;
            byte* from = source + j;
            for (int t = 0; t < taps; t++, from += rowBytes)
            {
                Vector512<float> weight = Vector512.Create(weights[t]);
                a = Vector512.FusedMultiplyAdd(Load(from), weight, a);
                b = Vector512.FusedMultiplyAdd(Load(from + 16), weight, b);
                c = Vector512.FusedMultiplyAdd(Load(from + 32), weight, c);
                d = Vector512.FusedMultiplyAdd(Load(from + 48), weight, d);
            }
            a.Store(row + j);
            b.Store(row + j + 16);
            c.Store(row + j + 32);
            d.Store(row + j + 48);
        }
        while (j < count && count >= 16)
        {
            // The last block overlaps the one before it, which recomputes the same sums.
            j = Math.Min(j, count - 16);
            Vector512<float> sum = default;
            byte* from = source + j;
            for (int t = 0; t < taps; t++, from += rowBytes)
                sum = Vector512.FusedMultiplyAdd(Load(from), Vector512.Create(weights[t]), sum);
            sum.Store(row + j);
            j += 16;
        }
        if (j < count) RowSum256.Sum(source + j, rowBytes, weights, taps, row + j, count - j);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(byte* from)
    {
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(from)));
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Load(from));
        (Vector256<uint> left, Vector256<uint> right) = Vector256.Widen(Vector256.Create(low, high));
        return Vector512.ConvertToSingle(Vector512.Create(left, right).AsInt32());
    }
}

/// <summary>Eight bytes at a time, four sums in flight; single bytes where fewer than eight are left in all.</summary>
internal static unsafe class RowSum256
{
    public static void Sum(byte* source, nint rowBytes, float* weights, int taps, float* row, int count)
    {
        int j = 0;
        for (; j + 32 <= count; j += 32)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            byte* from = source + j;
            for (int t = 0; t < taps; t++, from += rowBytes)
            {
                Vector256<float> weight = Vector256.Create(weights[t]);
                a = Vector256.FusedMultiplyAdd(Load(from), weight, a);
                b = Vector256.FusedMultiplyAdd(Load(from + 8), weight, b);
                c = Vector256.FusedMultiplyAdd(Load(from + 16), weight, c);
                d = Vector256.FusedMultiplyAdd(Load(from + 24), weight, d);
            }
            a.Store(row + j);
            b.Store(row + j + 8);
            c.Store(row + j + 16);
            d.Store(row + j + 24);
        }
        while (j < count && count >= 8)
        {
            j = Math.Min(j, count - 8);
            Vector256<float> sum = default;
            byte* from = source + j;
            for (int t = 0; t < taps; t++, from += rowBytes)
                sum = Vector256.FusedMultiplyAdd(Load(from), Vector256.Create(weights[t]), sum);
            sum.Store(row + j);
            j += 8;
        }
        for (; j < count; j++)
        {
            float sum = 0;
            for (int t = 0; t < taps; t++)
                sum = MathF.FusedMultiplyAdd(source[t * rowBytes + j], weights[t], sum);
            row[j] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(byte* from)
    {
        if (Avx2.IsSupported)
            return Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(from));
        Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)from).AsByte());
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(words);
        return Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
    }
}
