using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>Arithmetic on any number type that never throws: integers wrap around and divide by zero to zero.</summary>
internal static class WholeNumbers
{
    /// <summary>Whether T holds fractions (then 1/2 is not zero).</summary>
    private static bool HasFractions<T>() where T : INumber<T> => !T.IsZero(T.One / (T.One + T.One));

    /// <summary>Towards zero.</summary>
    public static T Divide<T>(T a, T b) where T : INumber<T>
    {
        if (HasFractions<T>())
            return a / b;
        if (T.IsZero(b))
            return T.Zero;
        // The smallest number divided by -1 would trap.
        return T.IsNegative(b) && T.IsZero(b + T.One) ? T.Zero - a : a / b;
    }

    /// <summary>What <see cref="Divide"/> leaves, with the sign of a.</summary>
    public static T Remainder<T>(T a, T b) where T : INumber<T> => HasFractions<T>() ? a % b : a - Divide(a, b) * b;

    /// <summary>What is left with the sign of b, as Python has it.</summary>
    public static T Modulo<T>(T a, T b) where T : INumber<T>
    {
        T rest = Remainder(a, b);
        return !T.IsZero(rest) && T.IsNegative(rest) != T.IsNegative(b) ? rest + b : rest;
    }

    public static T Power<T>(T a, T b) where T : INumber<T>
    {
        if (HasFractions<T>() || T.IsNegative(b))
            return T.CreateTruncating(Math.Pow(double.CreateTruncating(a), double.CreateTruncating(b)));
        T power = T.One;
        for (ulong n = ulong.CreateTruncating(b); n > 0; n >>= 1, a *= a)
            if ((n & 1) != 0)
                power *= a;
        return power;
    }

    /// <summary>The bits of both, put together by a function.</summary>
    public static T Bits<T>(T a, T b, Func<ulong, ulong, ulong> together) where T : INumber<T> =>
        T.CreateTruncating(together(ulong.CreateTruncating(a), ulong.CreateTruncating(b)));
}
