using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class NormalizationTests
{
    public static TheoryData<VectorWidth> Widths => KernelCheck.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Local_response_matches(VectorWidth width)
    {
        foreach ((int channels, int size, float beta) in new[] { (19, 5, 0.75f), (3, 7, 0.75f), (64, 5, 0.5f), (37, 4, 0.6f), (2100, 5, 1f), (1, 1, 0.75f) })
        {
            const int Pixels = 3;
            const float Alpha = 0.7f, Bias = 1.5f;
            int pitchX = channels + 5, pitchY = channels + 2;
            float[] x = KernelCheck.Random(Pixels * pitchX, 3, 2);
            using GuardedFloats input = KernelCheck.Guarded(x);
            var kernel = new LocalResponse(width, Pixels, channels, pitchX, pitchY, size, Alpha, beta, Bias);
            float[] actual = KernelCheck.AnySplit(kernel.Rows, Pixels * pitchY, (begin, end, y) => kernel.Run(begin, end, input.Pointer, y.Pointer));
            var expected = new double[Pixels * channels];
            var got = new float[Pixels * channels];
            for (int i = 0; i < actual.Length; i++)
            {
                int pixel = i / pitchY, c = i % pitchY;
                if (c >= channels)
                {
                    Assert.True(GuardedFloats.IsUnset(actual[i]));
                    continue;
                }
                double sum = 0;
                for (int k = c - (size - 1) / 2; k <= c + size / 2; k++)
                    if (k >= 0 && k < channels)
                        sum += (double)x[pixel * pitchX + k] * x[pixel * pitchX + k];
                expected[pixel * channels + c] = x[pixel * pitchX + c] / Math.Pow(Bias + Alpha / size * sum, beta);
                got[pixel * channels + c] = actual[i];
            }
            KernelCheck.Near(expected, got, KernelCheck.Fp32(size + 4));
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Scale_and_shift_match_on_both_layouts(VectorWidth width)
    {
        (int[] Dims, long[] X, long[] Channel, long[] Y)[] cases =
        [
            ([2, 5, 7, 19], [1120, 224, 32, 1], [0, 0, 0, 1], [665, 133, 19, 1]),
            ([2, 19, 5, 7], [665, 35, 7, 1], [0, 1, 0, 0], [665, 35, 7, 1]),
            ([2, 19, 5, 7], [665, 35, 7, 1], [0, 1, 0, 0], [1120, 1, 224, 32]),
        ];
        foreach ((int[] dims, long[] x, long[] channel, long[] y) in cases)
        {
            using GuardedFloats input = KernelCheck.Guarded(KernelCheck.Random(ElementwiseTests.Span(dims, x), 1));
            using GuardedFloats scale = KernelCheck.Guarded(KernelCheck.Random(19, 2)), shift = KernelCheck.Guarded(KernelCheck.Random(19, 3));
            var kernel = new ScaleShift(width, dims, x, channel, y);
            float[] actual = KernelCheck.AnySplit(kernel.Rows, ElementwiseTests.Span(dims, y), (begin, end, output) =>
                kernel.Run(begin, end, input.Pointer, scale.Pointer, shift.Pointer, output.Pointer, Activation.Relu));
            var expected = new List<double>();
            var got = new List<float>();
            foreach (int[] index in ElementwiseTests.Indices(dims))
            {
                int c = ElementwiseTests.Offset(index, channel);
                expected.Add(Math.Max(0, (double)input.Span[ElementwiseTests.Offset(index, x)] * scale.Span[c] + shift.Span[c]));
                got.Add(actual[ElementwiseTests.Offset(index, y)]);
            }
            KernelCheck.Near([.. expected], got.ToArray(), KernelCheck.Fp32(2));
        }
    }
}
