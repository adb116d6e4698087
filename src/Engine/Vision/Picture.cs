namespace LiveCam.Engine.Vision;

/// <summary>How the bytes of one pixel are ordered. The lowest four bits of the value are the number of bytes per pixel.</summary>
public enum PixelFormat
{
    /// <summary>One byte of luminance.</summary>
    Gray8 = 1,
    /// <summary>Three bytes: blue, green, red (what OpenCV delivers).</summary>
    Bgr8 = 3,
    /// <summary>Four bytes: red, green, blue, alpha (what the canvas draws on).</summary>
    Rgba8 = 4,
    /// <summary>Three bytes: red, green, blue. Only for pixels of other programs; a <see cref="Picture"/> holds them as <see cref="Bgr8"/>.</summary>
    Rgb24 = 16 | 3,
    /// <summary>Four bytes: blue, green, red, alpha (what Windows and most game engines draw on). Only for pixels of other programs; a
    /// <see cref="Picture"/> holds them as <see cref="Rgba8"/>.</summary>
    Bgra32 = 16 | 4,
}

/// <summary>
/// Eight-bit pixels in rows, top row first, without gaps: byte <c>(y * Width + x) * BytesPerPixel</c> starts pixel (x, y).
/// A picture owns its bytes; whoever reuses one for the next frame (camera slots) says so.
/// </summary>
public sealed class Picture
{
    /// <summary>The largest width or height accepted anywhere, in pixels.</summary>
    public const int MaxSide = 32768;

    public int Width { get; }
    public int Height { get; }
    public PixelFormat Format { get; }
    public byte[] Bytes { get; }

    /// <summary>
    /// How often <see cref="MarkChanged"/> was called. 0 says nothing: whoever keeps a copy (a texture) takes the bytes anew each time;
    /// from 1 on they are taken anew only when this number has moved.
    /// </summary>
    public long Version { get; private set; }

    public int BytesPerPixel => (int)Format;
    public int RowBytes => Width * BytesPerPixel;

    /// <summary>Whether pictures hold this format.</summary>
    public static bool Holds(PixelFormat format) => format is PixelFormat.Gray8 or PixelFormat.Bgr8 or PixelFormat.Rgba8;

    /// <summary>The format in which a picture holds pixels of this one.</summary>
    public static PixelFormat FormatFor(PixelFormat pixels) => pixels switch
    {
        PixelFormat.Rgb24 => PixelFormat.Bgr8,
        PixelFormat.Bgra32 => PixelFormat.Rgba8,
        _ => pixels,
    };

    /// <exception cref="LiveCamException">A side is not in 1..<see cref="MaxSide"/>, or the picture passes 1 GiB.</exception>
    public Picture(int width, int height, PixelFormat format)
    {
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || (long)width * height * (int)format > 1L << 30)
            throw new LiveCamException($"A picture of {width}x{height} pixels cannot be made: each side has to be 1 to {MaxSide} and the whole at most 1 GiB.");
        if (!Holds(format))
            throw new LiveCamException($"A picture holds no {format} pixels: make it {FormatFor(format)}, which takes them in.");
        Width = width;
        Height = height;
        Format = format;
        Bytes = new byte[width * height * (int)format];
    }

    /// <summary>Copies pixels of another program into this picture, which has their size and <see cref="FormatFor"/> them.</summary>
    /// <param name="pixels">Rows, top row first; a row starts <paramref name="stride"/> bytes after the one above.</param>
    /// <exception cref="ArgumentException">There are fewer bytes than that, or the format is another.</exception>
    public void Take(ReadOnlySpan<byte> pixels, int stride, PixelFormat format)
    {
        if (FormatFor(format) != Format) throw new ArgumentException($"A {Format} picture takes no {format} pixels.", nameof(format));
        if (stride < RowBytes || pixels.Length < (long)stride * (Height - 1) + RowBytes)
            throw new ArgumentException($"{Width}x{Height} pixels of {BytesPerPixel} bytes in rows of {stride} take {(long)stride * (Height - 1) + RowBytes} bytes, but {pixels.Length} are given.", nameof(pixels));
        int step = BytesPerPixel;
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = Row(y);
            pixels.Slice(y * stride, RowBytes).CopyTo(row);
            if (format == Format) continue;
            for (int i = 0; i < row.Length; i += step) (row[i], row[i + 2]) = (row[i + 2], row[i]);
        }
    }

    /// <summary>Says that the bytes are new. Whoever calls it once calls it after every change from then on.</summary>
    public void MarkChanged() => Version++;

    public Span<byte> Row(int y) => Bytes.AsSpan(y * RowBytes, RowBytes);
}
