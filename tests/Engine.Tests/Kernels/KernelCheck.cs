using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

/// <summary>What kernel tests share: data, widths, ways to cut rows, tolerances.</summary>
internal static class KernelCheck
{
    public static TheoryData<VectorWidth> Widths => [.. Enum.GetValues<VectorWidth>()];

    public static float[] Random(int length, int seed, float scale = 1)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = (random.NextSingle() * 2 - 1) * scale;
        return values;
    }

    public static GuardedFloats Guarded(ReadOnlySpan<float> values)
    {
        var buffer = new GuardedFloats(values.Length);
        values.CopyTo(buffer.Span);
        return buffer;
    }

    /// <summary>Relative to the largest output: rounding of <paramref name="terms"/> additions in any order.</summary>
    public static double Fp32(double terms) => 2e-7 * Math.Sqrt(Math.Max(1, terms));

    public static void Near(double[] expected, ReadOnlySpan<float> actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 1e-30;
        foreach (double value in expected)
            if (double.IsFinite(value))
                largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = double.IsFinite(expected[i])
                ? Math.Abs(expected[i] - actual[i]) <= relative * largest
                : expected[i].Equals((double)actual[i]);
            Assert.True(same, $"[{i}] is {actual[i]:g9}, expected {expected[i]:g9} (largest {largest:g3}, tolerance {relative:g3})");
        }
    }

    /// <summary>Runs all rows at once and then one by one from the last: both must give the same bits, which are returned.</summary>
    public static float[] AnySplit(int rows, int outputs, Action<int, int, GuardedFloats> run, Func<float[]>? initial = null)
    {
        using GuardedFloats whole = initial is null ? new(outputs) : Guarded(initial());
        run(0, rows, whole);
        using GuardedFloats single = initial is null ? new(outputs) : Guarded(initial());
        for (int row = rows - 1; row >= 0; row--)
            run(row, row + 1, single);
        for (int i = 0; i < outputs; i++)
            Assert.True(BitConverter.SingleToInt32Bits(whole.Span[i]) == BitConverter.SingleToInt32Bits(single.Span[i]),
                $"[{i}] differs between one run and row by row: {whole.Span[i]:g9}, {single.Span[i]:g9}");
        return whole.Span.ToArray();
    }
}
