using System.Diagnostics;
using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>Arithmetic on any number type that never throws: integers wrap around and divide by zero to zero.</summary>
internal static class ScalarMath
{
    public static T Apply<T>(ScalarBinaryKind kind, T a, T b) where T : unmanaged, INumber<T> => kind switch
    {
        ScalarBinaryKind.Add => a + b,
        ScalarBinaryKind.Sub => a - b,
        ScalarBinaryKind.Mul => a * b,
        ScalarBinaryKind.Div => Divide(a, b),
        ScalarBinaryKind.Min => T.Min(a, b),
        ScalarBinaryKind.Max => T.Max(a, b),
        ScalarBinaryKind.Pow => Power(a, b),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether T holds fractions (then 1/2 is not zero).</summary>
    private static bool HasFractions<T>() where T : INumber<T> => !T.IsZero(T.One / (T.One + T.One));

    public static T Divide<T>(T a, T b) where T : INumber<T>
    {
        if (HasFractions<T>())
            return a / b;
        if (T.IsZero(b))
            return T.Zero;
        // The smallest number divided by -1 would trap.
        return T.IsNegative(b) && T.IsZero(b + T.One) ? T.Zero - a : a / b;
    }

    private static T Power<T>(T a, T b) where T : INumber<T>
    {
        if (HasFractions<T>() || T.IsNegative(b))
            return T.CreateTruncating(Math.Pow(double.CreateTruncating(a), double.CreateTruncating(b)));
        T power = T.One;
        for (ulong n = ulong.CreateTruncating(b); n > 0; n >>= 1, a *= a)
            if ((n & 1) != 0)
                power *= a;
        return power;
    }
}
