using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class ElementwiseTests
{
    public static TheoryData<VectorWidth> Widths => KernelCheck.Widths;

    private static void Check<TBody>(VectorWidth width, TBody body, Func<double, double, double> exact, int[] dims, long[] a, long[] b, long[] y, double ulps = 1)
        where TBody : struct, IBinaryBody
    {
        using var first = KernelCheck.Guarded(KernelCheck.Random(Span(dims, a), 1, 3));
        using var second = KernelCheck.Guarded(KernelCheck.Random(Span(dims, b), 2, 3));
        var kernel = new BinaryElementwise<TBody>(width, body, dims, a, b, y);
        int outputs = Span(dims, y);
        float[] actual = KernelCheck.AnySplit(kernel.Rows, outputs, (begin, end, output) => kernel.Run(begin, end, first.Pointer, second.Pointer, output.Pointer));
        var written = new bool[outputs];
        foreach (int[] index in Indices(dims))
        {
            double expected = exact(first.Span[Offset(index, a)], second.Span[Offset(index, b)]);
            float got = actual[Offset(index, y)];
            written[Offset(index, y)] = true;
            Assert.True(double.IsNaN(expected) ? float.IsNaN(got) : Math.Abs(expected - got) <= ulps * 1.2e-7 * Math.Abs(expected),
                $"{string.Join(',', index)}: {got:g9}, expected {expected:g9}");
        }
        for (int i = 0; i < outputs; i++)
            Assert.True(written[i] || GuardedFloats.IsUnset(actual[i]), $"the gap at {i} was written");
    }

    internal static int Offset(int[] index, long[] strides) => (int)index.Zip(strides).Sum(p => p.First * p.Second);
    internal static int Span(int[] dims, long[] strides) => 1 + (int)dims.Zip(strides).Sum(p => (p.First - 1) * p.Second);

    internal static IEnumerable<int[]> Indices(int[] dims)
    {
        int count = dims.Aggregate(1, (x, y) => x * y);
        for (int i = 0; i < count; i++)
        {
            var index = new int[dims.Length];
            for (int d = dims.Length - 1, rest = i; d >= 0; rest /= dims[d--])
                index[d] = rest % dims[d];
            yield return index;
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Binary_operations_match_on_dense_operands(VectorWidth width)
    {
        int[] dims = [3, 37];
        long[] dense = [37, 1];
        Check(width, new AddBody(), (p, q) => p + q, dims, dense, dense, dense);
        Check(width, new SubBody(), (p, q) => p - q, dims, dense, dense, dense);
        Check(width, new MulBody(), (p, q) => p * q, dims, dense, dense, dense);
        Check(width, new DivBody(), (p, q) => p / q, dims, dense, dense, dense);
        Check(width, new MaxBody(), Math.Max, dims, dense, dense, dense);
        Check(width, new MinBody(), Math.Min, dims, dense, dense, dense);
        Check(width, new PowBody(), Math.Pow, dims, dense, dense, dense, 2);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Strides_broadcast_gather_and_leave_gaps_alone(VectorWidth width)
    {
        // channels-last pixels of pitch 32 with 19 channels, against a vector per channel, a value per pixel, one value
        Check(width, new SubBody(), (p, q) => p - q, [2, 5, 7, 19], [1120, 224, 32, 1], [0, 0, 0, 1], [1120, 224, 32, 1]);
        Check(width, new SubBody(), (p, q) => p - q, [2, 5, 7, 19], [0, 0, 0, 1], [1120, 224, 32, 1], [1120, 224, 32, 1]);
        Check(width, new SubBody(), (p, q) => p - q, [2, 5, 7, 19], [1120, 224, 32, 1], [35, 7, 1, 0], [1120, 224, 32, 1]);
        Check(width, new SubBody(), (p, q) => p - q, [2, 5, 7, 19], [35, 7, 1, 0], [1120, 224, 32, 1], [1120, 224, 32, 1]);
        Check(width, new SubBody(), (p, q) => p - q, [2, 5, 7, 19], [0, 0, 0, 0], [0, 0, 0, 0], [665, 133, 19, 1]);
        // row-major against channels-last, and a column written with a stride
        Check(width, new SubBody(), (p, q) => p - q, [2, 5, 7, 19], [1120, 224, 32, 1], [665, 7, 1, 35], [665, 7, 1, 35]);
        Check(width, new SubBody(), (p, q) => p - q, [23], [3], [2], [5]);
        Check(width, new SubBody(), (p, q) => p - q, [], [], [], []);
        Check(width, new SubBody(), (p, q) => p - q, [1, 1, 2, 1, 3, 1, 2, 2], [0, 0, 12, 0, 4, 0, 2, 1], [0, 0, 0, 0, 1, 0, 0, 0], [12, 12, 12, 12, 4, 4, 2, 1]);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Long_lines_are_cut_and_short_lines_grouped(VectorWidth width)
    {
        Check(width, new AddBody(), (p, q) => p + q, [2, 40007], [40007, 1], [0, 1], [40011, 1]);
        Check(width, new AddBody(), (p, q) => p + q, [9001, 5], [8, 1], [0, 1], [8, 1]);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Maximum_is_NaN_where_either_side_is(VectorWidth width)
    {
        float[] a = [1, float.NaN, 3, float.NaN, 5], b = [float.NaN, 2, 1, float.NaN, 7];
        using GuardedFloats first = KernelCheck.Guarded(a), second = KernelCheck.Guarded(b), output = new(5);
        new BinaryElementwise<MaxBody>(width, default, [5], [1], [1], [1]).Run(0, 1, first.Pointer, second.Pointer, output.Pointer);
        Assert.Equal([float.NaN, float.NaN, 3, float.NaN, 7], output.Span.ToArray());
        new BinaryElementwise<MinBody>(width, default, [5], [1], [1], [1]).Run(0, 1, first.Pointer, second.Pointer, output.Pointer);
        Assert.Equal([float.NaN, float.NaN, 1, float.NaN, 5], output.Span.ToArray());
    }

    [Fact]
    public void An_empty_extent_has_no_rows()
    {
        Assert.Equal(0, new UnaryElementwise<NegBody>(VectorWidth.V128, default, [3, 0, 2], [0, 2, 1], [0, 2, 1]).Rows);
    }
}
