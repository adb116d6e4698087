using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LiveCam.Engine.Vision;

namespace LiveCam.Ui;

/// <summary>
/// How one axis of <see cref="Source"/> pixels becomes <see cref="Target"/> pixels: for each target pixel a first source pixel and
/// <see cref="Taps"/> weights that sum to exactly One. Downwards a weight is the overlap of the two pixels (area average), upwards
/// it is bilinear between centres; not smooth takes the nearest centre.
/// </summary>
internal sealed class Axis
{
    public readonly int Source, Target, Taps, One;
    public readonly bool Smooth, Mirror, Identity;
    public readonly int[] First;
    public readonly int[] Weights;                      // [target * Taps + tap]
    public long LastUse;

    public Axis(int source, int target, bool smooth, bool mirror, int one)
    {
        (Source, Target, Smooth, Mirror, One) = (source, target, smooth, mirror, one);
        double ratio = (double)source / target;
        Identity = source == target && !mirror;
        Taps = !smooth || source == target ? 1 : Math.Min(source, ratio > 1 ? (int)Math.Ceiling(ratio) + 1 : 2);
        First = new int[target];
        Weights = new int[target * Taps];
        for (int t = 0; t < target; t++)
        {
            int at = mirror ? target - 1 - t : t;
            double from = t * ratio, to = (t + 1) * ratio, center = (t + 0.5) * ratio - 0.5;
            int first = Taps == 1 ? (int)Math.Floor((t + 0.5) * ratio) : ratio > 1 ? (int)Math.Floor(from) : (int)Math.Floor(center);
            first = Math.Clamp(first, 0, source - Taps);
            First[at] = first;
            // Weights are differences of the rounded running sum, so their sum is exact.
            double sum = 0;
            int given = 0;
            for (int tap = 0; tap < Taps; tap++)
            {
                int pixel = first + tap;
                sum += Taps == 1 ? 1
                    : ratio > 1 ? Math.Max(0, Math.Min(to, pixel + 1) - Math.Max(from, pixel)) / ratio
                    : Math.Max(0, 1 - Math.Abs(Math.Clamp(center, 0, source - 1) - pixel));
                int upTo = tap == Taps - 1 ? one : (int)Math.Round(sum * one);
                Weights[at * Taps + tap] = upTo - given;
                given = upTo;
            }
        }
    }

    public bool Is(int source, int target, bool smooth, bool mirror, int one) =>
        Source == source && Target == target && Smooth == smooth && Mirror == mirror && One == one;
}

/// <summary>
/// Scales part of a picture row by row into packed Rgba8: source rows are summed with 8-bit weights into 16-bit columns, which are
/// then summed along the row with 14-bit weights. Keeps the axes of the last 32 sizes, so repeated frames allocate nothing.
/// </summary>
internal sealed class Resampler
{
    private const int RowOne = 256, ColumnOne = 1 << 14, Kept = 32;
    private readonly Axis?[] axes = new Axis?[Kept];
    private ushort[] columns = new ushort[4096];
    private long clock;
    private Axis across = null!, down = null!;
    private Picture picture = null!;
    private Clip source;
    private uint[]? map;

    /// <summary>Chooses what the following <see cref="Row"/> calls draw.</summary>
    public void Begin(in DrawCommand c, Picture from, int width, int height)
    {
        picture = from;
        source = c.Source;
        map = c.Map?.Packed;
        across = Find(source.Right - source.Left, width, c.Smooth, c.Mirror, ColumnOne);
        down = Find(source.Bottom - source.Top, height, c.Smooth, false, RowOne);
        int needed = across.Source * picture.BytesPerPixel + Vector256<byte>.Count;
        if (columns.Length < needed) columns = new ushort[needed];
    }

    /// <summary>Target pixels <paramref name="x"/>.. of target row <paramref name="y"/>.</summary>
    public void Row(int y, int x, Span<uint> pixels)
    {
        int bpp = picture.BytesPerPixel;
        var first = MemoryMarshal.CreateReadOnlySpan(ref picture.Bytes[((source.Top + down.First[y]) * picture.Width + source.Left) * bpp], across.Source * bpp);
        if (down.Taps == 1 && across.Taps == 1)
        {
            if (across.Identity) Convert(first[(x * bpp)..], pixels);
            else Pick(first, x, pixels);
            return;
        }
        SumRows(y, first.Length);
        switch (picture.Format)
        {
            case PixelFormat.Gray8: SumGray(x, pixels); break;
            case PixelFormat.Bgr8: SumColor(x, 3, pixels); break;
            default: SumColor(x, 4, pixels); break;
        }
    }

    /// <summary>columns = sum over taps of weight * source row: 256 times the bytes.</summary>
    private void SumRows(int y, int bytes)
    {
        int bpp = picture.BytesPerPixel, start = ((source.Top + down.First[y]) * picture.Width + source.Left) * bpp;
        ref ushort sum = ref columns[0];
        for (int tap = 0, done = 0; tap < down.Taps; tap++, start += picture.RowBytes)
        {
            int weight = down.Weights[y * down.Taps + tap];
            if (weight == 0 && (done > 0 || tap < down.Taps - 1)) continue;
            ref byte row = ref picture.Bytes[start];
            var w = Vector256.Create((ushort)weight);
            int i = 0;
            // Blocks of 32 bytes while they end inside the picture; the sums have room for a whole block past the end.
            int whole = Math.Min(bytes, picture.Bytes.Length - start - Vector256<byte>.Count + 1);
            for (; i < whole; i += Vector256<byte>.Count)
            {
                var b = Vector256.LoadUnsafe(ref row, (nuint)i);
                Vector256<ushort> low = Vector256.WidenLower(b) * w, high = Vector256.WidenUpper(b) * w;
                if (done > 0)
                {
                    low += Vector256.LoadUnsafe(ref sum, (nuint)i);
                    high += Vector256.LoadUnsafe(ref sum, (nuint)i + 16);
                }
                low.StoreUnsafe(ref sum, (nuint)i);
                high.StoreUnsafe(ref sum, (nuint)i + 16);
            }
            for (; i < bytes; i++)
                Unsafe.Add(ref sum, i) = (ushort)((done > 0 ? Unsafe.Add(ref sum, i) : 0) + Unsafe.Add(ref row, i) * weight);
            done++;
        }
    }

    private void SumColor(int x, int bpp, Span<uint> pixels)
    {
        ref byte sums = ref Unsafe.As<ushort, byte>(ref columns[0]);
        ref int firsts = ref MemoryMarshal.GetArrayDataReference(across.First);
        ref int weights = ref MemoryMarshal.GetArrayDataReference(across.Weights);
        int taps = across.Taps, step = bpp * 2;
        var half = Vector128.Create(1 << 21);
        // Bytes 0, 4, 8, 12 of the sums: Bgr8 turns around and gets alpha from the fill below.
        var order = bpp == 3 ? Vector128.Create((byte)8, 4, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)
                             : Vector128.Create((byte)0, 4, 8, 12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
        uint alpha = bpp == 3 ? 0xFF000000 : 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            ref byte at = ref Unsafe.Add(ref sums, Unsafe.Add(ref firsts, x + i) * step);
            ref int w = ref Unsafe.Add(ref weights, (x + i) * taps);
            var total = half;
            for (int tap = 0; tap < taps; tap++, at = ref Unsafe.Add(ref at, step))
                total += Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref at)).AsUInt16()).AsInt32() * Vector128.Create(Unsafe.Add(ref w, tap));
            pixels[i] = Vector128.Shuffle((total >>> 22).AsByte(), order).AsUInt32().ToScalar() | alpha;
        }
    }

    private void SumGray(int x, Span<uint> pixels)
    {
        int taps = across.Taps;
        for (int i = 0; i < pixels.Length; i++)
        {
            int at = across.First[x + i], w = (x + i) * taps, total = 1 << 21;
            for (int tap = 0; tap < taps; tap++) total += columns[at + tap] * across.Weights[w + tap];
            uint v = (uint)total >> 22;
            pixels[i] = map is null ? v * 0x010101 | 0xFF000000 : map[v];
        }
    }

    /// <summary>Single source pixels, unscaled sums.</summary>
    private void Pick(ReadOnlySpan<byte> row, int x, Span<uint> pixels)
    {
        var first = across.First.AsSpan(x, pixels.Length);
        switch (picture.Format)
        {
            case PixelFormat.Gray8 when map is not null:
                for (int i = 0; i < first.Length; i++) pixels[i] = map[row[first[i]]];
                break;
            case PixelFormat.Gray8:
                for (int i = 0; i < first.Length; i++) pixels[i] = row[first[i]] * 0x010101u | 0xFF000000;
                break;
            case PixelFormat.Bgr8:
                for (int i = 0; i < first.Length; i++)
                {
                    var p = row.Slice(first[i] * 3, 3);
                    pixels[i] = p[2] | (uint)p[1] << 8 | (uint)p[0] << 16 | 0xFF000000;
                }
                break;
            default:
                var packed = MemoryMarshal.Cast<byte, uint>(row);
                for (int i = 0; i < first.Length; i++) pixels[i] = packed[first[i]];
                break;
        }
    }

    /// <summary>Neighbouring pixels, one to one.</summary>
    private void Convert(ReadOnlySpan<byte> row, Span<uint> pixels)
    {
        int i = 0;
        switch (picture.Format)
        {
            case PixelFormat.Gray8 when map is not null:
                for (; i < pixels.Length; i++) pixels[i] = map[row[i]];
                break;
            case PixelFormat.Gray8:
                for (; i < pixels.Length; i++) pixels[i] = row[i] * 0x010101u | 0xFF000000;
                break;
            case PixelFormat.Bgr8:
                ref byte from = ref MemoryMarshal.GetReference(row);
                // Four pixels from 12 of 16 loaded bytes.
                for (; i + 4 <= pixels.Length && i * 3 + 16 <= row.Length; i += 4)
                    (Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(i * 3)), Vector128.Create((byte)2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255)).AsUInt32()
                        | Vector128.Create(0xFF000000)).StoreUnsafe(ref pixels[i]);
                for (; i < pixels.Length; i++) pixels[i] = row[i * 3 + 2] | (uint)row[i * 3 + 1] << 8 | (uint)row[i * 3] << 16 | 0xFF000000;
                break;
            default:
                MemoryMarshal.Cast<byte, uint>(row)[..pixels.Length].CopyTo(pixels);
                break;
        }
    }

    private Axis Find(int from, int to, bool smooth, bool mirror, int one)
    {
        int oldest = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            var axis = axes[i];
            if (axis is not null && axis.Is(from, to, smooth, mirror, one))
            {
                axis.LastUse = ++clock;
                return axis;
            }
            if ((axis?.LastUse ?? -1) < (axes[oldest]?.LastUse ?? -1)) oldest = i;
        }
        return axes[oldest] = new Axis(from, to, smooth, mirror, one) { LastUse = ++clock };
    }
}
