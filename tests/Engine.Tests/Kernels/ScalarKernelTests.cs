using System.Numerics;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class ScalarKernelTests
{
    private static T[] Binary<T>(ScalarBinaryKind kind, T[] a, T[] b) where T : unmanaged, INumber<T>
    {
        var y = new T[a.Length];
        var kernel = new ScalarBinary<T>(kind, [a.Length], [1], [b.Length == 1 ? 0 : 1], [1]);
        fixed (T* first = a, second = b, output = y)
            kernel.Run(0, kernel.Rows, first, second, output);
        return y;
    }

    private static T[] Unary<T>(ScalarUnaryKind kind, T[] x, T first = default, T second = default) where T : unmanaged, INumber<T>
    {
        var y = new T[x.Length];
        var kernel = new ScalarUnary<T>(kind, [x.Length], [1], [1], first, second);
        fixed (T* input = x, output = y)
            kernel.Run(0, kernel.Rows, input, output);
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
        Assert.Equal([3, -3, 0, int.MinValue, 0], Binary(ScalarBinaryKind.Div, [7, -7, 1, int.MinValue, 5], [2, 2, 2, -1, 0]));
        Assert.Equal([long.MinValue], Binary(ScalarBinaryKind.Div, [long.MinValue], [-1L]));
        Assert.Equal<byte>([1, 0], Binary<byte>(ScalarBinaryKind.Div, [255, 5], [255, 0]));
        Assert.Equal([double.PositiveInfinity], Binary(ScalarBinaryKind.Div, [1.0], [0.0]));
    }

    [Fact]
    public void Binary_kinds_keep_their_type()
    {
        long[] a = [9007199254740993, -4, 5];
        Assert.Equal([9007199254740995, -2, 7], Binary(ScalarBinaryKind.Add, a, [2L]));
        Assert.Equal([9007199254740991, -6, 3], Binary(ScalarBinaryKind.Sub, a, [2L]));
        Assert.Equal([18014398509481986, -8, 10], Binary(ScalarBinaryKind.Mul, a, [2L]));
        Assert.Equal([2L, -4, 2], Binary(ScalarBinaryKind.Min, a, [2L]));
        Assert.Equal([9007199254740993, 2, 5], Binary(ScalarBinaryKind.Max, a, [2L]));
        Assert.Equal([27L, 1, 0], Binary(ScalarBinaryKind.Pow, [3L, -1, 2], [3L, 4, -1]));
        Assert.Equal([Math.Pow(2.5, 0.3)], Binary(ScalarBinaryKind.Pow, [2.5], [0.3]));
        Assert.Equal<sbyte>([-128], Binary<sbyte>(ScalarBinaryKind.Add, [127], [1]));
    }

    [Fact]
    public void Unary_kinds_match()
    {
        Assert.Equal([0, 0, 3], Unary(ScalarUnaryKind.Relu, [-5, 0, 3]));
        Assert.Equal([5, 0, -3], Unary(ScalarUnaryKind.Neg, [-5, 0, 3]));
        Assert.Equal<sbyte>([5, 0, 3], Unary<sbyte>(ScalarUnaryKind.Abs, [-5, 0, 3]));
        Assert.Equal<byte>([2, 100, 7], Unary<byte>(ScalarUnaryKind.Clip, [1, 200, 7], 2, 100));
        Assert.Equal([1 / (1 + Math.Exp(-0.3))], Unary(ScalarUnaryKind.Sigmoid, [0.3]));
        Assert.Equal([Math.Tanh(0.3), Math.Tanh(-2)], Unary(ScalarUnaryKind.Tanh, [0.3, -2]));
        Assert.Equal([Math.Exp(0.3), Math.Exp(-2)], Unary(ScalarUnaryKind.Exp, [0.3, -2]));
        Assert.Equal([Math.Log(0.3)], Unary(ScalarUnaryKind.Log, [0.3]));
        Assert.Equal([1.5], Unary(ScalarUnaryKind.Sqrt, [2.25]));
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
