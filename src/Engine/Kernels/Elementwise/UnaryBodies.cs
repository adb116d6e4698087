using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>x</summary>
internal readonly struct IdentityBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => x;
}

/// <summary>max(0, x)</summary>
internal readonly struct ReluBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Max(V.Create(0), x);
}

/// <summary>x where x &gt;= 0, else alpha * x</summary>
internal readonly struct LeakyReluBody(float alpha) : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Select(V.Less(x, V.Create(0)), x * V.Create(alpha), x);
}

/// <summary>min(max(x, lowest), highest)</summary>
internal readonly struct ClipBody(float lowest, float highest) : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Min(V.Create(highest), V.Max(V.Create(lowest), x));
}

/// <summary>1 / (1 + exp(-x))</summary>
internal readonly struct SigmoidBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.Sigmoid(x);
}

/// <summary>tanh(x)</summary>
internal readonly struct TanhBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.Tanh(x);
}

/// <summary>max(0, min(1, alpha * x + beta))</summary>
internal readonly struct HardSigmoidBody(float alpha, float beta) : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> =>
        V.Max(V.Create(0), V.Min(V.Create(1), V.Fma(x, V.Create(alpha), V.Create(beta))));
}

/// <summary>x * max(0, min(1, x / 6 + 0.5))</summary>
internal readonly struct HardSwishBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> =>
        x * V.Max(V.Create(0), V.Min(V.Create(1), V.Fma(x, V.Create(1f / 6), V.Create(0.5f))));
}

/// <summary>e to the power of x</summary>
internal readonly struct ExpBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.Exp(x);
}

/// <summary>The natural logarithm of x</summary>
internal readonly struct LogBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.Log(x);
}

/// <summary>-x</summary>
internal readonly struct NegBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => -x;
}

/// <summary>The square root of x</summary>
internal readonly struct SqrtBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Sqrt(x);
}

/// <summary>|x|</summary>
internal readonly struct AbsBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Abs(x);
}

/// <summary>factor * x</summary>
internal readonly struct ScaleBody(float factor) : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => x * V.Create(factor);
}
