using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>1 / x</summary>
internal readonly struct ReciprocalBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Create(1) / x;
}

/// <summary>-1, 0 or 1; NaN stays.</summary>
internal readonly struct SignBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> =>
        V.Select(V.Equal(x, V.Create(0)), V.Create(0), V.Select(V.IsNaN(x), x, V.CopySign(V.Create(1), x)));
}

/// <summary>The nearest whole number below</summary>
internal readonly struct FloorBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Floor(x);
}

/// <summary>The nearest whole number above</summary>
internal readonly struct CeilBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => -V.Floor(-x);
}

/// <summary>The nearest whole number, halves to even</summary>
internal readonly struct RoundBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Round(x);
}

/// <summary>The error function</summary>
internal readonly struct ErfBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.Erf(x);
}

/// <summary>What is left of a / b: with the sign of b, or as C's fmod with that of a.</summary>
internal readonly struct ModBody(bool fmod) : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> =>
        fmod ? VectorMath.PerLane<V, Remainder>(a, b) : VectorMath.PerLane<V, Modulo>(a, b);

    private readonly struct Remainder : IScalarFunction
    {
        public static float Apply(float a, float b) => a % b;
    }

    private readonly struct Modulo : IScalarFunction
    {
        public static float Apply(float a, float b) => WholeNumbers.Modulo(a, b);
    }
}
