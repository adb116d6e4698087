using System.Buffers.Binary;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Teaching;

/// <summary>A sample's file cannot be read as a picture.</summary>
public sealed class DamagedPictureException(string message, Exception? inner = null) : LiveCamException(message, inner!);

/// <summary>Samples read with their check sums: a decoder may make a picture of half a file, and a network would learn from it.</summary>
public static class PngFile
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        uint c = (uint)n;
        for (int k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    /// <summary>Reads a picture file; a PNG has to be whole.</summary>
    /// <exception cref="DamagedPictureException">It is damaged, or no picture.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Picture Load(string path) => Decode(PlainFile.ReadAllBytes(path, ImageFile.MaxFileBytes), path);

    /// <exception cref="DamagedPictureException">It is damaged, or no picture.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, string path)
    {
        if (IsPng(file) && Problem(file) is { } problem) throw new DamagedPictureException($"Reading the sample \"{path}\": {problem}.");
        try
        {
            return ImageFile.Decode(file, path);
        }
        catch (LiveCamException error)
        {
            throw new DamagedPictureException(error.Message, error);
        }
    }

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);

    /// <summary>What is wrong with the chunks of a PNG (ISO/IEC 15948, sections 5.3 and annex D: length, name, data, CRC-32 of name and data); null when all are whole.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            ReadOnlySpan<byte> chunk = file[(int)at..];
            uint length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (length > file.Length - at - 12) return $"it ends after {file.Length} bytes in the middle of a part that has {length}";
            uint sum = ~0u;
            foreach (byte one in chunk.Slice(4, (int)length + 4)) sum = Table[(byte)(sum ^ one)] ^ (sum >> 8);
            if (~sum != BinaryPrimitives.ReadUInt32BigEndian(chunk[(8 + (int)length)..])) return $"the part at byte {at} is damaged: its check sum is {~sum:x8}, but it says {BinaryPrimitives.ReadUInt32BigEndian(chunk[(8 + (int)length)..]):x8}";
            if (chunk[4..].StartsWith("IEND"u8)) return null;
            at += length + 12;
        }
        return $"it ends after {file.Length} bytes without an end mark";
    }
}
