using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>The one-dimensional transforms of a <see cref="WinogradForm"/> on vectors of channels: the rows of B and A, with what two rows share computed once.</summary>
internal unsafe interface IWinogradTile
{
    static abstract int Outputs { get; }
    static abstract int Inputs { get; }

    /// <summary>B times the vectors that lie <paramref name="fromStep"/> floats apart.</summary>
    static abstract void Input<V>(float* from, nint fromStep, float* to, nint toStep) where V : unmanaged, IVector<V>;

    /// <summary>A times the vectors that lie <paramref name="fromStep"/> floats apart.</summary>
    static abstract void Output<V>(float* from, nint fromStep, float* to, nint toStep) where V : unmanaged, IVector<V>;
}

/// <summary><see cref="WinogradForm.Two"/>.</summary>
internal readonly unsafe struct WinogradTwo : IWinogradTile
{
    public static int Outputs => 2;
    public static int Inputs => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* from, nint fromStep, float* to, nint toStep) where V : unmanaged, IVector<V>
    {
        V x0 = V.Load(from), x1 = V.Load(from + fromStep), x2 = V.Load(from + 2 * fromStep), x3 = V.Load(from + 3 * fromStep);
        V.Store(x2 - x0, to);
        V.Store(x1 + x2, to + toStep);
        V.Store(x2 - x1, to + 2 * toStep);
        V.Store(x3 - x1, to + 3 * toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* from, nint fromStep, float* to, nint toStep) where V : unmanaged, IVector<V>
    {
        V m0 = V.Load(from), m1 = V.Load(from + fromStep), m2 = V.Load(from + 2 * fromStep), m3 = V.Load(from + 3 * fromStep);
        V.Store(m0 + (m1 + m2), to);
        V.Store((m1 - m2) + m3, to + toStep);
    }
}

/// <summary><see cref="WinogradForm.Four"/>: p = √½ and q = √2, with p² = ½, q² = 2, pq = 1 and p² + q² = 2.5.</summary>
internal readonly unsafe struct WinogradFour : IWinogradTile
{
    private const float P = 0.707106781186547524f, Q = 1.41421356237309505f;

    public static int Outputs => 4;
    public static int Inputs => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* from, nint fromStep, float* to, nint toStep) where V : unmanaged, IVector<V>
    {
        V x0 = V.Load(from), x1 = V.Load(from + fromStep), x2 = V.Load(from + 2 * fromStep), x3 = V.Load(from + 3 * fromStep), x4 = V.Load(from + 4 * fromStep);
        V.Store(V.Fma(V.Create(-2.5f), x2, x0 + x4), to);
        V even = V.Fma(V.Create(-2f), x2, x4), odd = V.Fma(V.Create(-2f), x1, x3);
        V.Store(V.Fma(V.Create(P), odd, even), to + toStep);
        V.Store(V.Fma(V.Create(-P), odd, even), to + 2 * toStep);
        even = V.Fma(V.Create(-0.5f), x2, x4);
        odd = V.Fma(V.Create(-0.5f), x1, x3);
        V.Store(V.Fma(V.Create(Q), odd, even), to + 3 * toStep);
        V.Store(V.Fma(V.Create(-Q), odd, even), to + 4 * toStep);
        V.Store(V.Fma(V.Create(-2.5f), x3, x1 + V.Load(from + 5 * fromStep)), to + 5 * toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* from, nint fromStep, float* to, nint toStep) where V : unmanaged, IVector<V>
    {
        V m1 = V.Load(from + fromStep), m2 = V.Load(from + 2 * fromStep), m3 = V.Load(from + 3 * fromStep), m4 = V.Load(from + 4 * fromStep);
        V evenP = m1 + m2, oddP = m1 - m2, evenQ = m3 + m4, oddQ = m3 - m4;
        V.Store(V.Load(from) + (evenP + evenQ), to);
        V.Store(V.Fma(V.Create(P), oddP, V.Create(Q) * oddQ), to + toStep);
        V.Store(V.Fma(V.Create(0.5f), evenP, evenQ + evenQ), to + 2 * toStep);
        V.Store(V.Fma(V.Create(P * P * P), oddP, V.Fma(V.Create(Q * Q * Q), oddQ, V.Load(from + 5 * fromStep))), to + 3 * toStep);
    }
}
