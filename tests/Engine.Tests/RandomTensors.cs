using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests;

/// <summary>Seeded tensors of uniform random numbers, and how far two results may differ.</summary>
internal static class RandomTensors
{
    public static Tensor Uniform(Shape shape, int seed, float low = -1, float high = 1)
    {
        var random = new Random(seed);
        var tensor = new Tensor(ElementType.Float32, shape);
        foreach (ref float x in tensor.Span<float>())
            x = low + (high - low) * random.NextSingle();
        return tensor;
    }

    /// <summary>The largest difference relative to the largest magnitude of the expectation.</summary>
    public static double RelativeError(Tensor actual, Tensor expected)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        ReadOnlySpan<float> a = actual.Span<float>(), b = expected.Span<float>();
        double largest = 1e-30, error = 0;
        for (int i = 0; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(b[i]));
            double difference = Math.Abs((double)a[i] - b[i]);
            error = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(error, difference);
        }
        return error / largest;
    }

    /// <summary>What rounding in float32 allows a sum of this many terms: random-walk growth of 2e-7 a term.</summary>
    public static double Fp32(int terms) => 2e-7 * Math.Sqrt(terms);
}
