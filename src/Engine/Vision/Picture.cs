namespace LiveCam.Engine.Vision;

/// <summary>How the bytes of one pixel are ordered. The value is the number of bytes per pixel.</summary>
public enum PixelFormat
{
    /// <summary>One byte of luminance.</summary>
    Gray8 = 1,
    /// <summary>Three bytes: blue, green, red (what OpenCV delivers).</summary>
    Bgr8 = 3,
    /// <summary>Four bytes: red, green, blue, alpha (what the canvas draws on).</summary>
    Rgba8 = 4,
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

    /// <exception cref="LiveCamException">A side is not in 1..<see cref="MaxSide"/>, or the picture passes 1 GiB.</exception>
    public Picture(int width, int height, PixelFormat format)
    {
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || (long)width * height * (int)format > 1L << 30)
            throw new LiveCamException($"A picture of {width}x{height} pixels cannot be made: each side has to be 1 to {MaxSide} and the whole at most 1 GiB.");
        Width = width;
        Height = height;
        Format = format;
        Bytes = new byte[width * height * (int)format];
    }

    /// <summary>Says that the bytes are new. Whoever calls it once calls it after every change from then on.</summary>
    public void MarkChanged() => Version++;

    public Span<byte> Row(int y) => Bytes.AsSpan(y * RowBytes, RowBytes);
}
