using System.Buffers.Binary;

namespace LiveCam.Tests.Trust.Fuzzing;

/// <summary>Changes inputs as files are changed by accident and by intent, from a seed.</summary>
internal sealed class Mutator(int seed)
{
    private const int Longest = 1 << 16;
    private static readonly long[] Numbers = [0, 1, -1, 2, 7, 8, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 32, 1L << 40];
    private static readonly byte[][] Words =
        [.. ((string[])["2147483647", "-1", "1e999", "9223372036854775807", "null", "true", "{", "}", "[", "]", "\"", "\\u0000", "\\ud800", "../", "/", "\r\n", "\0", ",", ";", "\t", "--", ":", "content-length: 99999999999", "NaN"]).Select(System.Text.Encoding.UTF8.GetBytes)];

    private readonly Random random = new(seed);

    /// <summary>A changed copy; sometimes with a part of another input.</summary>
    public byte[] Change(byte[] from, byte[] other)
    {
        List<byte> bytes = [.. from];
        for (int left = 1 + random.Next(4); left > 0; left--) ChangeOnce(bytes, other);
        if (bytes.Count > Longest) bytes.RemoveRange(Longest, bytes.Count - Longest);
        return [.. bytes];
    }

    /// <summary>One of several, all alike.</summary>
    public T Choose<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    private void ChangeOnce(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1), length = Math.Min(1 << random.Next(7), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, [.. bytes.GetRange(at, length)]); break;
            case 4: bytes.InsertRange(at, Words[random.Next(Words.Length)]); break;
            case 5: Overwrite(bytes, at, Number()); break;
            case 6 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 7 when other.Length > 0:
                int start = random.Next(other.Length);
                bytes.InsertRange(at, other[start..Math.Min(other.Length, start + (1 << random.Next(8)))]);
                break;
            default: Overwrite(bytes, at, Words[random.Next(Words.Length)]); break;
        }
    }

    private byte[] Number()
    {
        var number = new byte[8];
        long value = Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else BinaryPrimitives.WriteInt64BigEndian(number, value);
        int bytes = 1 << random.Next(4);
        return random.Next(2) == 0 ? number[..bytes] : number[^bytes..];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] by)
    {
        for (int i = 0; i < by.Length && at + i < bytes.Count; i++) bytes[at + i] = by[i];
    }
}
