namespace LiveCam.Engine.Tests.Reference;

/// <summary>Functions .NET does not have, in double precision.</summary>
internal static class SpecialFunctions
{
    /// <summary>The error function by its series about 0, term by term; good to 1e-9 for the |x| below 4 that cases use.</summary>
    public static double Erf(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return Math.Abs(x) > 5 ? Math.Sign(x) : 2 / Math.Sqrt(Math.PI) * sum;
    }

    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
