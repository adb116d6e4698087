using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>A function of one value; a struct whose fields are the function's constants.</summary>
internal interface IUnaryBody
{
    V Apply<V>(V x) where V : unmanaged, IVector<V>;
}

/// <summary>A function of two values; a struct whose fields are the function's constants.</summary>
internal interface IBinaryBody
{
    V Apply<V>(V a, V b) where V : unmanaged, IVector<V>;
}

/// <summary>y = f(x) over strided operands.</summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="x">Strides of the input in floats, one per extent; 0 broadcasts.</param>
/// <param name="y">Strides of the output.</param>
internal sealed unsafe class UnaryElementwise<TBody>(VectorWidth width, TBody body, ReadOnlySpan<int> dims, ReadOnlySpan<long> x, ReadOnlySpan<long> y)
    where TBody : struct, IUnaryBody
{
    private readonly StridedLoop loop = new(dims, x.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/>; the operands may be the same memory.</summary>
    public void Run(int begin, int end, float* input, float* output)
    {
        var lines = new Lines { Body = body, Loop = loop, Begin = begin, End = end, X = input, Y = output };
        VectorDispatch.Run(width, ref lines);
    }

    private struct Lines : IVectorAction
    {
        public TBody Body;
        public StridedLoop Loop;
        public int Begin, End;
        public float* X, Y;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            long sx = Loop.Strides[0], sy = Loop.Strides[1];
            StridedLoop.Cursor run = Loop.Walk(Begin, End);
            while (run.Next())
            {
                float* x = X + run.Offset(0), y = Y + run.Offset(1);
                for (int i = 0; i < run.Lines; i++, x += run.Step(0), y += run.Step(1))
                {
                    if (sx == 1 && sy == 1)
                        Dense<V>(Body, x, y, run.Length);
                    else
                        Strided<V>(Body, x, sx, y, sy, run.Length);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Dense<V>(TBody body, float* x, float* y, int length) where V : unmanaged, IVector<V>
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                V.Store(body.Apply(V.Load(x + i)), y + i);
            if (i < length)
                V.StorePartial(body.Apply(V.LoadPartial(x + i, length - i)), y + i, length - i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Strided<V>(TBody body, float* x, long sx, float* y, long sy, int length) where V : unmanaged, IVector<V>
        {
            for (int i = 0; i < length; i += V.Count)
            {
                int count = Math.Min(V.Count, length - i);
                StridedLanes.Store(body.Apply(StridedLanes.Load<V>(x + i * sx, sx, count)), y + i * sy, sy, count);
            }
        }
    }
}

/// <summary>y = f(a, b) over strided operands.</summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="a">Strides of the first input in floats, one per extent; 0 broadcasts.</param>
/// <param name="b">Strides of the second input.</param>
/// <param name="y">Strides of the output.</param>
internal sealed unsafe class BinaryElementwise<TBody>(
    VectorWidth width, TBody body, ReadOnlySpan<int> dims, ReadOnlySpan<long> a, ReadOnlySpan<long> b, ReadOnlySpan<long> y)
    where TBody : struct, IBinaryBody
{
    private readonly StridedLoop loop = new(dims, a.ToArray(), b.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/>; the output may be either input's memory
    /// where both have the same strides.</summary>
    public void Run(int begin, int end, float* first, float* second, float* output)
    {
        var lines = new Lines { Body = body, Loop = loop, Begin = begin, End = end, A = first, B = second, Y = output };
        VectorDispatch.Run(width, ref lines);
    }

    private struct Lines : IVectorAction
    {
        public TBody Body;
        public StridedLoop Loop;
        public int Begin, End;
        public float* A, B, Y;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            long sa = Loop.Strides[0], sb = Loop.Strides[1], sy = Loop.Strides[2];
            bool vectors = sa is 0 or 1 && sb is 0 or 1 && sy == 1;
            StridedLoop.Cursor run = Loop.Walk(Begin, End);
            while (run.Next())
            {
                float* a = A + run.Offset(0), b = B + run.Offset(1), y = Y + run.Offset(2);
                for (int i = 0; i < run.Lines; i++, a += run.Step(0), b += run.Step(1), y += run.Step(2))
                {
                    if (!vectors)
                        Strided<V>(Body, a, sa, b, sb, y, sy, run.Length);
                    else if (sa == 1 && sb == 1)
                        VectorVector<V>(Body, a, b, y, run.Length);
                    else if (sa == 1)
                        VectorScalar<V>(Body, a, *b, y, run.Length);
                    else if (sb == 1)
                        ScalarVector<V>(Body, *a, b, y, run.Length);
                    else
                        Strided<V>(Body, a, sa, b, sb, y, sy, run.Length);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void VectorVector<V>(TBody body, float* a, float* b, float* y, int length) where V : unmanaged, IVector<V>
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                V.Store(body.Apply(V.Load(a + i), V.Load(b + i)), y + i);
            int rest = length - i;
            if (rest > 0)
                V.StorePartial(body.Apply(V.LoadPartial(a + i, rest), V.LoadPartial(b + i, rest)), y + i, rest);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void VectorScalar<V>(TBody body, float* a, float b, float* y, int length) where V : unmanaged, IVector<V>
        {
            V scalar = V.Create(b);
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                V.Store(body.Apply(V.Load(a + i), scalar), y + i);
            if (i < length)
                V.StorePartial(body.Apply(V.LoadPartial(a + i, length - i), scalar), y + i, length - i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ScalarVector<V>(TBody body, float a, float* b, float* y, int length) where V : unmanaged, IVector<V>
        {
            V scalar = V.Create(a);
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                V.Store(body.Apply(scalar, V.Load(b + i)), y + i);
            if (i < length)
                V.StorePartial(body.Apply(scalar, V.LoadPartial(b + i, length - i)), y + i, length - i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Strided<V>(TBody body, float* a, long sa, float* b, long sb, float* y, long sy, int length)
            where V : unmanaged, IVector<V>
        {
            for (int i = 0; i < length; i += V.Count)
            {
                int count = Math.Min(V.Count, length - i);
                V value = body.Apply(StridedLanes.Load<V>(a + i * sa, sa, count), StridedLanes.Load<V>(b + i * sb, sb, count));
                StridedLanes.Store(value, y + i * sy, sy, count);
            }
        }
    }
}
