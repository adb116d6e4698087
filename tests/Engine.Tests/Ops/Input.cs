using System.Collections;
using System.Runtime.CompilerServices;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// One input of a case. A list of extents is a float32 tensor of uniform random numbers in -1..1, given at run time or as a
/// parameter; <see cref="Const(long[])"/> is always a parameter.
/// </summary>
[CollectionBuilder(typeof(Input), nameof(Create))]
internal sealed record Input(Shape Shape) : IEnumerable<int>
{
    public ElementType Type { get; init; } = ElementType.Float32;
    public float Low { get; init; } = -1;
    public float High { get; init; } = 1;
    public Tensor? Constant { get; init; }

    /// <summary>Float32 elements are rounded to whole numbers, so that many are equal.</summary>
    public bool IsWhole { get; init; }
    public bool IsMissing { get; init; }

    public static Input Create(ReadOnlySpan<int> extents) => new(Shape.Create(extents));

    /// <summary>An int64 list that has to be known before a plan is made.</summary>
    public static Input Const(params long[] items) => Const(Tensor.Of<long>([items.Length], items));

    public static Input Const(Tensor tensor) => new(tensor.Shape) { Type = tensor.Type, Constant = tensor };

    /// <summary>An optional input that is not given.</summary>
    public static Input Missing { get; } = new(Shape.Scalar) { IsMissing = true };

    public static Input Scalar { get; } = new(Shape.Scalar);

    public Input In(float low, float high) => this with { Low = low, High = high };
    public Input As(ElementType type) => this with { Type = type };

    /// <summary>The elements for a seed; int64 and int32 lie in the same range, or in -9..9 where none is given.</summary>
    public Tensor Fill(int seed)
    {
        if (Constant is not null)
            return Constant;
        if (Type == ElementType.Float32)
            return IsWhole ? Rounded(RandomTensors.Uniform(Shape, seed, Low, High)) : RandomTensors.Uniform(Shape, seed, Low, High);
        var random = new Random(seed);
        (int low, int high) = Low == -1 && High == 1 ? (-9, 9) : ((int)Low, (int)High);
        var tensor = new Tensor(Type, Shape);
        switch (Type)
        {
            case ElementType.Int64: Each<long>(tensor, () => random.Next(low, high + 1)); break;
            case ElementType.Int32: Each<int>(tensor, () => random.Next(low, high + 1)); break;
            case ElementType.Float64: Each<double>(tensor, () => random.NextDouble() * (High - Low) + Low); break;
            case ElementType.Float16: Each<Half>(tensor, () => (Half)(random.NextDouble() * (High - Low) + Low)); break;
            case ElementType.BFloat16: Each<BFloat16>(tensor, () => (BFloat16)(float)(random.NextDouble() * (High - Low) + Low)); break;
            case ElementType.Int16: Each<short>(tensor, () => (short)random.Next(low, high + 1)); break;
            case ElementType.UInt16: Each<ushort>(tensor, () => (ushort)random.Next(0, high + 1)); break;
            case ElementType.UInt32: Each<uint>(tensor, () => (uint)random.Next(0, high + 1)); break;
            case ElementType.Int8: Each<sbyte>(tensor, () => (sbyte)random.Next(-128, 128)); break;
            case ElementType.UInt8: Each<byte>(tensor, () => (byte)random.Next(256)); break;
            case ElementType.Bool: Each<bool>(tensor, () => random.Next(2) == 1); break;
            default: throw new NotSupportedException($"No random {Type}.");
        }
        return tensor;
    }

    public override string ToString() =>
        IsMissing ? "none" : Constant is { Shape.Rank: 1, Type: ElementType.Int64 } list ? $"[{string.Join(',', list.Span<long>().ToArray())}]" :
        Type == ElementType.Float32 ? $"{Shape}" : $"{Type} {Shape}";

    private static Tensor Rounded(Tensor tensor)
    {
        foreach (ref float x in tensor.Span<float>())
            x = MathF.Round(x);
        return tensor;
    }

    private static void Each<T>(Tensor tensor, Func<T> next) where T : unmanaged
    {
        foreach (ref T x in tensor.Span<T>())
            x = next();
    }

    public IEnumerator<int> GetEnumerator() => Shape.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
