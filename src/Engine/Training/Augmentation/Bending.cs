using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// A smooth random displacement of every point of a picture: independent normal numbers on a coarse grid, blended by cubic B-splines.
/// </summary>
/// <remarks>
/// Simard, Steinkraus, Platt (Best practices for convolutional neural networks applied to visual document analysis, ICDAR 2003) smooth
/// independent numbers of each pixel by a Gaussian of 4 pixels for 28. A cubic B-spline of grid step h is nearly a Gaussian of h / √3, so
/// a step of a quarter of the shorter side does the same at a fraction of the work.
/// </remarks>
internal sealed class Bending
{
    // The mean over all places of the sum of squared weights, √(Σ w²) per axis multiplied: the blend's standard deviation for numbers of deviation 1.
    private const double BlendDeviation = 0.479;

    private readonly double[] shiftsX, shiftsY;
    private readonly int columns;
    private readonly double left, top, step, width, height;

    /// <param name="amount">Standard deviation of the displacement along each axis, in pixels.</param>
    public Bending(int width, int height, double amount, ref SampleRandom random)
    {
        step = Math.Max(1, Math.Min(width, height) / 4.0);
        (this.width, this.height, left, top) = (width, height, -width / 2.0, -height / 2.0);
        columns = (int)Math.Ceiling(width / step) + 3;
        int rows = (int)Math.Ceiling(height / step) + 3;
        shiftsX = new double[columns * rows];
        shiftsY = new double[columns * rows];
        for (int i = 0; i < shiftsX.Length; i++)
            (shiftsX[i], shiftsY[i]) = (random.Normal() * amount / BlendDeviation, random.Normal() * amount / BlendDeviation);
    }

    public (double X, double Y) Apply(double x, double y)
    {
        double u = Math.Clamp(x - left, 0, width) / step, v = Math.Clamp(y - top, 0, height) / step;
        int column = Math.Min((int)u, columns - 4), row = Math.Min((int)v, shiftsX.Length / columns - 4);
        Vector256<double> across = Weights(u - column), down = Weights(v - row), x4 = default, y4 = default;
        for (int j = 0; j < 4; j++)
        {
            nuint at = (nuint)((row + j) * columns + column);
            Vector256<double> weight = Vector256.Create(down[j]);
            x4 += weight * Vector256.LoadUnsafe(ref shiftsX[0], at);
            y4 += weight * Vector256.LoadUnsafe(ref shiftsY[0], at);
        }
        return (x + Vector256.Sum(across * x4), y + Vector256.Sum(across * y4));
    }

    /// <summary>The four cubic B-splines that reach a place <paramref name="t"/> (0..1) past the second node.</summary>
    private static Vector256<double> Weights(double t)
    {
        double s = 1 - t;
        return Vector256.Create(s * s * s, 4 - 6 * t * t + 3 * t * t * t, 4 - 6 * s * s + 3 * s * s * s, t * t * t) / 6;
    }
}
