using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>A tensor in double precision, dense and row-major: what references compute with. Integers up to 2^53 are exact.</summary>
internal sealed class Doubles
{
    public Shape Shape { get; }
    public double[] Data { get; }

    public Doubles(Shape shape, double[] data)
    {
        Assert.Equal(shape.ElementCount, data.Length);
        (Shape, Data) = (shape, data);
    }

    public Doubles(Shape shape) : this(shape, new double[shape.ElementCount]) { }

    public int Rank => Shape.Rank;
    public int Count => Data.Length;

    public static Doubles From(Tensor tensor) => new(tensor.Shape, tensor.Type switch
    {
        ElementType.Float32 => Convert<float>(tensor, x => x),
        ElementType.Float64 => Convert<double>(tensor, x => x),
        ElementType.Float16 => Convert<Half>(tensor, x => (double)x),
        ElementType.BFloat16 => Convert<BFloat16>(tensor, x => (float)x),
        ElementType.Int16 => Convert<short>(tensor, x => x),
        ElementType.UInt16 => Convert<ushort>(tensor, x => x),
        ElementType.UInt32 => Convert<uint>(tensor, x => x),
        ElementType.Int64 => Convert<long>(tensor, x => x),
        ElementType.Int32 => Convert<int>(tensor, x => x),
        ElementType.Int8 => Convert<sbyte>(tensor, x => x),
        ElementType.UInt8 => Convert<byte>(tensor, x => x),
        ElementType.Bool => Convert<bool>(tensor, x => x ? 1 : 0),
        _ => throw new NotSupportedException($"References have no {tensor.Type}."),
    });

    public Doubles Reshaped(Shape shape) => new(shape, Data);

    public Doubles Select(Func<double, double> function) => new(Shape, Array.ConvertAll(Data, x => function(x)));

    public long[] Longs => Array.ConvertAll(Data, x => (long)x);

    /// <summary>A tensor of the given shape whose element at each coordinate is a function of it.</summary>
    public static Doubles Of(Shape shape, Func<int[], double> element)
    {
        var result = new Doubles(shape);
        var at = new int[shape.Rank];
        for (int i = 0; i < result.Count; i++)
        {
            for (int axis = shape.Rank - 1, rest = i; axis >= 0; rest /= shape[axis], axis--)
                at[axis] = rest % shape[axis];
            result.Data[i] = element(at);
        }
        return result;
    }

    public double this[ReadOnlySpan<int> at]
    {
        get
        {
            int index = 0;
            for (int axis = 0; axis < at.Length; axis++)
                index = index * Shape[axis] + at[axis];
            return Data[index];
        }
    }

    private static double[] Convert<T>(Tensor tensor, Converter<T, double> convert) where T : unmanaged =>
        Array.ConvertAll(tensor.Span<T>().ToArray(), convert);
}
