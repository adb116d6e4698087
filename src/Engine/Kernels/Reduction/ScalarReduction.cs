using System.Diagnostics;
using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>Reduces a set of axes of strided memory of any number type; scalar code. Sums of integers wrap around.</summary>
internal sealed unsafe class ScalarReduction<T> where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly ReductionKind kind;
    private readonly StridedLoop kept;
    private readonly int[] extents;
    private readonly long[] strides;
    private readonly long count;

    /// <param name="dims">Extents, slowest in memory first.</param>
    /// <param name="reduced">Which of them are reduced.</param>
    /// <param name="x">Strides of the input in elements.</param>
    /// <param name="y">Strides of the output; those of reduced axes are not read.</param>
    /// <exception cref="ArgumentException">A kind that needs centers.</exception>
    public ScalarReduction(ReductionKind kind, ReadOnlySpan<int> dims, ReadOnlySpan<bool> reduced, ReadOnlySpan<long> x, ReadOnlySpan<long> y)
    {
        if (kind == ReductionKind.Variance)
            throw new ArgumentException("A variance is taken of floats only.", nameof(kind));
        this.kind = kind;
        bool[] gone = reduced.ToArray();
        int[] inner = [.. Enumerable.Range(0, dims.Length).Where(d => gone[d])];
        int[] outer = [.. Enumerable.Range(0, dims.Length).Where(d => !gone[d])];
        (extents, long[][] merged) = StridedLoop.Merge(StridedCopy.Pick(dims, inner), [StridedCopy.Pick(x, inner)]);
        strides = merged[0];
        count = 1;
        foreach (int extent in extents)
            count *= extent;
        kept = new StridedLoop(StridedCopy.Pick(dims, outer), StridedCopy.Pick(x, outer), StridedCopy.Pick(y, outer));
    }

    public int Rows => kept.Rows;

    public void Run(int begin, int end, T* input, T* output)
    {
        long sx = kept.Strides[0], sy = kept.Strides[1];
        StridedLoop.Cursor run = kept.Walk(begin, end);
        while (run.Next())
        {
            T* x = input + run.Offset(0), y = output + run.Offset(1);
            for (int line = 0; line < run.Lines; line++, x += run.Step(0), y += run.Step(1))
                for (int i = 0; i < run.Length; i++)
                    y[i * sy] = Reduce(x + i * sx);
        }
    }

    private T Reduce(T* x)
    {
        T total = kind switch
        {
            ReductionKind.Max => T.MinValue,
            ReductionKind.Min => T.MaxValue,
            ReductionKind.Prod => T.One,
            _ => T.Zero,
        };
        for (long i = 0; i < count; i++)
        {
            long offset = 0, rest = i;
            for (int d = extents.Length - 1; d >= 0; d--)
            {
                offset += rest % extents[d] * strides[d];
                rest /= extents[d];
            }
            T value = x[offset];
            total = kind switch
            {
                ReductionKind.Max => T.Max(total, value),
                ReductionKind.Min => T.Min(total, value),
                ReductionKind.Prod => total * value,
                ReductionKind.L1 => total + (T.IsNegative(value) ? T.Zero - value : value),
                ReductionKind.L2 or ReductionKind.SumSquare => total + value * value,
                ReductionKind.Sum or ReductionKind.Mean or ReductionKind.LogSum => total + value,
                ReductionKind.LogSumExp => total + T.CreateTruncating(Math.Exp(double.CreateTruncating(value))),
                _ => throw new UnreachableException(),
            };
        }
        return kind switch
        {
            ReductionKind.Mean => WholeNumbers.Divide(total, T.CreateTruncating(count)),
            ReductionKind.L2 => T.CreateTruncating(Math.Sqrt(double.CreateTruncating(total))),
            ReductionKind.LogSum or ReductionKind.LogSumExp => T.CreateTruncating(Math.Log(double.CreateTruncating(total))),
            _ => total,
        };
    }
}
