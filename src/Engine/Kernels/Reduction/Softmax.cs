using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Softmax or its logarithm along one axis of strided memory: lanes along the axis, or across neighbours where those are
/// contiguous and the axis is not. The largest element is subtracted first, so nothing overflows.
/// </summary>
internal sealed unsafe class Softmax
{
    private const int UnitElements = 8192;

    private readonly VectorWidth width;
    private readonly bool logarithm;
    private readonly StridedLoop loop;
    private readonly int length;
    private readonly long axisX, axisY;

    /// <param name="dims">Extents, slowest in memory first.</param>
    /// <param name="axis">The position in <paramref name="dims"/> of the axis along which the results sum to 1.</param>
    /// <param name="x">Strides of the input in floats.</param>
    /// <param name="y">Strides of the output.</param>
    /// <param name="logarithm">LogSoftmax.</param>
    public Softmax(VectorWidth width, ReadOnlySpan<int> dims, int axis, ReadOnlySpan<long> x, ReadOnlySpan<long> y, bool logarithm = false)
    {
        this.width = width;
        this.logarithm = logarithm;
        length = dims[axis];
        axisX = x[axis];
        axisY = y[axis];
        loop = new StridedLoop(Without(dims, axis), UnitElements / Math.Max(1, length), [Without(x, axis), Without(y, axis)]);
    }

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows => length == 0 ? 0 : loop.Rows;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/>; both operands may be the same memory with the same strides.</summary>
    public void Run(int begin, int end, float* input, float* output)
    {
        var lines = new Lines { Owner = this, Begin = begin, End = end, X = input, Y = output };
        VectorDispatch.Run(width, ref lines);
    }

    private struct Lines : IVectorAction
    {
        public Softmax Owner;
        public int Begin, End;
        public float* X, Y;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            long sx = Owner.loop.Strides[0], sy = Owner.loop.Strides[1];
            bool across = sx == 1 && sy == 1 && (Owner.axisX != 1 || Owner.axisY != 1);
            StridedLoop.Cursor run = Owner.loop.Walk(Begin, End);
            while (run.Next())
            {
                float* x = X + run.Offset(0), y = Y + run.Offset(1);
                for (int line = 0; line < run.Lines; line++, x += run.Step(0), y += run.Step(1))
                {
                    if (across)
                        for (int i = 0; i < run.Length; i += V.Count)
                            Owner.Across<V>(x + i, y + i, Math.Min(V.Count, run.Length - i));
                    else
                        for (int i = 0; i < run.Length; i++)
                            Owner.Along<V>(x + i * sx, y + i * sy);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Along<V>(float* x, float* y) where V : unmanaged, IVector<V>
    {
        float most = float.NegativeInfinity;
        int whole = length - length % V.Count;
        V most1 = V.Create(most);
        for (int i = 0; i < whole; i += V.Count)
            most1 = V.Max(most1, StridedLanes.Load<V>(x + i * axisX, axisX, V.Count));
        most = V.Largest(most1);
        for (int i = whole; i < length; i++)
            most = MathF.Max(most, x[i * axisX]);
        V top = V.Create(most), sum = V.Create(0);
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V e = VectorMath.Exp(StridedLanes.Load<V>(x + i * axisX, axisX, count) - top);
            if (count < V.Count)
                e = FirstLanes(e, count);
            sum += e;
            if (!logarithm)
                StridedLanes.Store(e, y + i * axisY, axisY, count);
        }
        float total = V.Sum(sum);
        V scale = V.Create(1 / total), shift = V.Create(MathF.Log(total));
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V value = logarithm
                ? StridedLanes.Load<V>(x + i * axisX, axisX, count) - top - shift
                : StridedLanes.Load<V>(y + i * axisY, axisY, count) * scale;
            StridedLanes.Store(value, y + i * axisY, axisY, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Across<V>(float* x, float* y, int count) where V : unmanaged, IVector<V>
    {
        V top = V.Create(float.NegativeInfinity), sum = V.Create(0);
        for (int i = 0; i < length; i++)
            top = V.Max(top, V.LoadPartial(x + i * axisX, count));
        for (int i = 0; i < length; i++)
        {
            V e = VectorMath.Exp(V.LoadPartial(x + i * axisX, count) - top);
            sum += e;
            if (!logarithm)
                V.StorePartial(e, y + i * axisY, count);
        }
        V scale = V.Create(1) / sum, shift = VectorMath.Log(sum);
        for (int i = 0; i < length; i++)
        {
            V value = logarithm ? V.LoadPartial(x + i * axisX, count) - top - shift : V.LoadPartial(y + i * axisY, count) * scale;
            V.StorePartial(value, y + i * axisY, count);
        }
    }

    // Lanes from count on become zero (they hold exp of whatever lies there).
    private static V FirstLanes<V>(V value, int count) where V : unmanaged, IVector<V>
    {
        V lanes = default;
        V.StorePartial(value, (float*)&lanes, count);
        return lanes;
    }

    internal static T[] Without<T>(ReadOnlySpan<T> values, int index) => [.. values[..index], .. values[(index + 1)..]];
}
