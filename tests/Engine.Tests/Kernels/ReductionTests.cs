using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class ReductionTests
{
    public static TheoryData<VectorWidth> Widths => KernelCheck.Widths;

    private static double Exact(ReductionKind kind, List<double> v, double center) => kind switch
    {
        ReductionKind.Sum => v.Sum(),
        ReductionKind.Mean => v.Average(),
        ReductionKind.Max => v.Max(),
        ReductionKind.Min => v.Min(),
        ReductionKind.Prod => v.Aggregate(1.0, (a, b) => a * b),
        ReductionKind.L1 => v.Sum(Math.Abs),
        ReductionKind.L2 => Math.Sqrt(v.Sum(x => x * x)),
        ReductionKind.SumSquare => v.Sum(x => x * x),
        ReductionKind.LogSum => Math.Log(v.Sum()),
        ReductionKind.LogSumExp => center + Math.Log(v.Sum(x => Math.Exp(x - center))),
        ReductionKind.Variance => v.Average(x => (x - center) * (x - center)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void Check(VectorWidth width, int[] dims, bool[] reduced, long[] x, long[] y)
    {
        float[] values = [.. KernelCheck.Random(ElementwiseTests.Span(dims, x), 5).Select(v => v + 1.1f)];
        using GuardedFloats input = KernelCheck.Guarded(values);
        long[] kept = [.. y.Select((stride, d) => reduced[d] ? 0 : stride)];
        int outputs = ElementwiseTests.Span(dims, kept);
        float[] centers = KernelCheck.Random(outputs, 6);
        using GuardedFloats center = KernelCheck.Guarded(centers);
        foreach (ReductionKind kind in Enum.GetValues<ReductionKind>())
        {
            var kernel = new Reduction(width, kind, dims, reduced, x, y);
            float[] actual = KernelCheck.AnySplit(kernel.Rows, outputs, (begin, end, output) =>
                kernel.Run(begin, end, input.Pointer, output.Pointer, kind is ReductionKind.Variance or ReductionKind.LogSumExp ? center.Pointer : null));
            var terms = new Dictionary<int, List<double>>();
            foreach (int[] index in ElementwiseTests.Indices(dims))
            {
                int at = ElementwiseTests.Offset(index, kept);
                if (!terms.TryGetValue(at, out List<double>? list))
                    terms[at] = list = [];
                list.Add(values[ElementwiseTests.Offset(index, x)]);
            }
            foreach ((int at, List<double> list) in terms)
            {
                double expected = Exact(kind, list, centers[at]);
                if (Math.Abs(expected) is > 1e30 or < 1e-30)
                    continue;
                double tolerance = KernelCheck.Fp32(kind is ReductionKind.Prod ? list.Count : 4) * Math.Max(Math.Abs(expected), kind is ReductionKind.LogSum or ReductionKind.LogSumExp ? 1 : 0);
                Assert.True(Math.Abs(actual[at] - expected) <= tolerance, $"{kind} of {list.Count} at {at}: {actual[at]:g9}, expected {expected:g9}");
            }
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Any_set_of_axes_of_any_layout_matches(VectorWidth width)
    {
        Check(width, [3, 37], [false, true], [37, 1], [1, 0]);
        Check(width, [3, 37], [true, false], [37, 1], [0, 1]);
        Check(width, [2, 5, 7, 19], [true, true, true, false], [1120, 224, 32, 1], [0, 0, 0, 1]);       // per channel, channels-last
        Check(width, [2, 5, 7, 19], [false, true, true, false], [1120, 224, 32, 1], [19, 0, 0, 1]);
        Check(width, [2, 5, 7, 19], [false, false, false, true], [1120, 224, 32, 1], [35, 7, 1, 0]);
        Check(width, [2, 19, 5, 7], [true, false, true, true], [665, 35, 7, 1], [0, 1, 0, 0]);           // per channel, row-major
        Check(width, [2, 19, 5, 7], [true, true, true, true], [665, 35, 7, 1], [0, 0, 0, 0]);
        Check(width, [2, 3, 5], [false, false, false], [15, 5, 1], [1, 2, 6]);
        Check(width, [4, 6, 5], [false, true, false], [30, 5, 1], [5, 0, 1]);
    }

    [Theory, MemberData(nameof(Widths))]
    public void The_error_of_a_long_sum_does_not_grow(VectorWidth width)
    {
        const int Count = 3_000_017;
        using var x = new GuardedFloats(Count);
        x.Span.Fill(0.1f);
        using var y = new GuardedFloats(1);
        var kernel = new Reduction(width, ReductionKind.Sum, [Count], [true], [1], [0]);
        kernel.Run(0, kernel.Rows, x.Pointer, y.Pointer);
        double exact = Count * (double)0.1f;
        Assert.True(Math.Abs(y.Span[0] - exact) <= 4e-6 * exact, $"{y.Span[0]:g9}, expected {exact:g9}");
        var across = new Reduction(width, ReductionKind.Sum, [Count / 17, 17], [true, false], [17, 1], [0, 1]);
        using var sums = new GuardedFloats(17);
        across.Run(0, across.Rows, x.Pointer, sums.Pointer);
        foreach (float sum in sums.Span)
            Assert.True(Math.Abs(sum - exact / 17) <= 4e-6 * exact / 17);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Infinity_and_NaN_come_through(VectorWidth width)
    {
        float[] values = new float[200];
        values[150] = float.PositiveInfinity;
        Assert.Equal(float.PositiveInfinity, Single(width, ReductionKind.Sum, values));
        Assert.Equal(float.PositiveInfinity, Single(width, ReductionKind.Max, values));
        values[20] = float.NaN;
        foreach (ReductionKind kind in new[] { ReductionKind.Sum, ReductionKind.Prod, ReductionKind.L2 })
            Assert.True(float.IsNaN(Single(width, kind, values)));
    }

    private static float Single(VectorWidth width, ReductionKind kind, float[] values)
    {
        using GuardedFloats x = KernelCheck.Guarded(values), y = new(1);
        new Reduction(width, kind, [values.Length], [true], [1], [0]).Run(0, 1, x.Pointer, y.Pointer);
        return y.Span[0];
    }
}
