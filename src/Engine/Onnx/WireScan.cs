namespace LiveCam.Engine.Onnx;

/// <summary>
/// Walks the protobuf encoding of a file before anything is parsed: every length lies inside the file, and what parsing will
/// take (messages, lists, weights) stays inside the limits. Large fields are skipped, so it is fast for any size.
/// </summary>
internal sealed class WireScan
{
    public enum Message { Other, Model, Graph, Function, Node, Attribute, Tensor, Value, Type, TensorType, Shape, Leaf }

    /// <summary>Bytes a parsed message takes at most without its contents (a tensor: the object and its six lists).</summary>
    private const int MessageBytes = 512;

    /// <summary>Bytes of one parsed list entry or string without its text, list growth included.</summary>
    private const int EntryBytes = 64;

    /// <summary>A packed integer takes one byte in the file and, with list growth and the final copy, 32 in memory.</summary>
    private const int PackedIntegerGrowth = 32;

    private readonly WireReader reader;
    private readonly ImportLimits limits;
    private readonly string file;
    private long memory;
    private int nodes;
    private int tensors;

    private WireScan(Stream stream, ImportLimits limits, string file)
    {
        reader = new(stream, file);
        (this.limits, this.file) = (limits, file);
    }

    /// <returns>Bytes parsing will take at most.</returns>
    /// <exception cref="LiveCamException">The file is damaged, or asks for more than the limits allow.</exception>
    public static long Check(Stream stream, Message root, ImportLimits limits, string file)
    {
        var scan = new WireScan(stream, limits, file);
        scan.Fields(root, stream.Length);
        return scan.memory;
    }

    private void Fields(Message message, long end)
    {
        Take(MessageBytes);
        if (message == Message.Node && ++nodes > limits.MaxNodes)
            throw Refuse($"it has more than {limits.MaxNodes} nodes");
        if (message == Message.Tensor && ++tensors > limits.MaxTensors)
            throw Refuse($"it has more than {limits.MaxTensors} tensors");
        while (reader.Position < end)
        {
            long at = reader.Position;
            ulong tag = reader.Varint(end);
            int field = tag >> 3 is > 0 and <= 0x1fffffff ? (int)(tag >> 3) : throw reader.Damaged(at, $"there is no field number {tag >> 3}");
            switch (tag & 7)
            {
                case 0:
                    reader.Varint(end);
                    Take(EntryBytes);
                    break;
                case 1:
                    reader.Skip(8, end);
                    Take(EntryBytes);
                    break;
                case 5:
                    reader.Skip(4, end);
                    Take(EntryBytes);
                    break;
                case 2:
                    ulong length = reader.Varint(end);
                    if (length > (ulong)(end - reader.Position))
                        throw reader.Damaged(at, $"a field of {length} bytes starts, but only {end - reader.Position} are left");
                    if (Child(message, field) is var child and not Message.Other)
                    {
                        Fields(child, reader.Position + (long)length);
                        break;
                    }
                    Take(EntryBytes + Size(message, field, (long)length));
                    reader.Skip((long)length, end);
                    break;
                default:
                    throw reader.Damaged(at, $"a field has the unknown encoding {tag & 7}");
            }
        }
    }

    private static Message Child(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 8 or 14) => Message.Leaf,
        (Message.Model, 25) => Message.Function,
        (Message.Function, 7) => Message.Node,
        (Message.Function, 9) => Message.Leaf,
        (Message.Function, 11) => Message.Attribute,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 11 or 12) => Message.Value,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5) => Message.Tensor,
        (Message.Tensor, 13) => Message.Leaf,
        (Message.Value, 2) => Message.Type,
        (Message.Type, 1) => Message.TensorType,
        (Message.TensorType, 2) => Message.Shape,
        (Message.Shape, 1) => Message.Leaf,
        _ => Message.Other,
    };

    /// <summary>Bytes a field of this many bytes in the file takes in memory at most.</summary>
    private static long Size(Message message, int field, long length) => (message, field) switch
    {
        (Message.Tensor, 9) => length,
        (Message.Tensor, 1 or 5 or 7 or 11) or (Message.Attribute, 8) => PackedIntegerGrowth * length,
        _ => 2 * length,
    };

    private void Take(long bytes)
    {
        memory += bytes;
        if (memory > limits.MaxMemory)
            throw Refuse($"reading it takes more than {limits.MaxMemory >> 20} MB of memory");
    }

    private LiveCamException Refuse(string facts) => new($"{file} is refused: {facts}, which is this program's limit.");
}
