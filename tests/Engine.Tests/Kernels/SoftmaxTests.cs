using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class SoftmaxTests
{
    public static TheoryData<VectorWidth> Widths => KernelCheck.Widths;

    private static void Check(VectorWidth width, int[] dims, int axis, long[] x, long[] y, float scale = 5)
    {
        using GuardedFloats input = KernelCheck.Guarded(KernelCheck.Random(ElementwiseTests.Span(dims, x), 1, scale));
        foreach (bool logarithm in new[] { false, true })
        {
            var kernel = new Softmax(width, dims, axis, x, y, logarithm);
            float[] actual = KernelCheck.AnySplit(kernel.Rows, ElementwiseTests.Span(dims, y), (begin, end, output) => kernel.Run(begin, end, input.Pointer, output.Pointer));
            var expected = new List<double>();
            var got = new List<float>();
            foreach (int[] index in ElementwiseTests.Indices(dims))
            {
                double sum = 0, most = double.NegativeInfinity;
                for (int i = 0; i < dims[axis]; i++)
                    most = Math.Max(most, Value(i));
                for (int i = 0; i < dims[axis]; i++)
                    sum += Math.Exp(Value(i) - most);
                double own = Value(index[axis]) - most;
                expected.Add(logarithm ? own - Math.Log(sum) : Math.Exp(own) / sum);
                got.Add(actual[ElementwiseTests.Offset(index, y)]);

                double Value(int i)
                {
                    int[] at = [.. index];
                    at[axis] = i;
                    return input.Span[ElementwiseTests.Offset(at, x)];
                }
            }
            KernelCheck.Near([.. expected], got.ToArray(), KernelCheck.Fp32(4));
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Every_axis_of_every_layout_matches(VectorWidth width)
    {
        Check(width, [3, 37], 1, [37, 1], [37, 1]);
        Check(width, [2, 1000], 1, [1008, 1], [1000, 1], scale: 80);
        Check(width, [3, 37], 0, [37, 1], [37, 1]);
        Check(width, [2, 5, 7, 19], 3, [1120, 224, 32, 1], [1120, 224, 32, 1]);       // over channels, channels-last
        Check(width, [2, 19, 5, 7], 1, [665, 35, 7, 1], [665, 35, 7, 1]);              // over channels, row-major
        Check(width, [2, 19, 5, 7], 1, [665, 35, 7, 1], [1120, 1, 224, 32]);
        Check(width, [4, 1], 1, [1, 1], [1, 1]);
        Check(width, [5], 0, [3], [2]);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Large_scores_do_not_overflow(VectorWidth width)
    {
        using GuardedFloats x = KernelCheck.Guarded([1e30f, -1e30f, 1e30f, float.NegativeInfinity, 0]), y = new(5);
        new Softmax(width, [5], 0, [1], [1]).Run(0, 1, x.Pointer, y.Pointer);
        Assert.Equal([0.5f, 0, 0.5f, 0, 0], y.Span.ToArray());
    }
}
