using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Kernels;

/// <summary>The activations that are no clamp, applied to a tile just written and still in the first-level cache.</summary>
internal static unsafe class ActivationPass
{
    /// <summary>y = activation(y) for <paramref name="rows"/> rows of <paramref name="columns"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(in Activation activation, float* y, nint pitch, int rows, int columns)
    {
        Vector256<float> tail = default;
        for (int row = 0; row < rows; row++, y += pitch)
        {
            int column = 0;
            for (; column + 8 <= columns; column += 8)
                Apply(activation, Vector256.Load(y + column)).Store(y + column);
            if (column == columns)
                continue;
            var rest = new Span<float>(y + column, columns - column);
            var lanes = new Span<float>(&tail, 8);
            rest.CopyTo(lanes);
            tail = Apply(activation, tail);
            lanes[..rest.Length].CopyTo(rest);
        }
    }

    private static Vector256<float> Apply(in Activation activation, Vector256<float> x)
    {
        Vector256<float> one = Vector256<float>.One, zero = Vector256<float>.Zero;
        switch (activation.Kind)
        {
            case ActivationKind.LeakyRelu:
                return Vector256.ConditionalSelect(Vector256.LessThan(x, zero), x * activation.Alpha, x);
            case ActivationKind.Sigmoid:
                return one / (one + Vector256.Exp(-x));
            case ActivationKind.Tanh:
                return Tanh(x);
            case ActivationKind.HardSigmoid:
                return Unit(x * activation.Alpha + Vector256.Create(activation.Beta));
            case ActivationKind.HardSwish:
                return x * Unit(x * (1f / 6) + Vector256.Create(0.5f));
            default:
                x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(activation.Lowest)), Vector256.Create(activation.Lowest), x);
                return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(activation.Highest)), Vector256.Create(activation.Highest), x);
        }
    }

    /// <summary>max(0, min(1, x)), NaN kept.</summary>
    private static Vector256<float> Unit(Vector256<float> x)
    {
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.One), Vector256<float>.One, x);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.Zero, x);
    }

    /// <summary>(1 - e) / (1 + e) with e = exp(-2|x|), and x - x^3/3 + 2x^5/15 near zero where that would cancel.</summary>
    private static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> size = Vector256.Abs(x), square = x * x;
        Vector256<float> e = Vector256.Exp(size * -2f);
        Vector256<float> large = Vector256.CopySign((Vector256<float>.One - e) / (Vector256<float>.One + e), x);
        Vector256<float> small = x * (Vector256<float>.One + square * (Vector256.Create(-1f / 3) + square * (Vector256.Create(2f / 15) - square * (17f / 315))));
        return Vector256.ConditionalSelect(Vector256.LessThan(size, Vector256.Create(0.12f)), small, large);
    }
}
