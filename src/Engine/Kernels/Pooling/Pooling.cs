using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Maximum or average over windows of channels-last memory, channels in the lanes. Rows are groups of output rows.
/// An average over no element at all is 0, a maximum negative infinity.
/// </summary>
internal sealed unsafe class Pooling
{
    private const int UnitReads = 131072;

    private readonly PoolGeometry g;
    private readonly bool average;
    private readonly VectorWidth width;
    private readonly int rowsPerUnit;

    private Pooling(in PoolGeometry geometry, bool average, VectorWidth width)
    {
        g = geometry;
        this.average = average;
        this.width = width;
        if (g.InputPitch < g.C || g.OutputPitch < g.C)
            throw new ArgumentException($"A pooling of {g.C} channels needs pitches of at least that, not {g.InputPitch} and {g.OutputPitch}.", nameof(geometry));
        long reads = Math.Max(1, (long)g.OutW * g.C * g.KernelD * g.KernelH * g.KernelW);
        rowsPerUnit = (int)Math.Clamp(4 * UnitReads / reads, 1, Math.Max(1, (g.OutputRows + 3) / 4));
        Rows = g.C == 0 || g.OutW == 0 ? 0 : (g.OutputRows + rowsPerUnit - 1) / rowsPerUnit;
    }

    public static Pooling Max(in PoolGeometry geometry, VectorWidth width) => new(geometry, false, width);
    public static Pooling Average(in PoolGeometry geometry, VectorWidth width) => new(geometry, true, width);

    /// <summary>The maximum or mean of every whole picture: [N][pixels][C] to one pixel per image.</summary>
    public static Pooling Global(bool average, int n, int pixels, int c, int inputPitch, int outputPitch, VectorWidth width) => new(new PoolGeometry
    {
        N = n, W = pixels, KernelW = pixels, C = c, InputPitch = inputPitch, OutputPitch = outputPitch,
    }, average, width);

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/> (exclusive). Allocates nothing.</summary>
    public void Run(int begin, int end, float* input, float* output)
    {
        var rows = new RowRange
        {
            G = g,
            Average = average,
            Begin = begin * rowsPerUnit,
            End = Math.Min(g.OutputRows, end * rowsPerUnit),
            Input = input,
            Output = output,
        };
        VectorDispatch.Run(width, ref rows);
    }

    private struct RowRange : IVectorAction
    {
        public PoolGeometry G;
        public bool Average;
        public int Begin, End;
        public float* Input, Output;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            Box box = default;
            box.RowStep = (nint)G.DilationH * G.W * G.InputPitch;
            box.PlaneStep = (nint)G.DilationD * G.H * G.W * G.InputPitch;
            box.ColumnStep = (nint)G.DilationW * G.InputPitch;
            for (int row = Begin; row < End; row++)
            {
                PoolGeometry.Window window = G.RowWindow(row);
                box.Planes = window.Planes.Inside;
                box.Rows = window.Rows.Inside;
                float* y = Output + (long)row * G.OutW * G.OutputPitch;
                float* start = Input + (((long)window.Image * G.D + window.Planes.First) * G.H + window.Rows.First) * G.W * G.InputPitch;
                for (int w = 0; w < G.OutW; w++, y += G.OutputPitch)
                {
                    PoolGeometry.Span columns = G.ColumnSpan(w);
                    box.Columns = columns.Inside;
                    float* x = start + (nint)columns.First * G.InputPitch;
                    if (!Average)
                        Largest<V>(box, x, y, G.C);
                    else
                    {
                        int count = G.CountPadding
                            ? window.Planes.Counted * window.Rows.Counted * columns.Counted
                            : box.Planes * box.Rows * box.Columns;
                        Mean<V>(box, x, y, G.C, count > 0 ? 1f / count : 0);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Largest<V>(in Box box, float* x, float* y, int channels) where V : unmanaged, IVector<V>
        {
            V lowest = V.Create(float.NegativeInfinity);
            int c = 0;
            for (; c + 2 * V.Count <= channels; c += 2 * V.Count)
            {
                V first = lowest, second = lowest;
                for (int d = 0; d < box.Planes; d++)
                    for (int h = 0; h < box.Rows; h++)
                    {
                        float* at = x + c + d * box.PlaneStep + h * box.RowStep;
                        for (int w = 0; w < box.Columns; w++, at += box.ColumnStep)
                        {
                            first = V.Max(first, V.Load(at));
                            second = V.Max(second, V.Load(at + V.Count));
                        }
                    }
                V.Store(first, y + c);
                V.Store(second, y + c + V.Count);
            }
            for (; c < channels; c += V.Count)
            {
                int count = Math.Min(V.Count, channels - c);
                V most = lowest;
                for (int d = 0; d < box.Planes; d++)
                    for (int h = 0; h < box.Rows; h++)
                    {
                        float* at = x + c + d * box.PlaneStep + h * box.RowStep;
                        for (int w = 0; w < box.Columns; w++, at += box.ColumnStep)
                            most = V.Max(most, V.LoadPartial(at, count));
                    }
                V.StorePartial(most, y + c, count);
            }
        }

        // One sum per kernel row, so that a global average adds rows and not one long chain.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Mean<V>(in Box box, float* x, float* y, int channels, float scale) where V : unmanaged, IVector<V>
        {
            V zero = V.Create(0), factor = V.Create(scale);
            for (int c = 0; c < channels; c += V.Count)
            {
                int count = Math.Min(V.Count, channels - c);
                V total = zero;
                for (int d = 0; d < box.Planes; d++)
                    for (int h = 0; h < box.Rows; h++)
                    {
                        float* at = x + c + d * box.PlaneStep + h * box.RowStep;
                        for (int w = 0; w < box.Columns;)
                        {
                            V sum = zero;
                            int stop = Math.Min(box.Columns, w + 32);
                            if (count == V.Count)
                                for (; w < stop; w++, at += box.ColumnStep)
                                    sum += V.Load(at);
                            else
                                for (; w < stop; w++, at += box.ColumnStep)
                                    sum += V.LoadPartial(at, count);
                            total += sum;
                        }
                    }
                V.StorePartial(total * factor, y + c, count);
            }
        }
    }

    private struct Box
    {
        public int Planes, Rows, Columns;
        public nint PlaneStep, RowStep, ColumnStep;
    }
}
