using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// What softmax passes back along rows of dense memory: y (dy - sum dy y); of its logarithm, dy - exp(y) sum dy. A row's elements lie
/// <paramref name="inner"/> apart; lanes run along rows where that is 1, else across them.
/// </summary>
internal sealed unsafe class SoftmaxGradient(VectorWidth width, int outer, int length, int inner, bool logarithm)
{
    private readonly int perUnit = Math.Max(1, 8192 / Math.Max(1, length * inner));

    public int Rows => (outer + perUnit - 1) / perUnit;

    public void Run(int begin, int end, float* y, float* dy, float* dx)
    {
        var pass = new Pass { Owner = this, From = begin * perUnit, To = Math.Min(outer, end * perUnit), Y = y, Dy = dy, Dx = dx };
        VectorDispatch.Run(width, ref pass);
    }

    private int Length => length;
    private int Inner => inner;
    private bool Logarithm => logarithm;

    private struct Pass : IVectorAction
    {
        public SoftmaxGradient Owner;
        public int From, To;
        public float* Y, Dy, Dx;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            (int length, int inner) = (Owner.Length, Owner.Inner);
            for (int row = From; row < To; row++)
            {
                long at = (long)row * length * inner;
                if (inner == 1)
                    Along<V>(Y + at, Dy + at, Dx + at, length);
                else
                    for (int i = 0; i < inner; i += V.Count)
                        Across<V>(Y + at + i, Dy + at + i, Dx + at + i, length, inner, Math.Min(V.Count, inner - i));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Along<V>(float* y, float* dy, float* dx, int length) where V : unmanaged, IVector<V>
        {
            V sum = V.Create(0);
            for (int i = 0; i < length; i += V.Count)
            {
                int lanes = Math.Min(V.Count, length - i);
                V back = V.LoadPartial(dy + i, lanes);
                sum += Owner.Logarithm ? back : back * V.LoadPartial(y + i, lanes);
            }
            V total = V.Create(V.Sum(sum));
            for (int i = 0; i < length; i += V.Count)
            {
                int lanes = Math.Min(V.Count, length - i);
                V.StorePartial(Passed(V.LoadPartial(y + i, lanes), V.LoadPartial(dy + i, lanes), total), dx + i, lanes);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Across<V>(float* y, float* dy, float* dx, int length, int inner, int lanes) where V : unmanaged, IVector<V>
        {
            V total = V.Create(0);
            for (int i = 0; i < length; i++)
            {
                V back = V.LoadPartial(dy + (long)i * inner, lanes);
                total += Owner.Logarithm ? back : back * V.LoadPartial(y + (long)i * inner, lanes);
            }
            for (int i = 0; i < length; i++)
                V.StorePartial(Passed(V.LoadPartial(y + (long)i * inner, lanes), V.LoadPartial(dy + (long)i * inner, lanes), total), dx + (long)i * inner, lanes);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly V Passed<V>(V y, V dy, V total) where V : unmanaged, IVector<V> =>
            Owner.Logarithm ? dy - VectorMath.Exp(y) * total : y * (dy - total);
    }
}
