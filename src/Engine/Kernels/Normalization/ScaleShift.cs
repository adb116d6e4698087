using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// y = clamp(x * scale + shift) over strided memory: batch normalization at inference with scale and shift per channel, and
/// its ReLU. Scale and shift share their strides; a stride of 0 holds them constant.
/// </summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="x">Strides of the input in floats.</param>
/// <param name="channel">Strides of scale and shift: 1 for the channel axis, 0 for the others.</param>
/// <param name="y">Strides of the output.</param>
internal sealed unsafe class ScaleShift(VectorWidth width, ReadOnlySpan<int> dims, ReadOnlySpan<long> x, ReadOnlySpan<long> channel, ReadOnlySpan<long> y)
{
    private readonly StridedLoop loop = new(dims, x.ToArray(), channel.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/>; input and output may be the same memory.</summary>
    /// <param name="activation">A clamp (<see cref="Activation.IsClamp"/>).</param>
    public void Run(int begin, int end, float* input, float* scale, float* shift, float* output, in Activation activation)
    {
        var lines = new Lines
        {
            Loop = loop, Begin = begin, End = end, X = input, Scale = scale, Shift = shift, Y = output,
            Lowest = activation.Lowest, Highest = activation.Highest,
        };
        VectorDispatch.Run(width, ref lines);
    }

    private struct Lines : IVectorAction
    {
        public StridedLoop Loop;
        public int Begin, End;
        public float* X, Scale, Shift, Y;
        public float Lowest, Highest;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            V lowest = V.Create(Lowest), highest = V.Create(Highest);
            long sx = Loop.Strides[0], sc = Loop.Strides[1], sy = Loop.Strides[2];
            StridedLoop.Cursor run = Loop.Walk(Begin, End);
            while (run.Next())
            {
                long x = run.Offset(0), c = run.Offset(1), y = run.Offset(2);
                for (int line = 0; line < run.Lines; line++, x += run.Step(0), c += run.Step(1), y += run.Step(2))
                {
                    int i = 0;
                    if (sx == 1 && sy == 1 && sc == 1)
                        i = Dense(X + x, Scale + c, Shift + c, Y + y, run.Length, lowest, highest);
                    for (; i < run.Length; i += V.Count)
                    {
                        int lanes = Math.Min(V.Count, run.Length - i);
                        V scale = StridedLanes.Load<V>(Scale + c + i * sc, sc, lanes), shift = StridedLanes.Load<V>(Shift + c + i * sc, sc, lanes);
                        V value = V.Fma(StridedLanes.Load<V>(X + x + i * sx, sx, lanes), scale, shift);
                        StridedLanes.Store(V.Min(highest, V.Max(lowest, value)), Y + y + i * sy, sy, lanes);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int Dense<V>(float* x, float* scale, float* shift, float* y, int length, V lowest, V highest)
            where V : unmanaged, IVector<V>
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                V.Store(V.Min(highest, V.Max(lowest, V.Fma(V.Load(x + i), V.Load(scale + i), V.Load(shift + i)))), y + i);
            return i;
        }
    }
}
