using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Kernels;

/// <summary>8 floats in one 256-bit register.</summary>
internal readonly unsafe struct V256 : IVector<V256>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<float> v;

    [MethodImpl(Inline)] internal V256(Vector256<float> v) => this.v = v;
    [MethodImpl(Inline)] private V256(Vector256<int> v) => this.v = v.AsSingle();

    internal Vector256<float> Bits
    {
        [MethodImpl(Inline)]
        get => v;
    }

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 8;
    }

    [MethodImpl(Inline)] public static V256 Create(float value) => new(Vector256.Create(value));
    [MethodImpl(Inline)] public static V256 Load(float* source) => new(Vector256.Load(source));
    [MethodImpl(Inline)] public static void Store(V256 value, float* destination) => value.v.Store(destination);

    [MethodImpl(Inline)]
    public static V256 LoadPartial(float* source, int count)
    {
        if (Avx.IsSupported)
            return new(Avx.MaskLoad(source, Mask(count)));
        return new(Vector256.Create(
            V128.LoadPartial(source, Math.Min(count, 4)).Bits,
            V128.LoadPartial(source + 4, Math.Max(count - 4, 0)).Bits));
    }

    // In pieces: AMD's processors before Zen 4 take a dozen cycles for a masked store.
    [MethodImpl(Inline)]
    public static void StorePartial(V256 value, float* destination, int count)
    {
        if (count >= Count)
        {
            value.v.Store(destination);
            return;
        }
        Vector128<float> part = value.v.GetLower();
        if (count >= 4)
        {
            part.Store(destination);
            part = value.v.GetUpper();
            destination += 4;
            count -= 4;
        }
        V128.StorePartial(new(part), destination, count);
    }

    [MethodImpl(Inline)] private static Vector256<float> Mask(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(Inline)] public static V256 operator +(V256 a, V256 b) => new(a.v + b.v);
    [MethodImpl(Inline)] public static V256 operator -(V256 a, V256 b) => new(a.v - b.v);
    [MethodImpl(Inline)] public static V256 operator -(V256 a) => new(-a.v);
    [MethodImpl(Inline)] public static V256 operator *(V256 a, V256 b) => new(a.v * b.v);
    [MethodImpl(Inline)] public static V256 operator /(V256 a, V256 b) => new(a.v / b.v);

    [MethodImpl(Inline)] public static V256 Fma(V256 a, V256 b, V256 c) => new(Vector256.MultiplyAddEstimate(a.v, b.v, c.v));
    [MethodImpl(Inline)] public static V256 Min(V256 a, V256 b) => new(Vector256.MinNative(a.v, b.v));
    [MethodImpl(Inline)] public static V256 Max(V256 a, V256 b) => new(Vector256.MaxNative(a.v, b.v));
    [MethodImpl(Inline)] public static V256 Abs(V256 a) => new(Vector256.Abs(a.v));
    [MethodImpl(Inline)] public static V256 Sqrt(V256 a) => new(Vector256.Sqrt(a.v));
    [MethodImpl(Inline)] public static V256 Floor(V256 a) => new(Vector256.Floor(a.v));
    [MethodImpl(Inline)] public static V256 Round(V256 a) => new(Vector256.Round(a.v));

    [MethodImpl(Inline)] public static V256 Less(V256 a, V256 b) => new(Vector256.LessThan(a.v, b.v));
    [MethodImpl(Inline)] public static V256 Equal(V256 a, V256 b) => new(Vector256.Equals(a.v, b.v));
    [MethodImpl(Inline)] public static V256 IsNaN(V256 a) => new(Vector256.IsNaN(a.v));

    [MethodImpl(Inline)] public static V256 Select(V256 mask, V256 whenTrue, V256 whenFalse) =>
        new(Vector256.ConditionalSelect(mask.v, whenTrue.v, whenFalse.v));

    [MethodImpl(Inline)] public static V256 CopySign(V256 a, V256 sign) => new(Vector256.CopySign(a.v, sign.v));

    // Adding 1.5 * 2^23 leaves a whole number in the low mantissa bits, from where it moves into the exponent field.
    [MethodImpl(Inline)] public static V256 PowerOfTwo(V256 n) =>
        new(Vector256.ShiftLeft((n.v + Vector256.Create(12582912f + 127f)).AsInt32(), 23));

    // Moving the bits by those of sqrt(1/2) makes the exponent field change at sqrt(2) instead of at 2.
    [MethodImpl(Inline)] public static V256 Split(V256 a, out V256 n)
    {
        Vector256<int> moved = a.v.AsInt32() - Vector256.Create(0x3F3504F3);
        n = new(Vector256.ConvertToSingle(Vector256.ShiftRightArithmetic(moved, 23)));
        return new((moved & Vector256.Create(0x007FFFFF)) + Vector256.Create(0x3F3504F3));
    }

    [MethodImpl(Inline)] public static float Sum(V256 a) => V128.Sum(new V128(a.v.GetLower()) + new V128(a.v.GetUpper()));
    [MethodImpl(Inline)] public static float Largest(V256 a) => V128.Largest(V128.Max(new(a.v.GetLower()), new(a.v.GetUpper())));
    [MethodImpl(Inline)] public static float Smallest(V256 a) => V128.Smallest(V128.Min(new(a.v.GetLower()), new(a.v.GetUpper())));
}
