using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>a + b</summary>
internal readonly struct AddBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => a + b;
}

/// <summary>a - b</summary>
internal readonly struct SubBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => a - b;
}

/// <summary>a * b</summary>
internal readonly struct MulBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => a * b;
}

/// <summary>a / b</summary>
internal readonly struct DivBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => a / b;
}

/// <summary>The larger of a and b; NaN where either is.</summary>
internal readonly struct MaxBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => V.Select(V.IsNaN(a), a, V.Max(a, b));
}

/// <summary>The smaller of a and b; NaN where either is.</summary>
internal readonly struct MinBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => V.Select(V.IsNaN(a), a, V.Min(a, b));
}

/// <summary>a to the power of b.</summary>
internal readonly struct PowBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => VectorMath.PerLane<V, Power>(a, b);

    private readonly struct Power : IScalarFunction
    {
        public static float Apply(float a, float b) => MathF.Pow(a, b);
    }
}
