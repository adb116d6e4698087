using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>dy where y is positive, else <paramref name="slope"/> * dy: of ReLU (slope 0) and leaky ReLU, which keep the sign of x.</summary>
internal readonly struct LeakyReluGradientBody(float slope) : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V y, V dy) where V : unmanaged, IVector<V> => V.Select(V.Less(V.Create(0), y), dy, dy * V.Create(slope));
}

/// <summary>dy where y lies strictly between two bounds, else 0; times a factor.</summary>
internal readonly struct ClipGradientBody(float lowest, float highest, float factor) : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V y, V dy) where V : unmanaged, IVector<V>
    {
        V zero = V.Create(0);
        V below = V.Select(V.Less(y, V.Create(highest)), dy * V.Create(factor), zero);
        return V.Select(V.Less(V.Create(lowest), y), below, zero);
    }
}

/// <summary>dy y (1 - y), with y the logistic function.</summary>
internal readonly struct SigmoidGradientBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V y, V dy) where V : unmanaged, IVector<V> => dy * (y * (V.Create(1) - y));
}

/// <summary>dy (1 - y^2), with y the hyperbolic tangent.</summary>
internal readonly struct TanhGradientBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V y, V dy) where V : unmanaged, IVector<V> => dy * ((V.Create(1) - y) * (V.Create(1) + y));
}

/// <summary>dy (clamp(x / 6 + 1/2, 0, 1) + x / 6 where |x| &lt; 3)</summary>
internal readonly struct HardSwishGradientBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x, V dy) where V : unmanaged, IVector<V>
    {
        V sixth = x * V.Create(1f / 6);
        V gate = V.Max(V.Create(0), V.Min(V.Create(1), sixth + V.Create(0.5f)));
        return dy * (gate + V.Select(V.Less(V.Abs(x), V.Create(3)), sixth, V.Create(0)));
    }
}

/// <summary>min(1, largest / sqrt(a)), or 0 where a + b is not finite.</summary>
internal readonly struct ClipFactorBody(float largest) : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : unmanaged, IVector<V>
    {
        V factor = V.Min(V.Create(largest) / V.Max(V.Create(1e-30f), V.Sqrt(a)), V.Create(1));
        return V.Select(V.Less(V.Abs(a + b), V.Create(3.0e38f)), factor, V.Create(0));
    }
}
