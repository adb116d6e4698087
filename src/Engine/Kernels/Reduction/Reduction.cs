using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>What a <see cref="Reduction"/> makes of many elements.</summary>
internal enum ReductionKind
{
    Sum,
    Mean,
    Max,
    Min,
    Prod,
    /// <summary>The sum of magnitudes</summary>
    L1,
    /// <summary>The square root of the sum of squares</summary>
    L2,
    SumSquare,
    LogSum,
    /// <summary>The mean of (x - center)^2, with a center per output element</summary>
    Variance,
    /// <summary>center + log(sum of exp(x - center)), with a center per output element: its largest x</summary>
    LogSumExp,
}

/// <summary>
/// Reduces a set of axes of strided memory. Lanes run across outputs where those are contiguous, else along the reduced
/// axes. Sums are taken in blocks and the blocks added with compensation, so the error does not grow with the count.
/// </summary>
internal sealed unsafe class Reduction
{
    private const int UnitElements = 32768, BlockLength = 64;

    private readonly VectorWidth width;
    private readonly ReductionKind kind;
    private readonly StridedLoop kept;
    private readonly int[] extents;
    private readonly long[] strides;
    private readonly int lines, lineLength;
    private readonly long lineStride, count;

    /// <param name="dims">Extents, slowest in memory first.</param>
    /// <param name="reduced">Which of them are reduced; all that are not appear in the output.</param>
    /// <param name="x">Strides of the input in floats.</param>
    /// <param name="y">Strides of the output (and of the centers); those of reduced axes are not read.</param>
    public Reduction(VectorWidth width, ReductionKind kind, ReadOnlySpan<int> dims, ReadOnlySpan<bool> reduced, ReadOnlySpan<long> x, ReadOnlySpan<long> y)
    {
        this.width = width;
        this.kind = kind;
        bool[] gone = reduced.ToArray();
        int[] inner = [.. Enumerable.Range(0, dims.Length).Where(d => gone[d])];
        int[] outer = [.. Enumerable.Range(0, dims.Length).Where(d => !gone[d])];
        (extents, long[][] merged) = StridedLoop.Merge(StridedCopy.Pick(dims, inner), [StridedCopy.Pick(x, inner)]);
        strides = merged[0];
        lineLength = extents[^1];
        lineStride = strides[^1];
        count = 1;
        foreach (int extent in extents)
            count *= extent;
        lines = lineLength == 0 ? 0 : (int)(count / lineLength);
        kept = new StridedLoop(StridedCopy.Pick(dims, outer), (int)(UnitElements / Math.Max(1, count)),
            [StridedCopy.Pick(x, outer), StridedCopy.Pick(y, outer)]);
    }

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows => kept.Rows;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/> (exclusive). Allocates nothing.</summary>
    /// <param name="centers">With <see cref="ReductionKind.Variance"/> and <see cref="ReductionKind.LogSumExp"/> only: a value per output, laid out like the output.</param>
    public void Run(int begin, int end, float* input, float* output, float* centers = null)
    {
        switch (kind)
        {
            case ReductionKind.Sum or ReductionKind.Mean or ReductionKind.LogSum: Run<SumTerm>(begin, end, input, output, centers); break;
            case ReductionKind.Max: Run<MaxTerm>(begin, end, input, output, centers); break;
            case ReductionKind.Min: Run<MinTerm>(begin, end, input, output, centers); break;
            case ReductionKind.Prod: Run<ProductTerm>(begin, end, input, output, centers); break;
            case ReductionKind.L1: Run<MagnitudeTerm>(begin, end, input, output, centers); break;
            case ReductionKind.L2 or ReductionKind.SumSquare: Run<SquareTerm>(begin, end, input, output, centers); break;
            case ReductionKind.Variance: Run<DeviationTerm>(begin, end, input, output, centers); break;
            case ReductionKind.LogSumExp: Run<ExponentialTerm>(begin, end, input, output, centers); break;
            default: throw new UnreachableException();
        }
    }

    private void Run<TTerm>(int begin, int end, float* input, float* output, float* centers) where TTerm : struct, IReductionTerm
    {
        var lines = new Lines<TTerm> { Owner = this, Begin = begin, End = end, X = input, Y = output, Centers = centers };
        VectorDispatch.Run(width, ref lines);
    }

    private V Finish<V>(V total, V center) where V : unmanaged, IVector<V> => kind switch
    {
        ReductionKind.Mean or ReductionKind.Variance => total / V.Create(count),
        ReductionKind.L2 => V.Sqrt(total),
        ReductionKind.LogSum => VectorMath.Log(total),
        ReductionKind.LogSumExp => ExponentialTerm.Finite(center) + VectorMath.Log(total),
        _ => total,
    };

    private long LineOffset(int line)
    {
        long offset = 0;
        for (int d = extents.Length - 2; d >= 0; d--)
        {
            offset += line % extents[d] * strides[d];
            line /= extents[d];
        }
        return offset;
    }

    private struct Lines<TTerm> : IVectorAction where TTerm : struct, IReductionTerm
    {
        public Reduction Owner;
        public int Begin, End;
        public float* X, Y, Centers;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            long sx = Owner.kept.Strides[0], sy = Owner.kept.Strides[1];
            bool across = sx == 1 && sy == 1 && Owner.kept.Length > 1;
            StridedLoop.Cursor run = Owner.kept.Walk(Begin, End);
            while (run.Next())
            {
                float* x = X + run.Offset(0), y = Y + run.Offset(1);
                float* center = Centers == null ? null : Centers + run.Offset(1);
                for (int line = 0; line < run.Lines; line++, x += run.Step(0), y += run.Step(1))
                {
                    if (across)
                        for (int i = 0; i < run.Length; i += V.Count)
                        {
                            int lanes = Math.Min(V.Count, run.Length - i);
                            V from = center == null ? V.Create(0) : V.LoadPartial(center + i, lanes);
                            V.StorePartial(Owner.Finish(Across<V>(x + i, from, lanes), from), y + i, lanes);
                        }
                    else
                        for (int i = 0; i < run.Length; i++)
                        {
                            float from = center == null ? 0 : center[i * sy];
                            V.StorePartial(Owner.Finish(V.Create(Along<V>(x + i * sx, from)), V.Create(from)), y + i * sy, 1);
                        }
                    if (center != null)
                        center += run.Step(1);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly V Across<V>(float* x, V center, int lanes) where V : unmanaged, IVector<V>
        {
            long step = Owner.lineStride;
            V total = V.Create(TTerm.Identity), lost = V.Create(0);
            for (int line = 0; line < Owner.lines; line++)
            {
                float* at = x + Owner.LineOffset(line);
                for (int i = 0; i < Owner.lineLength;)
                {
                    V block = V.Create(TTerm.Identity);
                    for (int stop = Math.Min(Owner.lineLength, i + BlockLength); i < stop; i++)
                        block = TTerm.Combine(block, TTerm.Map(V.LoadPartial(at + i * step, lanes), center));
                    total = Add(total, block, ref lost);
                }
            }
            return total;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly float Along<V>(float* x, float center) where V : unmanaged, IVector<V>
        {
            long step = Owner.lineStride;
            V identity = V.Create(TTerm.Identity), from = V.Create(center), total = identity, lost = V.Create(0);
            V1 rest = V1.Create(TTerm.Identity), restLost = V1.Create(0);
            int whole = Owner.lineLength - Owner.lineLength % V.Count;
            for (int line = 0; line < Owner.lines; line++)
            {
                float* at = x + Owner.LineOffset(line);
                for (int i = 0; i < whole;)
                {
                    V block = identity;
                    for (int stop = Math.Min(whole, i + BlockLength * V.Count); i < stop; i += V.Count)
                        block = TTerm.Combine(block, TTerm.Map(StridedLanes.Load<V>(at + i * step, step, V.Count), from));
                    total = Add(total, block, ref lost);
                }
                if (whole == Owner.lineLength)
                    continue;
                V1 tail = V1.Create(TTerm.Identity);
                for (int i = whole; i < Owner.lineLength; i++)
                    tail = TTerm.Combine(tail, TTerm.Map(V1.Load(at + i * step), V1.Create(center)));
                rest = Add(rest, tail, ref restLost);
            }
            float* lanes = (float*)&total;
            for (int i = 0; i < V.Count; i++)
                rest = Add(rest, V1.Create(lanes[i]), ref restLost);
            return V1.Sum(rest);
        }

        // Kahan's compensated sum, where the terms are added at all.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Add<V>(V total, V block, ref V lost) where V : unmanaged, IVector<V>
        {
            if (!TTerm.IsSum)
                return TTerm.Combine(total, block);
            V term = block - lost;
            V sum = total + term;
            V error = sum - total - term;
            // of an infinite sum nothing is lost
            lost = V.Select(V.Equal(error - error, V.Create(0)), error, V.Create(0));
            return sum;
        }
    }
}
