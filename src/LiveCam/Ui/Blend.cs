using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiveCam.Ui;

/// <summary>
/// Rows of packed Rgba8 pixels. Every blend computes round((s * a + d * (255 - a)) / 255) per byte, source alpha counting as 255, so
/// an opaque frame stays opaque. x / 255 rounded is (t + (t >> 8)) >> 8 with t = x + 128, exact for x up to 65535 - 383.
/// </summary>
internal static class Blend
{
    /// <summary>One colour over a row; <paramref name="alpha"/> 0..255 replaces the colour's own.</summary>
    public static void Constant(Span<uint> row, Color color, int alpha)
    {
        if (alpha <= 0) return;
        uint source = color.Packed | 0xFF000000;
        if (alpha >= 255)
        {
            row.Fill(source);
            return;
        }
        int i = 0;
        if (row.Length >= 8)
        {
            var s = Vector256.WidenLower(Vector256.Create(source).AsByte()) * (ushort)alpha + Vector256.Create((ushort)128);
            var keep = Vector256.Create((ushort)(255 - alpha));
            ref uint first = ref MemoryMarshal.GetReference(row);
            for (; i <= row.Length - 8; i += 8)
            {
                var d = Vector256.LoadUnsafe(ref first, (nuint)i).AsByte();
                Store(ref Unsafe.Add(ref first, i), Div255(Vector256.WidenLower(d) * keep + s), Div255(Vector256.WidenUpper(d) * keep + s));
            }
        }
        for (; i < row.Length; i++) row[i] = Over(row[i], source, (uint)alpha);
    }

    /// <summary>
    /// One colour through coverage bytes, times the colour's alpha. Coverage beyond <paramref name="count"/> up to the next multiple of
    /// eight has to be readable and zero where <paramref name="padded"/> says that so many pixels of the row may be touched.
    /// </summary>
    public static void Mask(ref uint row, ref byte coverage, int count, bool padded, Color color)
    {
        uint source = color.Packed | 0xFF000000;
        var s8 = Vector256.Create(source).AsByte();
        var s = Vector256.WidenLower(s8);
        // Each coverage byte four times; the source vector holds the same eight bytes in every quarter, so lanes are not crossed.
        var spread = Vector256.Create((byte)0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 20, 20, 20, 20, 21, 21, 21, 21, 22, 22, 22, 22, 23, 23, 23, 23);
        var half = Vector256.Create((ushort)128);
        int i = 0, vectors = padded ? (count + 7) & ~7 : count & ~7;
        for (; i < vectors; i += 8)
        {
            ulong bytes = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref coverage, i));
            if (bytes == 0) continue;
            ref uint at = ref Unsafe.Add(ref row, i);
            if (bytes == ulong.MaxValue && color.A == 255)
            {
                s8.AsUInt32().StoreUnsafe(ref at);
                continue;
            }
            var c = Vector256.Shuffle(Vector256.Create(bytes).AsByte(), spread);
            Vector256<ushort> low = Vector256.WidenLower(c), high = Vector256.WidenUpper(c);
            if (color.A != 255) (low, high) = (Div255(low * color.A + half), Div255(high * color.A + half));
            var d = Vector256.LoadUnsafe(ref at).AsByte();
            var full = Vector256.Create((ushort)255);
            Store(ref at, Div255(s * low + Vector256.WidenLower(d) * (full - low) + half), Div255(s * high + Vector256.WidenUpper(d) * (full - high) + half));
        }
        for (; i < count; i++)
        {
            uint a = Divide((uint)Unsafe.Add(ref coverage, i) * color.A);
            if (a != 0) Unsafe.Add(ref row, i) = Over(Unsafe.Add(ref row, i), source, a);
        }
    }

    /// <summary>Straight-alpha pixels over a row, their alpha times <paramref name="opacity"/> (0..255).</summary>
    public static void Pixels(Span<uint> row, ReadOnlySpan<uint> source, int opacity)
    {
        source = source[..row.Length];
        int i = 0;
        if (row.Length >= 8)
        {
            var alphaBytes = Vector256.Create((byte)3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15, 19, 19, 19, 19, 23, 23, 23, 23, 27, 27, 27, 27, 31, 31, 31, 31);
            var half = Vector256.Create((ushort)128);
            var full = Vector256.Create((ushort)255);
            var opaque = Vector256.Create(0xFF000000);
            ref uint first = ref MemoryMarshal.GetReference(row);
            ref uint from = ref MemoryMarshal.GetReference(source);
            for (; i <= row.Length - 8; i += 8)
            {
                var s = Vector256.LoadUnsafe(ref from, (nuint)i);
                if (opacity == 255 && Vector256.EqualsAll(s & opaque, opaque))
                {
                    s.StoreUnsafe(ref first, (nuint)i);
                    continue;
                }
                var a = Vector256.Shuffle(s.AsByte(), alphaBytes);
                Vector256<ushort> low = Vector256.WidenLower(a), high = Vector256.WidenUpper(a);
                if (opacity != 255) (low, high) = (Div255(low * (ushort)opacity + half), Div255(high * (ushort)opacity + half));
                var s8 = (s | opaque).AsByte();
                var d = Vector256.LoadUnsafe(ref first, (nuint)i).AsByte();
                Store(ref Unsafe.Add(ref first, i),
                    Div255(Vector256.WidenLower(s8) * low + Vector256.WidenLower(d) * (full - low) + half),
                    Div255(Vector256.WidenUpper(s8) * high + Vector256.WidenUpper(d) * (full - high) + half));
            }
        }
        for (; i < row.Length; i++) row[i] = Over(row[i], source[i] | 0xFF000000, Divide((source[i] >> 24) * (uint)opacity));
    }

    /// <summary>One pixel; <paramref name="alpha"/> 0..255.</summary>
    public static uint Over(uint under, uint source, uint alpha)
    {
        uint result = 0;
        for (int shift = 0; shift < 32; shift += 8)
            result |= Divide((source >> shift & 255) * alpha + (under >> shift & 255) * (255 - alpha)) << shift;
        return result;
    }

    /// <summary>round(x / 255) for x up to 65025.</summary>
    public static uint Divide(uint x) => (x + 128 + (x + 128 >> 8)) >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Div255(Vector256<ushort> t) => (t + (t >> 8)) >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref uint at, Vector256<ushort> low, Vector256<ushort> high) => Vector256.Narrow(low, high).AsUInt32().StoreUnsafe(ref at);
}
