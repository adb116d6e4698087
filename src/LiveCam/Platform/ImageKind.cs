using LiveCam.Engine;

namespace LiveCam.Platform;

/// <summary>What a picture file is, told by its first bytes and not by its name.</summary>
/// <param name="Name">As people call the format.</param>
/// <param name="IsMoving">Whether it may hold several frames in time.</param>
internal sealed record ImageKind(string Name, bool IsMoving = false)
{
    /// <summary>How many first bytes tell the format.</summary>
    public const int Looked = 64;

    /// <summary>Formats whose first bytes are theirs alone.</summary>
    private static readonly (byte[] Start, ImageKind Kind)[] Starts =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], new("PNG")),
        ([0xFF, 0xD8, 0xFF], new("JPEG")),
        ([.. "BM"u8], new("BMP")),
        ([.. "GIF8"u8], new("GIF", IsMoving: true)),
        ([(byte)'I', (byte)'I', (byte)'*', 0], new("TIFF")),
        ([(byte)'M', (byte)'M', 0, (byte)'*'], new("TIFF")),
        ([0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' '], new("JPEG 2000")),
        ([0xFF, 0x4F, 0xFF, 0x51], new("JPEG 2000")),
        ([.. "8BPS"u8], new("Photoshop (PSD)")),
        ([.. "DDS "u8], new("DDS")),
        ([0x01, 0xDA], new("SGI")),
        ([0x0A, 5, 1], new("PCX")),
        ([0, 0, 1, 0], new("icon (ICO)")),
        ([0x76, 0x2F, 0x31, 0x01], new("OpenEXR")),
        ([.. "#?RADIANCE"u8], new("Radiance HDR")),
        ([.. "/* XPM */"u8], new("XPM")),
        ([0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' '], new("JPEG XL")),
        ([0xFF, 0x0A], new("JPEG XL")),
    ];

    /// <summary>The format of a file that begins so; null where it is no picture that is known.</summary>
    public static ImageKind? Of(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] start, ImageKind kind) in Starts)
            if (head.StartsWith(start)) return kind;
        if (head.StartsWith("RIFF"u8) && head.Length > 12 && head[8..].StartsWith("WEBP"u8)) return new("WebP");
        if (head is [(byte)'P', >= (byte)'1' and <= (byte)'7', <= (byte)' ', ..]) return new("PNM");
        if (head.Length > 12 && head[4..].StartsWith("ftyp"u8))
        {
            ReadOnlySpan<byte> brands = head[8..];
            if (brands.StartsWith("avi"u8)) return new("AVIF");
            if (brands.StartsWith("hei"u8) || brands.StartsWith("hev"u8) || brands.StartsWith("mif1"u8) || brands.StartsWith("msf1"u8))
                return brands.IndexOf("avif"u8) >= 0 ? new("AVIF") : new("HEIC");
        }
        // Targa has no start of its own: no map or one of colours, a known type, and in its eighth byte from the end of the head sensible depths.
        if (head.Length >= 18 && head[1] <= 1 && head[2] is 1 or 2 or 3 or 9 or 10 or 11 && head[16] is 8 or 15 or 16 or 24 or 32 && (head[17] & 0xC0) == 0 && head[12] + head[13] > 0 && head[14] + head[15] > 0) return new("Targa");
        ReadOnlySpan<byte> text = head.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<svg"u8) ? new("SVG") : null;
    }

    /// <summary>The format of a file; null where it is none that is known, or cannot be read.</summary>
    public static ImageKind? OfFile(string path)
    {
        try
        {
            using var file = PlainFile.OpenRead(path, FileShare.ReadWrite, bufferSize: 0);
            Span<byte> head = stackalloc byte[Looked];
            return Of(head[..file.ReadAtLeast(head, Looked, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What to do with a file of a format that neither decoder here reads.</summary>
    public string WayOut => Name switch
    {
        "HEIC" => "convert it to JPEG (heif-convert IN OUT.jpg, or the phone's setting for compatible pictures)",
        "AVIF" => "convert it to PNG or JPEG (avifdec IN OUT.png)",
        "JPEG XL" => "convert it to PNG (djxl IN OUT.png)",
        "SVG" => "draw it as a PNG first (rsvg-convert IN -o OUT.png)",
        _ => "convert it to PNG or JPEG",
    };
}
