using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>How one element enters a reduction and how two partial results become one.</summary>
internal interface IReductionTerm
{
    static abstract float Identity { get; }
    static abstract bool IsSum { get; }
    static abstract V Map<V>(V x, V center) where V : unmanaged, IVector<V>;
    static abstract V Combine<V>(V a, V b) where V : unmanaged, IVector<V>;
}

internal readonly struct SumTerm : IReductionTerm
{
    public static float Identity => 0;
    public static bool IsSum => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => a + b;
}

internal readonly struct MagnitudeTerm : IReductionTerm
{
    public static float Identity => 0;
    public static bool IsSum => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => V.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => a + b;
}

internal readonly struct SquareTerm : IReductionTerm
{
    public static float Identity => 0;
    public static bool IsSum => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => x * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => a + b;
}

internal readonly struct DeviationTerm : IReductionTerm
{
    public static float Identity => 0;
    public static bool IsSum => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => (x - center) * (x - center);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => a + b;
}

internal readonly struct ProductTerm : IReductionTerm
{
    public static float Identity => 1;
    public static bool IsSum => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => a * b;
}

internal readonly struct MaxTerm : IReductionTerm
{
    public static float Identity => float.NegativeInfinity;
    public static bool IsSum => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => V.Select(V.IsNaN(a), a, V.Max(a, b));
}

internal readonly struct MinTerm : IReductionTerm
{
    public static float Identity => float.PositiveInfinity;
    public static bool IsSum => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => V.Select(V.IsNaN(a), a, V.Min(a, b));
}

internal readonly struct ExponentialTerm : IReductionTerm
{
    public static float Identity => 0;
    public static bool IsSum => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Map<V>(V x, V center) where V : unmanaged, IVector<V> => VectorMath.Exp(x - Finite(center));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, IVector<V> => a + b;

    /// <summary>Of an infinite center there is nothing to subtract.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Finite<V>(V center) where V : unmanaged, IVector<V> =>
        V.Select(V.Equal(V.Abs(center), V.Create(float.PositiveInfinity)), V.Create(0), center);
}
