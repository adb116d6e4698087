using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Poolings whose windows become a norm, or the mean of their largest, and what those pass back.</summary>
internal static class RulePools
{
    /// <remarks>Terms: the elements of a window, twice for powers.</remarks>
    public static Answer Pool(Window window, Doubles x, Func<double[], double> rule)
    {
        var sliding = new Sliding(window, x.Shape, [.. window.Kernel]);
        return new(Doubles.Of(sliding.OutputShape(x.Shape[0], x.Shape[1]), at => rule([.. Places(sliding, x, at).Select(place => x.Data[place])])),
            4 * window.Kernel.Aggregate(1, (a, b) => a * b), References.ExpUlps);
    }

    /// <param name="shares">The derivative of a window's result with respect to each element.</param>
    public static Answer Gradient(Window window, Doubles dy, Doubles x, Func<double[], double[]> shares)
    {
        var sliding = new Sliding(window, x.Shape, [.. window.Kernel]);
        var dx = new Doubles(x.Shape);
        int index = 0;
        Doubles.Of(dy.Shape, at =>
        {
            int[] places = [.. Places(sliding, x, at)];
            foreach ((int place, double share) in places.Zip(shares([.. places.Select(place => x.Data[place])])))
                dx.Data[place] += share * dy.Data[index];
            index++;
            return 0;
        });
        return new(dx, 8 * window.Kernel.Aggregate(1, (a, b) => a * b), References.ExpUlps);
    }

    public static Window Whole(Shape x) => new(Ints.Create(x.Span[2..]), [], [], []);

    public static double Norm(double[] values, int p) => Math.Pow(values.Sum(value => Math.Pow(Math.Abs(value), p)), 1.0 / p);

    public static double[] NormShares(double[] values, int p)
    {
        double norm = Norm(values, p);
        return Array.ConvertAll(values, value => norm == 0 ? 0 : Math.Sign(value) * Math.Pow(Math.Abs(value) / norm, p - 1));
    }

    public static double Largest(double[] values, int n) => values.OrderDescending().Take(n).Average();

    public static double[] LargestShares(double[] values, int n)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).ThenBy(i => i).Take(n)];
        return [.. values.Select((_, i) => order.Contains(i) ? 1.0 / order.Length : 0)];
    }

    private static IEnumerable<int> Places(Sliding sliding, Doubles x, int[] at)
    {
        var places = new List<int>();
        sliding.Taps(at.AsSpan(2), (_, position) =>
        {
            if (sliding.Inside(position))
                places.Add(position.Zip(sliding.Input).Aggregate(at[0] * x.Shape[1] + at[1], (place, pair) => place * pair.Second + pair.First));
        });
        return places;
    }
}
