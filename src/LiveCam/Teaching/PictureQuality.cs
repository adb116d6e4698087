using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LiveCam.Engine.Vision;

namespace LiveCam.Teaching;

/// <summary>
/// What can be said of a picture without knowing what it shows. Everything is measured on the picture's brightness at about 320 pixels along the longer side, so
/// that the same scene gives the same numbers from a small and a large camera.
/// </summary>
/// <remarks>Keeps its buffers: a measurement allocates only the fingerprint. For one thread.</remarks>
public sealed class PictureQuality
{
    private const int LongSide = 320, Taps = 9;

    private short[] gray = [];
    private ushort[] sums = [];
    private readonly int[] histogram = new int[256];

    /// <summary>
    /// Crete, Dolmiere, Ladret and Nicolas, The blur effect (2007): how little changes between neighbours when the picture is smoothed once more, 0 (everything) to 1
    /// (nothing), along the direction in which it is more; independent of contrast.
    /// </summary>
    public double Blur { get; private set; }

    /// <summary>Brightness below which 2% and 98% of the picture lie, 0 to 255.</summary>
    public int Dark { get; private set; }
    public int Bright { get; private set; }

    /// <summary>The share of the picture that is white without structure (250 and above).</summary>
    public double Clipped { get; private set; }
    public Fingerprint Fingerprint { get; private set; } = new(new byte[Fingerprint.Bytes]);

    public void Measure(Picture picture)
    {
        int by = Math.Max(1, (int)Math.Round(Math.Max(picture.Width, picture.Height) / (double)LongSide));
        int width = picture.Width / by, height = picture.Height / by;
        if (width == 0 || height == 0) (by, width, height) = (1, picture.Width, picture.Height);
        if (gray.Length < width * height) gray = new short[width * height];
        Shrink(picture, by, width, height);
        Levels(width, height);
        Blur = Math.Max(BlurAlong(width, height, 1, width - Taps, height), BlurAlong(width, height, width, width, height - Taps));
        Fingerprint = new(Cells(width, height));
    }

    /// <summary>Mean brightness (0.299 R + 0.587 G + 0.114 B) of blocks of by x by pixels: bytes added up along columns first, then colours and columns of a block.</summary>
    private void Shrink(Picture picture, int by, int width, int height)
    {
        int pixel = picture.BytesPerPixel, used = width * by * pixel;
        (int red, int green, int blue) = picture.Format switch { PixelFormat.Bgr8 => (2, 1, 0), PixelFormat.Rgba8 => (0, 1, 2), _ => (0, 0, 0) };
        // At most 103 rows (Picture.MaxSide / LongSide) of 255.
        if (sums.Length < used) sums = new ushort[used];
        // 2^24 / (256 area), so that the mean is a product and a shift; the brightness weights sum to 256.
        uint scale = (uint)((1 << 16) / (by * by));
        for (int y = 0; y < height; y++)
        {
            Span<ushort> sum = sums.AsSpan(0, used);
            sum.Clear();
            for (int v = 0; v < by; v++) AddBytes(picture.Row(y * by + v)[..used], sum);
            Span<short> row = gray.AsSpan(y * width, width);
            for (int x = 0, at = 0; x < row.Length; x++)
            {
                int r = 0, g = 0, b = 0;
                for (int u = 0; u < by; u++, at += pixel)
                {
                    r += sum[at + red];
                    g += sum[at + green];
                    b += sum[at + blue];
                }
                row[x] = (short)((ulong)(uint)(77 * r + 150 * g + 29 * b) * scale + (1 << 23) >> 24);
            }
        }
    }

    private static void AddBytes(ReadOnlySpan<byte> bytes, Span<ushort> sum)
    {
        int i = 0;
        for (; i + 32 <= bytes.Length; i += 32)
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.Create(bytes[i..]));
            (Vector256.Create<ushort>(sum[i..]) + low).CopyTo(sum[i..]);
            (Vector256.Create<ushort>(sum[(i + 16)..]) + high).CopyTo(sum[(i + 16)..]);
        }
        for (; i < bytes.Length; i++) sum[i] += bytes[i];
    }

    private void Levels(int width, int height)
    {
        Array.Clear(histogram);
        foreach (short level in gray.AsSpan(0, width * height)) histogram[Math.Min((int)level, 255)]++;
        int all = width * height, seen = 0;
        (Dark, Bright) = (-1, 255);
        for (int level = 0; level < 256; level++)
        {
            seen += histogram[level];
            if (Dark < 0 && seen >= 0.02 * all) Dark = level;
            if (seen < 0.98 * all) continue;
            Bright = level;
            break;
        }
        int white = 0;
        for (int level = 250; level < 256; level++) white += histogram[level];
        Clipped = white / (double)all;
    }

    /// <summary>
    /// The change between neighbours, f(x) - f(x-1), and what is left of it after a mean of nine, (f(x+4) - f(x-5)) / 9: sums over all places where both exist.
    /// </summary>
    /// <param name="step">Elements from one neighbour to the next: 1 along rows, the width along columns.</param>
    private double BlurAlong(int width, int height, int step, int columns, int rows)
    {
        if (columns <= 0 || rows <= 0) return 0;
        long change = 0, lost = 0;
        ref short first = ref MemoryMarshal.GetArrayDataReference(gray);
        for (int y = 0; y < rows; y++)
        {
            // Nine times every term, which keeps them whole; at most 2295.
            nint at = y * width;
            int x = 0;
            Vector256<int> changes = default, losses = default;
            for (; x + 16 <= columns; x += 16, at += 16)
            {
                Vector256<short> near = Vector256.Abs(Load(ref first, at + 5 * step) - Load(ref first, at + 4 * step)) * 9;
                Vector256<short> left = Vector256.Max(Vector256<short>.Zero, near - Vector256.Abs(Load(ref first, at + 9 * step) - Load(ref first, at)));
                changes += Vector256.WidenLower(near) + Vector256.WidenUpper(near);
                losses += Vector256.WidenLower(left) + Vector256.WidenUpper(left);
            }
            change += Vector256.Sum(changes);
            lost += Vector256.Sum(losses);
            for (; x < columns; x++, at++)
            {
                int near = 9 * Math.Abs(Unsafe.Add(ref first, at + 5 * step) - Unsafe.Add(ref first, at + 4 * step));
                change += near;
                lost += Math.Max(0, near - Math.Abs(Unsafe.Add(ref first, at + 9 * step) - Unsafe.Add(ref first, at)));
            }
        }
        return change == 0 ? 0 : (change - lost) / (double)change;

        static Vector256<short> Load(ref short first, nint at) => Vector256.LoadUnsafe(ref first, (nuint)at);
    }

    private byte[] Cells(int width, int height)
    {
        var cells = new byte[Fingerprint.Bytes];
        for (int v = 0; v < Fingerprint.Side; v++)
            for (int u = 0; u < Fingerprint.Side; u++)
            {
                int left = u * width / Fingerprint.Side, right = Math.Max(left + 1, (u + 1) * width / Fingerprint.Side);
                int top = v * height / Fingerprint.Side, bottom = Math.Max(top + 1, (v + 1) * height / Fingerprint.Side), sum = 0;
                for (int y = top; y < bottom; y++)
                    foreach (short level in gray.AsSpan(y * width + left, right - left)) sum += level;
                cells[v * Fingerprint.Side + u] = (byte)Math.Min(255, (sum + (right - left) * (bottom - top) / 2) / ((right - left) * (bottom - top)));
            }
        return cells;
    }
}
