using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Kernels;

/// <summary>4 floats in one 128-bit register.</summary>
internal readonly unsafe struct V128 : IVector<V128>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<float> v;

    [MethodImpl(Inline)] internal V128(Vector128<float> v) => this.v = v;
    [MethodImpl(Inline)] private V128(Vector128<int> v) => this.v = v.AsSingle();

    internal Vector128<float> Bits
    {
        [MethodImpl(Inline)]
        get => v;
    }

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 4;
    }

    [MethodImpl(Inline)] public static V128 Create(float value) => new(Vector128.Create(value));
    [MethodImpl(Inline)] public static V128 Load(float* source) => new(Vector128.Load(source));
    [MethodImpl(Inline)] public static void Store(V128 value, float* destination) => value.v.Store(destination);

    [MethodImpl(Inline)]
    public static V128 LoadPartial(float* source, int count)
    {
        if (Avx.IsSupported)
            return new(Avx.MaskLoad(source, Mask(count)));
        Vector128<float> lanes = default;
        for (int i = 0; i < count; i++)
            ((float*)&lanes)[i] = source[i];
        return new(lanes);
    }

    // In pieces: AMD's processors before Zen 4 take a dozen cycles for a masked store.
    [MethodImpl(Inline)]
    public static void StorePartial(V128 value, float* destination, int count)
    {
        if (count >= Count)
        {
            value.v.Store(destination);
            return;
        }
        Vector128<float> part = value.v;
        if (count >= 2)
        {
            *(double*)destination = part.AsDouble().ToScalar();
            part = Vector128.Shuffle(part, Vector128.Create(2, 3, 2, 3));
            destination += 2;
            count -= 2;
        }
        if (count == 1) *destination = part.ToScalar();
    }

    [MethodImpl(Inline)] private static Vector128<float> Mask(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    [MethodImpl(Inline)] public static V128 operator +(V128 a, V128 b) => new(a.v + b.v);
    [MethodImpl(Inline)] public static V128 operator -(V128 a, V128 b) => new(a.v - b.v);
    [MethodImpl(Inline)] public static V128 operator -(V128 a) => new(-a.v);
    [MethodImpl(Inline)] public static V128 operator *(V128 a, V128 b) => new(a.v * b.v);
    [MethodImpl(Inline)] public static V128 operator /(V128 a, V128 b) => new(a.v / b.v);

    [MethodImpl(Inline)] public static V128 Fma(V128 a, V128 b, V128 c) => new(Vector128.MultiplyAddEstimate(a.v, b.v, c.v));
    [MethodImpl(Inline)] public static V128 Min(V128 a, V128 b) => new(Vector128.MinNative(a.v, b.v));
    [MethodImpl(Inline)] public static V128 Max(V128 a, V128 b) => new(Vector128.MaxNative(a.v, b.v));
    [MethodImpl(Inline)] public static V128 Abs(V128 a) => new(Vector128.Abs(a.v));
    [MethodImpl(Inline)] public static V128 Sqrt(V128 a) => new(Vector128.Sqrt(a.v));
    [MethodImpl(Inline)] public static V128 Floor(V128 a) => new(Vector128.Floor(a.v));
    [MethodImpl(Inline)] public static V128 Round(V128 a) => new(Vector128.Round(a.v));

    [MethodImpl(Inline)] public static V128 Less(V128 a, V128 b) => new(Vector128.LessThan(a.v, b.v));
    [MethodImpl(Inline)] public static V128 Equal(V128 a, V128 b) => new(Vector128.Equals(a.v, b.v));
    [MethodImpl(Inline)] public static V128 IsNaN(V128 a) => new(Vector128.IsNaN(a.v));

    [MethodImpl(Inline)] public static V128 Select(V128 mask, V128 whenTrue, V128 whenFalse) =>
        new(Vector128.ConditionalSelect(mask.v, whenTrue.v, whenFalse.v));

    [MethodImpl(Inline)] public static V128 CopySign(V128 a, V128 sign) => new(Vector128.CopySign(a.v, sign.v));

    // Adding 1.5 * 2^23 leaves a whole number in the low mantissa bits, from where it moves into the exponent field.
    [MethodImpl(Inline)] public static V128 PowerOfTwo(V128 n) =>
        new(Vector128.ShiftLeft((n.v + Vector128.Create(12582912f + 127f)).AsInt32(), 23));

    // Moving the bits by those of sqrt(1/2) makes the exponent field change at sqrt(2) instead of at 2.
    [MethodImpl(Inline)] public static V128 Split(V128 a, out V128 n)
    {
        Vector128<int> moved = a.v.AsInt32() - Vector128.Create(0x3F3504F3);
        n = new(Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(moved, 23)));
        return new((moved & Vector128.Create(0x007FFFFF)) + Vector128.Create(0x3F3504F3));
    }

    [MethodImpl(Inline)] public static float Sum(V128 a) => (a.v[0] + a.v[2]) + (a.v[1] + a.v[3]);
    [MethodImpl(Inline)] public static float Largest(V128 a) => float.MaxNative(float.MaxNative(a.v[0], a.v[2]), float.MaxNative(a.v[1], a.v[3]));
    [MethodImpl(Inline)] public static float Smallest(V128 a) => float.MinNative(float.MinNative(a.v[0], a.v[2]), float.MinNative(a.v[1], a.v[3]));
}
