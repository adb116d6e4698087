using System.Buffers.Binary;

namespace LiveCam.Platform;

/// <summary>The size a picture file states in its first bytes, read without decoding anything.</summary>
internal static class ImageHeader
{
    /// <summary>
    /// Width and height in pixels as the file states them, before any EXIF rotation; null where the format is another than
    /// PNG, JPEG, BMP, GIF, WebP, TIFF or PNM, or the header is damaged.
    /// </summary>
    public static (long Width, long Height)? Size(ReadOnlySpan<byte> file)
    {
        if (file.Length < 32) return null;
        if (file[0] == 0x89 && file[1..].StartsWith("PNG\r\n\x1a\n"u8)) return (U32(file[16..]), U32(file[20..]));
        if (file[0] == 0xFF && file[1] == 0xD8) return Jpeg(file);
        if (file.StartsWith("BM"u8)) return Bmp(file);
        if (file.StartsWith("GIF8"u8)) return (L16(file[6..]), L16(file[8..]));
        if (file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBPVP8"u8)) return WebP(file);
        if (file.StartsWith("II*\0"u8)) return Tiff(file, little: true);
        if (file.StartsWith("MM\0*"u8)) return Tiff(file, little: false);
        if (file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6' && file[2] <= ' ') return Pnm(file);
        return null;
    }

    /// <summary>
    /// True for a JPEG without its end marker FF D9. Decoders fill the missing part with gray and say nothing, which would
    /// be classified as if it were the picture. (In compressed data FF is followed by 00 or a restart marker, never by D9.)
    /// </summary>
    public static bool IsCutShort(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != 0xFF || file[1] != 0xD8) return false;
        int scan = 2;   // to the first scan by the segments' lengths: the end marker of an embedded thumbnail does not count
        while (scan + 4 <= file.Length && file[scan] == 0xFF && file[scan + 1] != 0xDA)
            scan += file[scan + 1] == 0xFF ? 1 : file[scan + 1] is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + B16(file[(scan + 2)..]);
        return scan >= file.Length || file[scan..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0;
    }

    /// <summary>Whether some of a PNG or WebP may be transparent, by what the file states.</summary>
    public static bool HasAlpha(ReadOnlySpan<byte> file)
    {
        if (file.Length < 32) return false;
        if (file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBPVP8"u8)) return file[15] == 'X' ? (file[20] & 0x10) != 0 : file[15] == 'L' && (file[24] & 0x10) != 0;
        if (file[0] != 0x89 || !file[1..].StartsWith("PNG\r\n"u8)) return false;
        // Colour types 4 and 6 have an alpha channel; the others one transparent colour, or a palette of them, in a chunk before the pixels.
        if (file[25] is 4 or 6) return true;
        for (long at = 8; at + 12 <= file.Length; at += 12 + U32(file[(int)at..]))
        {
            ReadOnlySpan<byte> name = file[((int)at + 4)..];
            if (name.StartsWith("tRNS"u8)) return true;
            if (name.StartsWith("IDAT"u8)) break;
        }
        return false;
    }

    /// <summary>
    /// A PNG without its colour profile, which the decoder does not apply but libpng complains about on stderr; the same
    /// span where there is none. Chunks are a big-endian length, a name, the data and a check sum.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutProfile(ReadOnlySpan<byte> file)
    {
        if (file.Length < 32 || !file[1..].StartsWith("PNG\r\n"u8)) return file;
        for (long at = 8; at + 12 <= file.Length;)
        {
            ReadOnlySpan<byte> chunk = file[(int)at..];
            long end = at + 12 + U32(chunk);
            if (chunk[4..].StartsWith("IDAT"u8) || end > file.Length) return file;
            if (chunk[4..].StartsWith("iCCP"u8)) return (byte[])[.. file[..(int)at], .. file[(int)end..]];
            at = end;
        }
        return file;
    }

    // Segments FF marker, big-endian length, until a start of frame: C0..CF without C4 (tables), C8 (reserved), CC (arithmetic tables).
    private static (long, long)? Jpeg(ReadOnlySpan<byte> file)
    {
        for (int at = 2; at + 9 <= file.Length;)
        {
            if (file[at] != 0xFF) return null;
            byte marker = file[at + 1];
            if (marker == 0xFF) { at++; continue; }                                    // fill byte
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) { at += 2; continue; }        // no length
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return (B16(file[(at + 7)..]), B16(file[(at + 5)..]));
            if (marker is 0xD9 or 0xDA) return null;
            at += 2 + B16(file[(at + 2)..]);
        }
        return null;
    }

    // A 12-byte header is OS/2's with 16-bit sides; all later ones have 32-bit sides, a negative height meaning top row first.
    private static (long, long) Bmp(ReadOnlySpan<byte> file) => L32(file[14..]) == 12
        ? (L16(file[18..]), L16(file[20..]))
        : ((int)L32(file[18..]), Math.Abs((long)(int)L32(file[22..])));

    private static (long, long)? WebP(ReadOnlySpan<byte> file) => file[15] switch
    {
        (byte)' ' => (L16(file[26..]) & 0x3FFF, L16(file[28..]) & 0x3FFF),
        (byte)'L' => ((L32(file[21..]) & 0x3FFF) + 1, (L32(file[21..]) >> 14 & 0x3FFF) + 1),
        (byte)'X' => ((L32(file[24..]) & 0xFFFFFF) + 1, (L32(file[26..]) >> 8) + 1),
        _ => null,
    };

    // Entries of 12 bytes: tag, type (3 = 16 bits, 4 = 32 bits), count, value. Tag 256 is the width, 257 the height.
    private static (long, long)? Tiff(ReadOnlySpan<byte> file, bool little)
    {
        long start = little ? L32(file[4..]) : U32(file[4..]), width = -1, height = -1;
        if (start > file.Length - 2) return null;
        int count = little ? L16(file[(int)start..]) : B16(file[(int)start..]);
        for (int i = 0; i < count && start + 2 + (i + 1) * 12 <= file.Length; i++)
        {
            ReadOnlySpan<byte> entry = file.Slice((int)start + 2 + i * 12, 12), value = entry[8..];
            int tag = little ? L16(entry) : B16(entry), type = little ? L16(entry[2..]) : B16(entry[2..]);
            long number = type == 3 ? (little ? L16(value) : B16(value)) : little ? L32(value) : U32(value);
            if (tag == 256) width = number;
            if (tag == 257) height = number;
        }
        return width < 0 || height < 0 ? null : (width, height);
    }

    // "P6", then width and height in decimal, with comments from # to the end of the line anywhere between.
    private static (long, long)? Pnm(ReadOnlySpan<byte> file)
    {
        Span<long> sides = stackalloc long[2];
        for (int at = 2, found = 0; at < file.Length; at++)
        {
            if (file[at] == '#') while (at < file.Length && file[at] != '\n') at++;
            else if (char.IsAsciiDigit((char)file[at]))
            {
                while (at < file.Length && char.IsAsciiDigit((char)file[at]) && sides[found] < 1L << 40) sides[found] = sides[found] * 10 + file[at++] - '0';
                if (++found == 2) return (sides[0], sides[1]);
            }
            else if (file[at] > ' ') return null;
        }
        return null;
    }

    private static int B16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16BigEndian(at);
    private static int L16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at);
    private static long U32(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt32BigEndian(at);
    private static long L32(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt32LittleEndian(at);
}
