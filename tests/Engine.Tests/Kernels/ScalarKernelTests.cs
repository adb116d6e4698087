using System.Numerics;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class ScalarKernelTests
{
    private static T[] Binary<T>(Func<T, T, T> function, T[] a, T[] b) where T : unmanaged
    {
        var y = new T[a.Length];
        var kernel = new TypedBinary<T, T, T>(function, [a.Length], [1], [b.Length == 1 ? 0 : 1], [1]);
        fixed (T* first = a, second = b, output = y)
            kernel.Run(0, kernel.Rows, first, second, output);
        return y;
    }

    private static T[] Reduce<T>(ReductionKind kind, T[] x, int rows, int columns, bool first) where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        var y = new T[first ? columns : rows];
        var kernel = new ScalarReduction<T>(kind, [rows, columns], [first, !first], [columns, 1], [1, 1]);
        fixed (T* input = x, output = y)
            kernel.Run(0, kernel.Rows, input, output);
        return y;
    }

    [Fact]
    public void Integers_divide_toward_zero_and_never_trap()
    {
        Assert.Equal([3, -3, 0, int.MinValue, 0], Binary(WholeNumbers.Divide, [7, -7, 1, int.MinValue, 5], [2, 2, 2, -1, 0]));
        Assert.Equal([long.MinValue], Binary(WholeNumbers.Divide, [long.MinValue], [-1L]));
        Assert.Equal<byte>([1, 0], Binary<byte>(WholeNumbers.Divide, [255, 5], [255, 0]));
        Assert.Equal([double.PositiveInfinity], Binary(WholeNumbers.Divide, [1.0], [0.0]));
    }

    [Fact]
    public void What_a_division_leaves_has_the_sign_of_either()
    {
        Assert.Equal([1, -1, 1, -1, 0, 5], Binary(WholeNumbers.Remainder, [7, -7, 7, -7, 6, 5], [3, 3, -3, -3, 3, 0]));
        Assert.Equal([1, 2, -2, -1, 0, 5], Binary(WholeNumbers.Modulo, [7, -7, 7, -7, 6, 5], [3, 3, -3, -3, 3, 0]));
        Assert.Equal([0], Binary(WholeNumbers.Modulo, [int.MinValue], [-1]));
        Assert.Equal([1.5, -0.5], Binary(WholeNumbers.Modulo, [5.5, 5.5], [2.0, -2.0]));
    }

    [Fact]
    public void Powers_of_whole_numbers_are_exact()
    {
        Assert.Equal([27L, 1, 0], Binary(WholeNumbers.Power, [3L, -1, 2], [3L, 4, -1]));
        Assert.Equal([3 * 3002399751580331L], Binary(WholeNumbers.Power, [3 * 3002399751580331L], [1L]));
        Assert.Equal([Math.Pow(2.5, 0.3)], Binary(WholeNumbers.Power, [2.5], [0.3]));
    }

    [Fact]
    public void Bits_are_those_of_the_type()
    {
        Assert.Equal<sbyte>([-128, 3], Binary<sbyte>((a, b) => WholeNumbers.Bits(a, b, (p, q) => p & q), [-1, 7], [-128, 3]));
        Assert.Equal<byte>([254], Binary<byte>((a, b) => WholeNumbers.Bits(a, b, (p, _) => ~p), [1], [0]));
    }

    [Fact]
    public void Reductions_match_over_either_axis()
    {
        int[] x = [1, -2, 3, 4, 5, -6];
        Assert.Equal([5, 3, -3], Reduce(ReductionKind.Sum, x, 2, 3, first: true));
        Assert.Equal([2, 3], Reduce(ReductionKind.Sum, x, 2, 3, first: false));
        Assert.Equal([0, 1], Reduce(ReductionKind.Mean, x, 2, 3, first: false));
        Assert.Equal([3, 5], Reduce(ReductionKind.Max, x, 2, 3, first: false));
        Assert.Equal([-2, -6], Reduce(ReductionKind.Min, x, 2, 3, first: false));
        Assert.Equal([-6, -120], Reduce(ReductionKind.Prod, x, 2, 3, first: false));
        Assert.Equal([6, 15], Reduce(ReductionKind.L1, x, 2, 3, first: false));
        Assert.Equal([14, 77], Reduce(ReductionKind.SumSquare, x, 2, 3, first: false));
        Assert.Equal([3, 8], Reduce(ReductionKind.L2, x, 2, 3, first: false));
        Assert.Equal([Math.Log(7.0)], Reduce(ReductionKind.LogSum, [3.0, 4.0], 1, 2, first: false));
    }
}
