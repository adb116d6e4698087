using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using LiveCam.Engine.Vision;
using LiveCam.Engine;

namespace LiveCam.Recording;

/// <summary>What is kept of a picture beside its pixels: number, source time, and the loop's time of the tick that took it.</summary>
internal readonly record struct FrameStamp(long Number, TimeSpan Time, TimeSpan Now);

/// <summary>
/// Pictures one after the other, lossless. The file begins with the 12 bytes "LCFRAMES" and the version; a frame is a header of 48 bytes, all
/// little-endian (mark, packed bytes, number, time and now in ticks of 100 ns, width, height, pixel format, and the CRC-32C of the header before
/// it and the packed bytes), and the rows packed with zlib. A frame counts when all of it is there and its sum is right.
/// </summary>
internal static class FrameFile
{
    public const int HeaderBytes = 48;
    private const int SumAt = 44;
    private const int MostPacked = 1032;
    private const long MostFrames = 1L << 48;
    private const uint Mark = 0x7266434C;                      // "LCfr"

    public static ReadOnlySpan<byte> Preamble => "LCFRAMES\u0001\0\0\0"u8;

    /// <summary>Makes a picture's header and packed rows, one behind the other.</summary>
    /// <param name="packed">Overwritten and grown as needed.</param>
    public static ReadOnlySpan<byte> Pack(Picture picture, FrameStamp stamp, MemoryStream packed)
    {
        packed.SetLength(HeaderBytes);
        packed.Position = HeaderBytes;
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(picture.Bytes);
        Span<byte> frame = packed.GetBuffer().AsSpan(0, (int)packed.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], stamp.Number);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], stamp.Time.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(frame[24..], stamp.Now.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(frame[32..], picture.Width);
        BinaryPrimitives.WriteInt32LittleEndian(frame[36..], picture.Height);
        BinaryPrimitives.WriteInt32LittleEndian(frame[40..], (int)picture.Format);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[SumAt..], Sum(frame));
        return frame;
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="slot">A picture to overwrite where it fits; else a new one is put there.</param>
    /// <returns>False at the end of the whole frames: of the file, or where it was cut or damaged.</returns>
    public static bool TryRead(Stream file, ref byte[] buffer, ref Picture? slot, out FrameStamp stamp)
    {
        stamp = default;
        if (buffer.Length < HeaderBytes) buffer = new byte[1 << 20];
        if (file.ReadAtLeast(buffer.AsSpan(0, HeaderBytes), HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) return false;
        int bytes = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(4));
        if (BinaryPrimitives.ReadUInt32LittleEndian(buffer) != Mark || bytes < 0 || bytes > file.Length - file.Position) return false;
        if (buffer.Length < HeaderBytes + bytes) Array.Resize(ref buffer, HeaderBytes + bytes);
        file.ReadExactly(buffer, HeaderBytes, bytes);
        Span<byte> frame = buffer.AsSpan(0, HeaderBytes + bytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[SumAt..]) != Sum(frame)) return false;
        (int width, int height) = (BinaryPrimitives.ReadInt32LittleEndian(frame[32..]), BinaryPrimitives.ReadInt32LittleEndian(frame[36..]));
        var format = (PixelFormat)BinaryPrimitives.ReadInt32LittleEndian(frame[40..]);
        stamp = new(BinaryPrimitives.ReadInt64LittleEndian(frame[8..]), new(BinaryPrimitives.ReadInt64LittleEndian(frame[16..])), new(BinaryPrimitives.ReadInt64LittleEndian(frame[24..])));
        // Sums do not protect from files made to mislead.
        if (!Picture.Holds(format) || width is < 1 or > Picture.MaxSide || height is < 1 or > Picture.MaxSide || (long)width * height > Limits.PicturePixels) return false;
        // Deflate packs no more than 1032 to 1: a picture that is larger than that is not there.
        if ((long)width * height * (int)format > (long)bytes * MostPacked) return false;
        if (!IsTime(stamp.Time) || !IsTime(stamp.Now) || stamp.Number is < 0 or > MostFrames) return false;
        if (slot is null || slot.Width != width || slot.Height != height || slot.Format != format) slot = new Picture(width, height, format);
        using var zlib = new ZLibStream(new MemoryStream(buffer, HeaderBytes, bytes), CompressionMode.Decompress);
        try
        {
            return zlib.ReadAtLeast(slot.Bytes, slot.Bytes.Length, throwOnEndOfStream: false) == slot.Bytes.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Whether what could not be read at a place is no cut end: more follows it.</summary>
    public static bool IsDamaged(Stream file, long at)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        file.Position = at;
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) return false;
        int bytes = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) != Mark || bytes < 0 || bytes <= file.Length - file.Position;
    }

    /// <summary>Thirty years: sums and differences of such times are times still.</summary>
    private static bool IsTime(TimeSpan time) => time.Ticks is >= 0 and < 30 * 365 * TimeSpan.TicksPerDay;

    // Eight bytes at a time; the sum's own place is left out.
    private static uint Sum(ReadOnlySpan<byte> frame) => Sum(Sum(~0u, frame[..SumAt]), frame[HeaderBytes..]);

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes) sum = BitOperations.Crc32C(sum, one);
        return sum;
    }
}
