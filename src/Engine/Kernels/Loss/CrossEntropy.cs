using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Cross-entropy of rows of logits against rows of target probabilities, and its gradient. With targets t, class weights w and
/// smoothing e, t' = (1 - e) t + e / C * sum t, a row's term is sum_c w_c t'_c (log sum exp z - z_c) and its weight sum_c w_c t_c;
/// a row of zeros counts for nothing. The loss is the sum of terms over the sum of weights.
/// </summary>
internal sealed unsafe class CrossEntropy(VectorWidth width, int rows, int classes, float smoothing)
{
    private readonly int rowsPerUnit = Math.Max(1, 4096 / Math.Max(1, classes));

    /// <summary>Work units.</summary>
    public int Rows => (rows + rowsPerUnit - 1) / rowsPerUnit;

    /// <summary>Writes each row's term and weight.</summary>
    /// <param name="weights">One per class, or null for 1.</param>
    public void Terms(int begin, int end, float* logits, float* targets, float* weights, float* terms, float* counts)
    {
        var pass = new Pass { Owner = this, Begin = begin, End = end, Z = logits, T = targets, W = weights, Terms = terms, Counts = counts };
        VectorDispatch.Run(width, ref pass);
    }

    /// <summary>Writes the gradient of factor * loss with respect to the logits.</summary>
    public void Gradient(int begin, int end, float* logits, float* targets, float* weights, float factor, float* counts, float* output)
    {
        double count = Total(counts);
        var pass = new Pass
        {
            Owner = this, Begin = begin, End = end, Z = logits, T = targets, W = weights, Output = output,
            Factor = count == 0 ? 0 : (float)(factor / count),
        };
        VectorDispatch.Run(width, ref pass);
    }

    /// <summary>The loss from all terms and weights; 0 where no row counts.</summary>
    public float Loss(float* terms, float* counts) => Total(counts) is var count && count == 0 ? 0 : (float)(Total(terms) / count);

    private double Total(float* values)
    {
        double sum = 0;
        for (int n = 0; n < rows; n++)
            sum += values[n];
        return sum;
    }

    private struct Pass : IVectorAction
    {
        public CrossEntropy Owner;
        public int Begin, End;
        public float* Z, T, W, Terms, Counts, Output;
        public float Factor;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            (int first, int last, int classes) = (Begin * Owner.rowsPerUnit, Math.Min(Owner.Total(), End * Owner.rowsPerUnit), Owner.Classes);
            for (int n = first; n < last; n++)
                Row<V>(n, Z + (long)n * classes, T + (long)n * classes, classes);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Row<V>(int n, float* z, float* t, int classes) where V : unmanaged, IVector<V>
        {
            V top = V.Create(float.NegativeInfinity), targets = V.Create(0);
            for (int i = 0; i < classes; i += V.Count)
            {
                int count = Math.Min(V.Count, classes - i);
                top = V.Max(top, First(V.LoadPartial(z + i, count), count, float.NegativeInfinity));
                targets += V.LoadPartial(t + i, count);
            }
            float largest = V.Largest(top), each = Owner.Smoothing * V.Sum(targets) / classes;
            V shift = V.Create(largest), sum = V.Create(0);
            for (int i = 0; i < classes; i += V.Count)
            {
                int count = Math.Min(V.Count, classes - i);
                sum += First(VectorMath.Exp(V.LoadPartial(z + i, count) - shift), count, 0);
            }
            float total = V.Sum(sum);
            V normalizer = V.Create(largest + MathF.Log(total)), smooth = V.Create(each), kept = V.Create(1 - Owner.Smoothing);
            V term = V.Create(0), plain = V.Create(0), weight = V.Create(0);
            for (int i = 0; i < classes; i += V.Count)
            {
                int count = Math.Min(V.Count, classes - i);
                (V w, V target) = (Weight<V>(i, count), V.LoadPartial(t + i, count));
                V wanted = w * V.Fma(target, kept, smooth);
                term += wanted * (normalizer - V.LoadPartial(z + i, count));
                plain += w * target;
                weight += wanted;
            }
            if (Output == null)
            {
                (Terms[n], Counts[n]) = (V.Sum(term), V.Sum(plain));
                return;
            }
            float* y = Output + (long)n * classes;
            V scale = V.Create(V.Sum(weight) / total), factor = V.Create(Factor);
            for (int i = 0; i < classes; i += V.Count)
            {
                int count = Math.Min(V.Count, classes - i);
                V wanted = Weight<V>(i, count) * V.Fma(V.LoadPartial(t + i, count), kept, smooth);
                V.StorePartial((VectorMath.Exp(V.LoadPartial(z + i, count) - shift) * scale - wanted) * factor, y + i, count);
            }
        }

        // Lanes beyond the classes weigh nothing.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly V Weight<V>(int at, int count) where V : unmanaged, IVector<V> =>
            W == null ? First(V.Create(1), count, 0) : V.LoadPartial(W + at, count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V First<V>(V value, int count, float rest) where V : unmanaged, IVector<V>
        {
            if (count == V.Count)
                return value;
            V lanes = V.Create(rest);
            V.StorePartial(value, (float*)&lanes, count);
            return lanes;
        }
    }

    private int Classes => classes;
    private float Smoothing => smoothing;
    private int Total() => rows;
}
