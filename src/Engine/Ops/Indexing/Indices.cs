using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Lists of indices as models give them.</summary>
internal static class Indices
{
    public static bool IsIndex(ElementType type) => type is ElementType.Int64 or ElementType.Int32;

    /// <summary>The elements of an int64, int32 or bool value.</summary>
    public static unsafe void Read(Operand from, Span<long> to)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = from.Format.Type switch
            {
                ElementType.Int64 => from.As<long>()[i],
                ElementType.Int32 => from.As<int>()[i],
                _ => from.As<byte>()[i],
            };
    }

    public static long[] Of(Tensor tensor) => tensor.Type switch
    {
        ElementType.Int64 => tensor.Span<long>().ToArray(),
        ElementType.Int32 => Array.ConvertAll(tensor.Span<int>().ToArray(), index => (long)index),
        _ => Array.ConvertAll(tensor.Bytes.ToArray(), index => (long)index),
    };

    /// <summary>An index into an axis; negative ones count from the end.</summary>
    /// <exception cref="LiveCamException">The axis has no such place.</exception>
    public static int Checked(long index, int extent) => index >= -extent && index < extent ? (int)(index < 0 ? index + extent : index)
        : throw new LiveCamException($"Index {index} does not exist in an axis of {extent}.");
}
