using System.Buffers.Binary;

namespace LiveCam.Platform;

/// <summary>The orientation that EXIF data state (tag 274 of Exif 2.32, section 4.6.4), wherever a picture file keeps them: 1 upright, 2 to 8 turned or mirrored.</summary>
internal static class ImageOrientation
{
    private const int Tag = 274, MostEntries = 512;

    /// <summary>1 to 8; 1 where nothing is stated or it is damaged.</summary>
    public static int Of(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16) return 1;
        ReadOnlySpan<byte> exif = file[0] switch
        {
            0xFF when file[1] == 0xD8 => InJpeg(file),
            0x89 when file[1..].StartsWith("PNG"u8) => InPng(file),
            (byte)'R' when file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) => InWebP(file),
            _ => [],
        };
        if (exif.StartsWith("Exif\0\0"u8)) exif = exif[6..];
        return Stated(exif) is >= 1 and <= 8 and var found ? found : 1;
    }

    // Segments FF marker, big-endian length; APP1 with "Exif" before the first scan.
    private static ReadOnlySpan<byte> InJpeg(ReadOnlySpan<byte> file)
    {
        for (int at = 2; at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] != 0xDA;)
        {
            if (file[at + 1] is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8)) { at += file[at + 1] == 0xFF ? 1 : 2; continue; }
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) break;
            ReadOnlySpan<byte> data = file.Slice(at + 4, length - 2);
            if (file[at + 1] == 0xE1 && data.StartsWith("Exif\0\0"u8)) return data;
            at += 2 + length;
        }
        return [];
    }

    // Chunks of a big-endian length, a name, the data and a check sum.
    private static ReadOnlySpan<byte> InPng(ReadOnlySpan<byte> file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            if (at + 12 + length > file.Length) break;
            if (file[((int)at + 4)..].StartsWith("eXIf"u8)) return file.Slice((int)at + 8, (int)length);
            at += 12 + length;
        }
        return [];
    }

    // Chunks of a name, a little-endian length and the data, padded to an even length.
    private static ReadOnlySpan<byte> InWebP(ReadOnlySpan<byte> file)
    {
        for (long at = 12; at + 8 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)at + 4)..]);
            if (at + 8 + length > file.Length) break;
            if (file[(int)at..].StartsWith("EXIF"u8)) return file.Slice((int)at + 8, (int)length);
            at += 8 + length + (length & 1);
        }
        return [];
    }

    /// <summary>The entry of the first directory of a TIFF structure: entries of 12 bytes, tag, type (3: 16 bits), count, value.</summary>
    private static int Stated(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 8) return 1;
        bool little = exif[0] == 'I';
        int U16(ReadOnlySpan<byte> at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        long start = little ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (start + 2 > exif.Length) return 1;
        int count = Math.Min(MostEntries, U16(exif[(int)start..]));
        for (int i = 0; i < count && start + 2 + 12 * (i + 1) <= exif.Length; i++)
        {
            ReadOnlySpan<byte> entry = exif.Slice((int)start + 2 + 12 * i, 12);
            if (U16(entry) == Tag && U16(entry[2..]) == 3) return U16(entry[8..]);
        }
        return 1;
    }

    /// <summary>What turns a picture of this orientation upright: clockwise first, then mirrored left to right.</summary>
    public static CameraView View(int orientation) => orientation switch
    {
        2 => new(Mirror: true),
        3 => new(Rotation: 180),
        4 => new(Mirror: true, Rotation: 180),
        5 => new(Mirror: true, Rotation: 90),
        6 => new(Rotation: 90),
        7 => new(Mirror: true, Rotation: 270),
        8 => new(Rotation: 270),
        _ => CameraView.Plain,
    };
}
