using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Kernels;

/// <summary>16 floats in one 512-bit register.</summary>
internal readonly unsafe struct V512 : IVector<V512>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> v;

    [MethodImpl(Inline)] private V512(Vector512<float> v) => this.v = v;
    [MethodImpl(Inline)] private V512(Vector512<int> v) => this.v = v.AsSingle();

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 16;
    }

    [MethodImpl(Inline)] public static V512 Create(float value) => new(Vector512.Create(value));
    [MethodImpl(Inline)] public static V512 Load(float* source) => new(Vector512.Load(source));
    [MethodImpl(Inline)] public static void Store(V512 value, float* destination) => value.v.Store(destination);

    [MethodImpl(Inline)]
    public static V512 LoadPartial(float* source, int count)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.MaskLoad(source, Mask(count), Vector512<float>.Zero));
        return new(Vector512.Create(
            V256.LoadPartial(source, Math.Min(count, 8)).Bits,
            V256.LoadPartial(source + 8, Math.Max(count - 8, 0)).Bits));
    }

    [MethodImpl(Inline)]
    public static void StorePartial(V512 value, float* destination, int count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(destination, Mask(count), value.v);
            return;
        }
        V256.StorePartial(new(value.v.GetLower()), destination, Math.Min(count, 8));
        V256.StorePartial(new(value.v.GetUpper()), destination + 8, Math.Max(count - 8, 0));
    }

    [MethodImpl(Inline)] private static Vector512<float> Mask(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(Inline)] public static V512 operator +(V512 a, V512 b) => new(a.v + b.v);
    [MethodImpl(Inline)] public static V512 operator -(V512 a, V512 b) => new(a.v - b.v);
    [MethodImpl(Inline)] public static V512 operator -(V512 a) => new(-a.v);
    [MethodImpl(Inline)] public static V512 operator *(V512 a, V512 b) => new(a.v * b.v);
    [MethodImpl(Inline)] public static V512 operator /(V512 a, V512 b) => new(a.v / b.v);

    [MethodImpl(Inline)] public static V512 Fma(V512 a, V512 b, V512 c) => new(Vector512.MultiplyAddEstimate(a.v, b.v, c.v));
    [MethodImpl(Inline)] public static V512 Min(V512 a, V512 b) => new(Vector512.MinNative(a.v, b.v));
    [MethodImpl(Inline)] public static V512 Max(V512 a, V512 b) => new(Vector512.MaxNative(a.v, b.v));
    [MethodImpl(Inline)] public static V512 Abs(V512 a) => new(Vector512.Abs(a.v));
    [MethodImpl(Inline)] public static V512 Sqrt(V512 a) => new(Vector512.Sqrt(a.v));
    [MethodImpl(Inline)] public static V512 Floor(V512 a) => new(Vector512.Floor(a.v));
    [MethodImpl(Inline)] public static V512 Round(V512 a) => new(Vector512.Round(a.v));

    [MethodImpl(Inline)] public static V512 Less(V512 a, V512 b) => new(Vector512.LessThan(a.v, b.v));
    [MethodImpl(Inline)] public static V512 Equal(V512 a, V512 b) => new(Vector512.Equals(a.v, b.v));
    [MethodImpl(Inline)] public static V512 IsNaN(V512 a) => new(Vector512.IsNaN(a.v));

    [MethodImpl(Inline)] public static V512 Select(V512 mask, V512 whenTrue, V512 whenFalse) =>
        new(Vector512.ConditionalSelect(mask.v, whenTrue.v, whenFalse.v));

    [MethodImpl(Inline)] public static V512 CopySign(V512 a, V512 sign) => new(Vector512.CopySign(a.v, sign.v));

    // Adding 1.5 * 2^23 leaves a whole number in the low mantissa bits, from where it moves into the exponent field.
    [MethodImpl(Inline)] public static V512 PowerOfTwo(V512 n) =>
        new(Vector512.ShiftLeft((n.v + Vector512.Create(12582912f + 127f)).AsInt32(), 23));

    // Moving the bits by those of sqrt(1/2) makes the exponent field change at sqrt(2) instead of at 2.
    [MethodImpl(Inline)] public static V512 Split(V512 a, out V512 n)
    {
        Vector512<int> moved = a.v.AsInt32() - Vector512.Create(0x3F3504F3);
        n = new(Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(moved, 23)));
        return new((moved & Vector512.Create(0x007FFFFF)) + Vector512.Create(0x3F3504F3));
    }

    [MethodImpl(Inline)] public static float Sum(V512 a) => V256.Sum(new V256(a.v.GetLower()) + new V256(a.v.GetUpper()));
    [MethodImpl(Inline)] public static float Largest(V512 a) => V256.Largest(V256.Max(new(a.v.GetLower()), new(a.v.GetUpper())));
    [MethodImpl(Inline)] public static float Smallest(V512 a) => V256.Smallest(V256.Min(new(a.v.GetLower()), new(a.v.GetUpper())));
}
