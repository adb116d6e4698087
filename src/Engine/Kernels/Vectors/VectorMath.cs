using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>Transcendental functions for any vector width, within a few units in the last place of the exact result.</summary>
/// <remarks>Infinities, NaN, overflow and underflow give what the exact function gives. The polynomials are plain
/// series: the arguments are reduced far enough that the first term left out lies below float precision.</remarks>
internal static unsafe class VectorMath
{
    // ln 2 in two parts; the first has 10 trailing zero bits, so a whole number below 2^10 times it is exact.
    private const float Ln2High = 0.693145751953125f, Ln2Low = 1.42860682030941723e-6f, Log2E = 1.44269504f;

    /// <summary>e to the power of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : unmanaged, IVector<V>
    {
        V bounded = V.Max(V.Create(-105), V.Min(V.Create(90), x));
        V r = ReduceByLn2(bounded, out V n);
        V q = V.Fma(r * r, ExpTail(r), r);
        // Two factors, since 2^n alone may be denormal or too large while the product is not.
        V half = V.Floor(n * V.Create(0.5f));
        V one = V.Create(1);
        return (q + one) * V.PowerOfTwo(half) * V.PowerOfTwo(n - half);
    }

    /// <summary>The natural logarithm: NaN below zero, negative infinity at zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : unmanaged, IVector<V>
    {
        V smallestNormal = V.Create(1.17549435e-38f);
        V denormal = V.Less(x, smallestNormal);
        V m = V.Split(V.Select(denormal, x * V.Create(16777216f), x), out V n);
        n = n - V.Select(denormal, V.Create(24), V.Create(0));
        // ln m = 2 atanh(s) with s = (m - 1) / (m + 1), |s| < 0.172
        V f = m - V.Create(1);
        V s = f / (f + V.Create(2));
        V s2 = s * s;
        V p = V.Create(2f / 11);
        p = V.Fma(p, s2, V.Create(2f / 9));
        p = V.Fma(p, s2, V.Create(2f / 7));
        p = V.Fma(p, s2, V.Create(2f / 5));
        p = V.Fma(p, s2, V.Create(2f / 3));
        // 2 s = f - s f, which keeps the leading term exact
        V log = f - s * (f - s2 * p);
        V y = V.Fma(n, V.Create(Ln2High), V.Fma(n, V.Create(Ln2Low), log));
        V zero = V.Create(0), infinity = V.Create(float.PositiveInfinity);
        y = V.Select(V.Equal(x, infinity), x, y);
        y = V.Select(V.Equal(x, zero), -infinity, y);
        y = V.Select(V.Less(x, zero), V.Create(float.NaN), y);
        return V.Select(V.IsNaN(x), x, y);
    }

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : unmanaged, IVector<V>
    {
        // E / (E + 2) with E = exp(2|x|) - 1 taken without cancellation
        V two = V.Create(2), one = V.Create(1);
        V bounded = V.Min(V.Create(10), V.Abs(x)) * two;
        V r = ReduceByLn2(bounded, out V n);
        V q = V.Fma(r * r, ExpTail(r), r);
        V power = V.PowerOfTwo(n);
        V e = V.Fma(power, q, power - one);
        return V.CopySign(e / (e + two), x);
    }

    /// <summary>1 / (1 + exp(-x)), accurate in both tails.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : unmanaged, IVector<V>
    {
        V one = V.Create(1);
        V e = Exp(-V.Abs(x));
        return V.Select(V.Less(x, V.Create(0)), e, one) / (one + e);
    }

    /// <summary>log(1 + exp(x)) without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : unmanaged, IVector<V> => V.Max(V.Create(0), x) + Log(V.Create(1) + Exp(-V.Abs(x)));

    /// <summary>
    /// The error function: below 1 its series, beyond it formula 7.1.26 of Abramowitz and Stegun (error at most 1.5e-7).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x) where V : unmanaged, IVector<V>
    {
        V one = V.Create(1), size = V.Abs(x), square = x * x;
        V t = one / V.Fma(V.Create(0.3275911f), size, one);
        V p = V.Fma(V.Create(1.061405429f), t, V.Create(-1.453152027f));
        p = V.Fma(p, t, V.Create(1.421413741f));
        p = V.Fma(p, t, V.Create(-0.284496736f));
        p = V.Fma(p, t, V.Create(0.254829592f));
        V far = V.CopySign(one - p * t * Exp(-square), x);
        V s = V.Create(-1f / 6894720);
        s = V.Fma(s, square, V.Create(1f / 685440));
        s = V.Fma(s, square, V.Create(-1f / 75600));
        s = V.Fma(s, square, V.Create(1f / 9360));
        s = V.Fma(s, square, V.Create(-1f / 1320));
        s = V.Fma(s, square, V.Create(1f / 216));
        s = V.Fma(s, square, V.Create(-1f / 42));
        s = V.Fma(s, square, V.Create(1f / 10));
        s = V.Fma(s, square, V.Create(-1f / 3));
        V near = x * V.Create(1.1283791671f) * V.Fma(s, square, one);
        return V.Select(V.IsNaN(x), x, V.Select(V.Less(size, one), near, far));
    }

    /// <summary>A scalar function lane by lane, for what is too rare to deserve a vector form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PerLane<V, TFunction>(V x) where V : unmanaged, IVector<V> where TFunction : struct, IUnaryFunction
    {
        float* lanes = (float*)&x;
        for (int i = 0; i < V.Count; i++)
            lanes[i] = TFunction.Apply(lanes[i]);
        return x;
    }

    /// <summary>A scalar function lane by lane, for what is too rare to deserve a vector form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PerLane<V, TFunction>(V a, V b) where V : unmanaged, IVector<V> where TFunction : struct, IScalarFunction
    {
        float* x = (float*)&a, y = (float*)&b;
        for (int i = 0; i < V.Count; i++)
            x[i] = TFunction.Apply(x[i], y[i]);
        return a;
    }

    // x = n ln 2 + r with |r| <= ln(2) / 2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceByLn2<V>(V x, out V n) where V : unmanaged, IVector<V>
    {
        n = V.Round(x * V.Create(Log2E));
        return V.Fma(n, V.Create(-Ln2Low), V.Fma(n, V.Create(-Ln2High), x));
    }

    // (exp(r) - 1 - r) / r^2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail<V>(V r) where V : unmanaged, IVector<V>
    {
        V p = V.Create(1f / 5040);
        p = V.Fma(p, r, V.Create(1f / 720));
        p = V.Fma(p, r, V.Create(1f / 120));
        p = V.Fma(p, r, V.Create(1f / 24));
        p = V.Fma(p, r, V.Create(1f / 6));
        return V.Fma(p, r, V.Create(0.5f));
    }
}

/// <summary>A function of two floats that has no vector form.</summary>
internal interface IScalarFunction
{
    static abstract float Apply(float a, float b);
}
