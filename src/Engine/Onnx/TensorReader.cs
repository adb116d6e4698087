using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>
/// Turns ONNX tensors into <see cref="Tensor"/>s. Types are kept, float16, bfloat16 and float64 too.
/// Elements stored as raw bytes are not copied: the tensor's memory is the parsed file's and must not be written.
/// </summary>
/// <param name="data">Where external elements are found; null where a tensor may have none.</param>
/// <param name="memory">Bytes that may still be taken.</param>
internal sealed class TensorReader(ExternalData? data, long memory)
{
    /// <param name="what">The tensor in a sentence, such as <c>weight "conv1.w"</c>.</param>
    /// <exception cref="LiveCamException">Its type is one LiveCam lacks, or its elements do not match its shape.</exception>
    public Tensor Read(TensorProto proto, string what)
    {
        if (OnnxTypes.Element(proto.DataType) is not { } type)
            throw new LiveCamException($"The {what} has the element type {OnnxTypes.Name(proto.DataType)}, which LiveCam does not have.");
        if (proto.HasSegment)
            throw new LiveCamException($"The {what} is one segment of a larger tensor, which LiveCam does not read.");
        Shape shape = ShapeOf(proto, what);
        long bytes = (long)shape.ElementCount * type.Size();
        if (proto.DataLocation == 1)
        {
            if (data is null)
                throw new LiveCamException($"The {what} lies in another file, but there is no folder to look in; import the model from a file.");
            ExternalRange range = data.Find(proto.ExternalData, bytes, what);
            Take(bytes, what);
            return FromRaw(type, shape, range.Read(), what);
        }
        if (proto.DataLocation != 0)
            throw new LiveCamException($"The {what} lies at location {proto.DataLocation}, but only 0 (the file) and 1 (external) are known.");
        if (proto.RawData.Length > 0)
        {
            if (proto.RawData.Length != bytes)
                throw Mismatch(what, shape, bytes, proto.RawData.Length, "bytes");
            return FromRaw(type, shape, MemoryMarshal.AsMemory(proto.RawData.Memory), what);
        }
        return FromLists(proto, type, shape, what);
    }

    private static Shape ShapeOf(TensorProto proto, string what)
    {
        try
        {
            return Shape.FromLongs([.. proto.Dims]);
        }
        catch (LiveCamException error)
        {
            throw new LiveCamException($"The {what} has no usable shape: {error.Message}", error);
        }
    }

    private Tensor FromRaw(ElementType type, Shape shape, Memory<byte> raw, string what)
    {
        if (type == ElementType.Bool && raw.Span.IndexOfAnyExceptInRange((byte)0, (byte)1) >= 0)
        {
            Take(raw.Length, what);
            var clean = new Tensor(type, shape);
            for (int i = 0; i < raw.Length; i++)
                clean.Bytes.Span[i] = raw.Span[i] == 0 ? (byte)0 : (byte)1;
            return clean;
        }
        return new(type, shape, raw);
    }

    private Tensor FromLists(TensorProto proto, ElementType type, Shape shape, string what)
    {
        int given = type switch
        {
            ElementType.Float32 => proto.FloatData.Count,
            ElementType.Float64 => proto.DoubleData.Count,
            ElementType.Int64 => proto.Int64Data.Count,
            ElementType.UInt32 or ElementType.UInt64 => proto.Uint64Data.Count,
            _ => proto.Int32Data.Count,
        };
        if (given != shape.ElementCount)
            throw Mismatch(what, shape, shape.ElementCount, given, "elements");
        Take((long)given * type.Size(), what);
        var tensor = new Tensor(type, shape);
        switch (type)
        {
            case ElementType.Float32:
                Fill<float, float>(proto.FloatData, tensor, x => x);
                break;
            case ElementType.Float64:
                Fill<double, double>(proto.DoubleData, tensor, x => x);
                break;
            case ElementType.Float16:
                Fill<int, Half>(proto.Int32Data, tensor, x => BitConverter.UInt16BitsToHalf(Narrow(x, ushort.MinValue, ushort.MaxValue, what)));
                break;
            case ElementType.BFloat16:
                Fill<int, BFloat16>(proto.Int32Data, tensor, x => new(Narrow(x, ushort.MinValue, ushort.MaxValue, what)));
                break;
            case ElementType.Int8:
                Fill<int, sbyte>(proto.Int32Data, tensor, x => (sbyte)Narrow(x, sbyte.MinValue, sbyte.MaxValue, what));
                break;
            case ElementType.Int16:
                Fill<int, short>(proto.Int32Data, tensor, x => (short)Narrow(x, short.MinValue, short.MaxValue, what));
                break;
            case ElementType.Int32:
                Fill<int, int>(proto.Int32Data, tensor, x => x);
                break;
            case ElementType.Int64:
                Fill<long, long>(proto.Int64Data, tensor, x => x);
                break;
            case ElementType.UInt8:
                Fill<int, byte>(proto.Int32Data, tensor, x => (byte)Narrow(x, byte.MinValue, byte.MaxValue, what));
                break;
            case ElementType.UInt16:
                Fill<int, ushort>(proto.Int32Data, tensor, x => Narrow(x, ushort.MinValue, ushort.MaxValue, what));
                break;
            case ElementType.UInt32:
                Fill<ulong, uint>(proto.Uint64Data, tensor, x => x <= uint.MaxValue ? (uint)x : throw OutOfRange(what, x.ToString()));
                break;
            case ElementType.UInt64:
                Fill<ulong, ulong>(proto.Uint64Data, tensor, x => x);
                break;
            case ElementType.Bool:
                Fill<int, bool>(proto.Int32Data, tensor, x => x != 0);
                break;
        }
        return tensor;
    }

    private static void Fill<TFrom, TTo>(RepeatedField<TFrom> from, Tensor tensor, Func<TFrom, TTo> convert) where TTo : unmanaged
    {
        Span<TTo> to = tensor.Span<TTo>();
        for (int i = 0; i < to.Length; i++)
            to[i] = convert(from[i]);
    }

    /// <summary>The low 16 bits of a number that has to lie in a range (a cast gives the narrower types).</summary>
    private static ushort Narrow(int value, int least, int most, string what) =>
        value >= least && value <= most ? (ushort)value : throw OutOfRange(what, value.ToString());

    private void Take(long bytes, string what)
    {
        if (bytes > memory)
            throw new LiveCamException($"The {what} needs {bytes} bytes, but only {memory} are left of what a model may take.");
        memory -= bytes;
    }

    private static LiveCamException OutOfRange(string what, string value) =>
        new($"The {what} holds {value}, which its element type cannot hold.");

    private static LiveCamException Mismatch(string what, Shape shape, long expected, long given, string unit) =>
        new($"The {what} of shape {shape} needs {expected} {unit}, but the file has {given}.");
}
