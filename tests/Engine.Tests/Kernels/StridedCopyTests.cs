using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class StridedCopyTests
{
    public static TheoryData<int[], long[], long[]> Cases => new()
    {
        { [], [], [] },
        { [17], [1], [1] },
        { [2, 3, 224, 5], [3360, 1120, 5, 1], [4480, 1, 20, 4] },            // row-major to channels-last, 3 channels of pitch 4
        { [2, 3, 224, 5], [4480, 1, 20, 4], [3360, 1120, 5, 1] },            // and back
        { [2, 37, 9, 11], [3663, 99, 11, 1], [4752, 1, 528, 48] },           // 37 channels of pitch 48
        { [2, 37, 9, 11], [4752, 1, 528, 48], [3663, 99, 11, 1] },
        { [1, 1, 28, 28], [784, 784, 28, 1], [3136, 1, 112, 4] },
        { [301, 257], [257, 1], [1, 301] },                                  // a plain transpose, cut into strips
        { [5, 7, 11, 13], [1, 5, 35, 385], [1001, 143, 13, 1] },             // axes reversed
        { [400, 3, 2], [6, 1, 3], [6, 2, 1] },                               // many small planes
        { [4, 6, 10], [0, 0, 1], [60, 10, 1] },                              // Expand along the front
        { [4, 6, 10], [6, 1, 0], [60, 10, 1] },                              // and along the back
        { [7, 20], [40, 2], [20, 1] },                                       // a slice with steps
        { [7, 24], [30, 1], [50, 1] },                                       // a window into a window
        { [2, 3, 2, 3, 2, 2, 2, 2], [288, 96, 48, 16, 8, 4, 2, 1], [1, 2, 6, 12, 36, 72, 144, 288] },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Every_element_arrives_and_gaps_stay(int[] dims, long[] source, long[] destination)
    {
        Check<byte>(dims, source, destination);
        Check<ushort>(dims, source, destination);
        Check<uint>(dims, source, destination);
        Check<ulong>(dims, source, destination);
    }

    private static void Check<T>(int[] dims, long[] source, long[] destination) where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var random = new Random(3);
        var from = new T[ElementwiseTests.Span(dims, source)];
        for (int i = 0; i < from.Length; i++)
            from[i] = T.CreateTruncating(random.NextInt64());
        T guard = T.CreateTruncating(0x5AA5_1234_8765_5AA5);
        var expected = new T[ElementwiseTests.Span(dims, destination) + 64];
        Array.Fill(expected, guard);
        foreach (int[] index in ElementwiseTests.Indices(dims))
            expected[32 + ElementwiseTests.Offset(index, destination)] = from[ElementwiseTests.Offset(index, source)];
        var copy = new StridedCopy(sizeof(T), dims, source, destination);
        foreach (bool split in new[] { false, true })
        {
            var actual = new T[expected.Length];
            Array.Fill(actual, guard);
            fixed (T* x = from, y = actual)
            {
                if (!split)
                    copy.Run(0, copy.Rows, x, y + 32);
                for (int row = copy.Rows - 1; split && row >= 0; row--)
                    copy.Run(row, row + 1, x, y + 32);
            }
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_negative_stride_reads_backwards()
    {
        float[] x = KernelCheck.Random(40, 4), y = new float[40];
        var copy = new StridedCopy(4, [4, 10], [10, -1], [10, 1]);
        fixed (float* from = x, to = y)
            copy.Run(0, copy.Rows, from + 9, to);
        for (int i = 0; i < 40; i++)
            Assert.Equal(x[i / 10 * 10 + 9 - i % 10], y[i]);
    }

    [Fact]
    public void Fill_writes_its_elements_only()
    {
        using var y = new GuardedFloats(7 * 16);
        float value = 2.5f;
        var fill = new StridedFill(4, [7, 5], [16, 1]);
        fill.Run(0, fill.Rows, &value, y.Pointer);
        for (int i = 0; i < y.Span.Length; i++)
            Assert.True(i % 16 < 5 ? y.Span[i] == 2.5f : GuardedFloats.IsUnset(y.Span[i]));
    }
}
