using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// y = (x - center) * factor * scale + shift over strided operands. Center and factor share their strides, scale and shift theirs;
/// each of the four may be missing.
/// </summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="x">Strides of the input in floats.</param>
/// <param name="statistic">Strides of center and factor, 0 along what was reduced.</param>
/// <param name="scale">Strides of scale and shift; 0 broadcasts.</param>
/// <param name="y">Strides of the output.</param>
internal sealed unsafe class Standardize(
    VectorWidth width, ReadOnlySpan<int> dims, ReadOnlySpan<long> x, ReadOnlySpan<long> statistic, ReadOnlySpan<long> scale, ReadOnlySpan<long> y)
{
    private readonly StridedLoop loop = new(dims, x.ToArray(), statistic.ToArray(), scale.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/>; the output may be the input's memory with the same strides.</summary>
    public void Run(int begin, int end, float* input, float* center, float* factor, float* scale, float* shift, float* output)
    {
        var lines = new Lines { Loop = loop, Begin = begin, End = end, X = input, Center = center, Factor = factor, Scale = scale, Shift = shift, Y = output };
        VectorDispatch.Run(width, ref lines);
    }

    private struct Lines : IVectorAction
    {
        public StridedLoop Loop;
        public int Begin, End;
        public float* X, Center, Factor, Scale, Shift, Y;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            StridedLoop.Cursor run = Loop.Walk(Begin, End);
            while (run.Next())
                for (int line = 0; line < run.Lines; line++)
                    Line<V>(run.Length, run.Offset(0) + line * run.Step(0), run.Offset(1) + line * run.Step(1),
                        run.Offset(2) + line * run.Step(2), run.Offset(3) + line * run.Step(3));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Line<V>(int length, long x, long statistic, long scale, long y) where V : unmanaged, IVector<V>
        {
            long sx = Loop.Strides[0], st = Loop.Strides[1], ss = Loop.Strides[2], sy = Loop.Strides[3];
            for (int i = 0; i < length; i += V.Count)
            {
                int count = Math.Min(V.Count, length - i);
                V value = StridedLanes.Load<V>(X + x + i * sx, sx, count);
                if (Center != null)
                    value -= StridedLanes.Load<V>(Center + statistic + i * st, st, count);
                value *= StridedLanes.Load<V>(Factor + statistic + i * st, st, count);
                if (Scale != null)
                    value *= StridedLanes.Load<V>(Scale + scale + i * ss, ss, count);
                if (Shift != null)
                    value += StridedLanes.Load<V>(Shift + scale + i * ss, ss, count);
                StridedLanes.Store(value, Y + y + i * sy, sy, count);
            }
        }
    }
}
