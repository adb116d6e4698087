using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>Resamples along one axis of a strided arrangement by <see cref="AxisWeights"/>; neighbouring elements of a line lie in the lanes.</summary>
/// <param name="extents">Of the other axes, the slowest first; the last is a line.</param>
/// <param name="from">Floats between neighbours of the input along the other axes.</param>
/// <param name="to">The same of the result.</param>
/// <param name="fromAxis">Floats between neighbours of the input along the axis.</param>
internal sealed unsafe class AxisResampling(VectorWidth width, AxisWeights weights, int[] extents, long[] from, long[] to, long fromAxis, long toAxis)
{
    private const int UnitElements = 8192, LongestPiece = 4096;

    private readonly int[] starts = [.. weights.Starts], places = [.. weights.Places];
    private readonly float[] factors = [.. weights.Weights], constants = [.. weights.Constants];
    private readonly int pieces = (extents[^1] + LongestPiece - 1) / LongestPiece;
    private readonly int lines = extents[..^1].Aggregate(1, (a, b) => a * b);
    private readonly int perRow = Math.Max(1, UnitElements / Math.Clamp(extents[^1], 1, LongestPiece));

    private long Pieces => (long)lines * weights.Count * pieces;

    /// <summary>Work units: groups of pieces of lines.</summary>
    public int Rows => (int)((Pieces + perRow - 1) / perRow);

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/> (exclusive). The operands must not overlap. Allocates nothing.</summary>
    public void Run(int begin, int end, float* x, float* y)
    {
        long last = Math.Min(Pieces, (long)end * perRow);
        for (long number = (long)begin * perRow; number < last; number++)
        {
            int piece = (int)(number % pieces), place = (int)(number / pieces % weights.Count);
            long source = (long)piece * LongestPiece * from[^1], target = (long)piece * LongestPiece * to[^1] + place * toAxis;
            long line = number / pieces / weights.Count;
            for (int axis = extents.Length - 2; axis >= 0; line /= extents[axis], axis--)
            {
                source += line % extents[axis] * from[axis];
                target += line % extents[axis] * to[axis];
            }
            fixed (int* all = places)
            fixed (float* factor = factors)
            {
                var action = new Line
                {
                    Places = all + starts[place], Factors = factor + starts[place], Terms = starts[place + 1] - starts[place], Constant = constants[place],
                    Length = Math.Min(LongestPiece, extents[^1] - piece * LongestPiece),
                    X = x + source, Y = y + target, AxisStep = fromAxis, FromStep = from[^1], ToStep = to[^1],
                };
                VectorDispatch.Run(width, ref action);
            }
        }
    }

    private struct Line : IVectorAction
    {
        public int* Places;
        public float* Factors, X, Y;
        public int Terms, Length;
        public float Constant;
        public long AxisStep, FromStep, ToStep;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            for (int i = 0; i < Length; i += V.Count)
            {
                int lanes = Math.Min(V.Count, Length - i);
                V sum = V.Create(Constant);
                for (int term = 0; term < Terms; term++)
                {
                    V value = StridedLanes.Load<V>(X + Places[term] * AxisStep + i * FromStep, FromStep, lanes);
                    // The first term is no sum: of a single place nothing but its value comes out, not even another zero's sign.
                    sum = term == 0 && Constant == 0 ? value * V.Create(Factors[term]) : V.Fma(value, V.Create(Factors[term]), sum);
                }
                StridedLanes.Store(sum, Y + i * ToStep, ToStep, lanes);
            }
        }
    }
}
