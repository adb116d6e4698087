namespace LiveCam.Engine.Kernels;

/// <summary>
/// A register of floats. Kernels are written once against this interface and compiled for every width: the types that
/// implement it are structs, so the JIT specialises each use and nothing is left of the abstraction.
/// </summary>
/// <remarks>
/// Comparisons give masks: all bits set where true, zero elsewhere. <see cref="Min"/> and <see cref="Max"/> are the bare
/// instructions: with a NaN in <c>b</c> the result is NaN, with a NaN only in <c>a</c> it is <c>b</c>. So write the
/// constant first where a NaN must survive.
/// </remarks>
internal unsafe interface IVector<TSelf> where TSelf : unmanaged, IVector<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Create(float value);
    static abstract TSelf Load(float* source);
    static abstract void Store(TSelf value, float* destination);

    /// <summary>Loads <paramref name="count"/> floats (0 to Count) and zeros in the lanes behind; nothing behind them is touched.</summary>
    static abstract TSelf LoadPartial(float* source, int count);

    /// <summary>Stores <paramref name="count"/> floats (0 to Count); nothing behind them is touched.</summary>
    static abstract void StorePartial(TSelf value, float* destination, int count);

    static abstract TSelf operator +(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a);
    static abstract TSelf operator *(TSelf a, TSelf b);
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a * b + c, rounded once where the processor can.</summary>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);
    static abstract TSelf Min(TSelf a, TSelf b);
    static abstract TSelf Max(TSelf a, TSelf b);
    static abstract TSelf Abs(TSelf a);
    static abstract TSelf Sqrt(TSelf a);
    static abstract TSelf Floor(TSelf a);

    /// <summary>To the nearest whole number, halves to even.</summary>
    static abstract TSelf Round(TSelf a);

    static abstract TSelf Less(TSelf a, TSelf b);
    static abstract TSelf Equal(TSelf a, TSelf b);
    static abstract TSelf IsNaN(TSelf a);

    /// <summary>Lane by lane: <paramref name="whenTrue"/> where the mask is set, else <paramref name="whenFalse"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    /// <summary>The magnitude of <paramref name="a"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf a, TSelf sign);

    /// <summary>2 to the power of <paramref name="n"/>, a whole number in -126..127.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>Splits a positive normal number into m * 2^n with m in [sqrt(1/2), sqrt(2)).</summary>
    static abstract TSelf Split(TSelf a, out TSelf n);

    /// <summary>The sum of all lanes, by halves.</summary>
    static abstract float Sum(TSelf a);
    static abstract float Largest(TSelf a);
    static abstract float Smallest(TSelf a);
}
