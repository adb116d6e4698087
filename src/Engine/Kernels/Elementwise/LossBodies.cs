using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>max(z, 0) - z t + log(1 + exp(-|z|)): the cross-entropy of the logistic function, without overflow.</summary>
internal readonly struct BinaryCrossEntropyBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V z, V t) where V : unmanaged, IVector<V> =>
        V.Max(V.Create(0), z) - z * t + VectorMath.Log(V.Create(1) + VectorMath.Exp(-V.Abs(z)));
}

/// <summary>1 / (1 + exp(-z)) - t</summary>
internal readonly struct BinaryCrossEntropyGradientBody : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V z, V t) where V : unmanaged, IVector<V> => VectorMath.Sigmoid(z) - t;
}

/// <summary>
/// Focal loss of a target of 0 or 1 (between, of both in proportion): t alpha (1 - p)^gamma log(1 + exp(-z)) +
/// (1 - t) (1 - alpha) p^gamma log(1 + exp(z)), with p the logistic function of z.
/// </summary>
internal readonly struct FocalBody(float gamma, float alpha) : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V z, V t) where V : unmanaged, IVector<V>
    {
        V one = V.Create(1), soft = VectorMath.Log(one + VectorMath.Exp(-V.Abs(z))), zero = V.Create(0);
        V missed = V.Max(zero, -z) + soft, raised = V.Max(zero, z) + soft;
        // p^gamma = exp(-gamma log(1 + exp(-z)))
        V g = V.Create(-gamma);
        return t * V.Create(alpha) * VectorMath.Exp(g * raised) * missed + (one - t) * V.Create(1 - alpha) * VectorMath.Exp(g * missed) * raised;
    }
}

/// <summary>The derivative of <see cref="FocalBody"/> by z.</summary>
internal readonly struct FocalGradientBody(float gamma, float alpha) : IBinaryBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V z, V t) where V : unmanaged, IVector<V>
    {
        V one = V.Create(1), zero = V.Create(0), p = VectorMath.Sigmoid(z), soft = VectorMath.Log(one + VectorMath.Exp(-V.Abs(z)));
        V missed = V.Max(zero, -z) + soft, raised = V.Max(zero, z) + soft, g = V.Create(gamma), back = V.Create(-gamma);
        V wanted = t * V.Create(alpha) * VectorMath.Exp(back * raised) * (one - p + g * p * missed);
        V unwanted = (one - t) * V.Create(1 - alpha) * VectorMath.Exp(back * missed) * (p + g * (one - p) * raised);
        return unwanted - wanted;
    }
}
