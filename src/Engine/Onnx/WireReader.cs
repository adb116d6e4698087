namespace LiveCam.Engine.Onnx;

/// <summary>Reads the two things a protobuf walk needs, numbers and distances, from a seekable stream.</summary>
internal sealed class WireReader(Stream stream, string file)
{
    private readonly byte[] buffer = new byte[1 << 14];
    private int next;
    private int filled;

    /// <summary>Bytes read or skipped so far.</summary>
    public long Position { get; private set; }

    /// <summary>A base-128 number that ends before <paramref name="end"/>.</summary>
    public ulong Varint(long end)
    {
        long at = Position;
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (Position >= end)
                throw Damaged(at, "a number is cut off");
            byte part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
        throw Damaged(at, "a number has more than 64 bits");
    }

    public void Skip(long bytes, long end)
    {
        if (bytes > end - Position)
            throw Damaged(Position, $"{bytes} bytes are expected, but only {end - Position} are left");
        Position += bytes;
        if (bytes <= filled - next)
        {
            next += (int)bytes;
            return;
        }
        next = filled = 0;
        stream.Position = Position;
    }

    public LiveCamException Damaged(long at, string facts) =>
        new($"{file} cannot be read: at byte {at} {facts}; the file is damaged, cut off, or no ONNX file.");

    private byte Byte()
    {
        if (next == filled)
        {
            next = 0;
            filled = stream.Read(buffer);
            if (filled == 0)
                throw Damaged(Position, "the file ends");
        }
        Position++;
        return buffer[next++];
    }
}
