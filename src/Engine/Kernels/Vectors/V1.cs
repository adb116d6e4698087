using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>A single float behind the vector interface: processors without vectors, and the yardstick for those with.</summary>
internal readonly unsafe struct V1 : IVector<V1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly float v;

    [MethodImpl(Inline)] private V1(float v) => this.v = v;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 1;
    }

    [MethodImpl(Inline)] public static V1 Create(float value) => new(value);
    [MethodImpl(Inline)] public static V1 Load(float* source) => new(*source);
    [MethodImpl(Inline)] public static void Store(V1 value, float* destination) => *destination = value.v;
    [MethodImpl(Inline)] public static V1 LoadPartial(float* source, int count) => count > 0 ? new(*source) : default;

    [MethodImpl(Inline)]
    public static void StorePartial(V1 value, float* destination, int count)
    {
        if (count > 0)
            *destination = value.v;
    }

    [MethodImpl(Inline)] public static V1 operator +(V1 a, V1 b) => new(a.v + b.v);
    [MethodImpl(Inline)] public static V1 operator -(V1 a, V1 b) => new(a.v - b.v);
    [MethodImpl(Inline)] public static V1 operator -(V1 a) => new(-a.v);
    [MethodImpl(Inline)] public static V1 operator *(V1 a, V1 b) => new(a.v * b.v);
    [MethodImpl(Inline)] public static V1 operator /(V1 a, V1 b) => new(a.v / b.v);

    [MethodImpl(Inline)] public static V1 Fma(V1 a, V1 b, V1 c) => new(float.MultiplyAddEstimate(a.v, b.v, c.v));
    [MethodImpl(Inline)] public static V1 Min(V1 a, V1 b) => new(a.v < b.v ? a.v : b.v);
    [MethodImpl(Inline)] public static V1 Max(V1 a, V1 b) => new(a.v > b.v ? a.v : b.v);
    [MethodImpl(Inline)] public static V1 Abs(V1 a) => new(MathF.Abs(a.v));
    [MethodImpl(Inline)] public static V1 Sqrt(V1 a) => new(MathF.Sqrt(a.v));
    [MethodImpl(Inline)] public static V1 Floor(V1 a) => new(MathF.Floor(a.v));
    [MethodImpl(Inline)] public static V1 Round(V1 a) => new(MathF.Round(a.v));

    [MethodImpl(Inline)] public static V1 Less(V1 a, V1 b) => Mask(a.v < b.v);
    [MethodImpl(Inline)] public static V1 Equal(V1 a, V1 b) => Mask(a.v == b.v);
    [MethodImpl(Inline)] public static V1 IsNaN(V1 a) => Mask(float.IsNaN(a.v));
    [MethodImpl(Inline)] public static V1 Select(V1 mask, V1 whenTrue, V1 whenFalse) =>
        BitConverter.SingleToInt32Bits(mask.v) != 0 ? whenTrue : whenFalse;

    [MethodImpl(Inline)] public static V1 CopySign(V1 a, V1 sign) => new(MathF.CopySign(a.v, sign.v));
    [MethodImpl(Inline)] public static V1 PowerOfTwo(V1 n) => new(BitConverter.Int32BitsToSingle(
        BitConverter.SingleToInt32Bits(n.v + (12582912f + 127f)) << 23));

    [MethodImpl(Inline)]
    public static V1 Split(V1 a, out V1 n)
    {
        int moved = BitConverter.SingleToInt32Bits(a.v) - 0x3F3504F3;
        n = new(moved >> 23);
        return new(BitConverter.Int32BitsToSingle((moved & 0x007FFFFF) + 0x3F3504F3));
    }

    [MethodImpl(Inline)] public static float Sum(V1 a) => a.v;
    [MethodImpl(Inline)] public static float Largest(V1 a) => a.v;
    [MethodImpl(Inline)] public static float Smallest(V1 a) => a.v;

    [MethodImpl(Inline)] private static V1 Mask(bool set) => new(BitConverter.Int32BitsToSingle(set ? -1 : 0));
}
