using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>gamma (x where x is positive, else alpha (exp(scale x) - 1)): ELU, SELU and CELU.</summary>
internal readonly struct ExponentialBody(float alpha, float scale, float gamma) : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V>
    {
        V below = V.Create(alpha) * (VectorMath.Exp(V.Min(V.Create(0), x) * V.Create(scale)) - V.Create(1));
        return V.Create(gamma) * V.Select(V.Less(V.Create(0), x), x, below);
    }
}

/// <summary>x / 2 (1 + erf(x / sqrt(2)))</summary>
internal readonly struct GeluBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> =>
        V.Create(0.5f) * x * (V.Create(1) + VectorMath.Erf(x * V.Create(0.70710678f)));
}

/// <summary>x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))</summary>
internal readonly struct GeluTanhBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> =>
        x * (VectorMath.Tanh(x * (x * x * V.Create(0.044715f) + V.Create(1)) * V.Create(0.797884561f)) + V.Create(1)) * V.Create(0.5f);
}

/// <summary>log(1 + exp(x))</summary>
internal readonly struct SoftplusBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.Softplus(x);
}

/// <summary>x / (1 + |x|)</summary>
internal readonly struct SoftsignBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => x / (V.Create(1) + V.Abs(x));
}

/// <summary>x where it is above alpha, else 0</summary>
internal readonly struct ThresholdedReluBody(float alpha) : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => V.Select(V.Less(V.Create(alpha), x), x, V.Create(0));
}

/// <summary>x / (1 + exp(-alpha x))</summary>
internal readonly struct SwishBody(float alpha) : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => x * VectorMath.Sigmoid(V.Create(alpha) * x);
}

/// <summary>x tanh(log(1 + exp(x)))</summary>
internal readonly struct MishBody : IUnaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => x * VectorMath.Tanh(VectorMath.Softplus(x));
}

/// <summary>a where it is positive, else a b</summary>
internal readonly struct PReluBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V> => V.Select(V.Less(a, V.Create(0)), a * b, a);
}
