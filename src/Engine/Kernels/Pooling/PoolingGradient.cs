using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The gradient of a maximum or average over windows with respect to its input, channels in the lanes. A maximum passes its gradient to
/// the first largest element of the window in scan order, an average an equal share to each. Rows are channels of an image:
/// within one, windows are visited in order, so sums where they overlap have the same bits on any number of threads.
/// </summary>
internal sealed unsafe class PoolingGradient
{
    private const int RowChannels = 64;

    private readonly PoolGeometry g;
    private readonly bool average;
    private readonly int xPitch, slices;
    private readonly VectorWidth width;

    private PoolingGradient(in PoolGeometry forward, bool average, int xPitch, VectorWidth width)
    {
        g = forward;
        (this.average, this.xPitch, this.width) = (average, xPitch, width);
        if (g.InputPitch < g.C || g.OutputPitch < g.C)
            throw new ArgumentException($"A pooling of {g.C} channels needs pitches of at least that, not {g.InputPitch} and {g.OutputPitch}.", nameof(forward));
        slices = (g.C + RowChannels - 1) / RowChannels;
        Rows = g.N * slices;
    }

    /// <param name="forward">The forward pooling; its pitches are those of the two gradients.</param>
    /// <param name="xPitch">Floats from one pixel of the forward input to the next.</param>
    public static PoolingGradient Max(in PoolGeometry forward, int xPitch, VectorWidth width) => new(forward, false, xPitch, width);

    public static PoolingGradient Average(in PoolGeometry forward, VectorWidth width) => new(forward, true, 0, width);

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/> (exclusive). Allocates nothing.</summary>
    /// <param name="x">The forward input; not read for an average.</param>
    public void Run(int begin, int end, float* outputGradient, float* x, float* inputGradient)
    {
        for (int unit = begin; unit < end; unit++)
        {
            int n = unit / slices, first = unit % slices * RowChannels;
            var image = new Image
            {
                G = g,
                Average = average,
                Number = n,
                Channels = Math.Min(RowChannels, g.C - first),
                XPitch = xPitch,
                X = x + (long)n * g.D * g.H * g.W * xPitch + first,
                InputGradient = inputGradient + (long)n * g.D * g.H * g.W * g.InputPitch + first,
                OutputGradient = outputGradient + (long)n * g.OutD * g.OutH * g.OutW * g.OutputPitch + first,
            };
            VectorDispatch.Run(width, ref image);
        }
    }

    private struct Image : IVectorAction
    {
        public PoolGeometry G;
        public bool Average;
        public int Number, Channels, XPitch;
        public float* X, InputGradient, OutputGradient;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            bool tiles = G.Tiles;
            if (!tiles) Clear<V>();
            float* dy = OutputGradient;
            for (int row = 0; row < G.OutD * G.OutH; row++)
            {
                PoolGeometry.Window window = G.RowWindow(Number * G.OutD * G.OutH + row);
                long start = ((long)window.Planes.First * G.H + window.Rows.First) * G.W;
                for (int w = 0; w < G.OutW; w++, dy += G.OutputPitch)
                {
                    PoolGeometry.Span columns = G.ColumnSpan(w);
                    var box = new Box { Planes = window.Planes.Inside, Rows = window.Rows.Inside, Columns = columns.Inside };
                    if (box.Planes * box.Rows * box.Columns == 0)
                        continue;
                    float* dx = InputGradient + (start + columns.First) * G.InputPitch;
                    for (int c = 0; c < Channels; c += V.Count)
                    {
                        int lanes = Math.Min(V.Count, Channels - c);
                        V gradient = V.LoadPartial(dy + c, lanes);
                        if (!Average)
                            ToLargest(box, tiles, X + (start + columns.First) * XPitch + c, gradient, dx + c, lanes);
                        else
                        {
                            int count = G.CountPadding
                                ? window.Planes.Counted * window.Rows.Counted * columns.Counted
                                : box.Planes * box.Rows * box.Columns;
                            ToAll(box, tiles, gradient * V.Create(1f / count), dx + c, lanes);
                        }
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void ToLargest<V>(in Box box, bool tiles, float* x, V gradient, float* dx, int lanes) where V : unmanaged, IVector<V>
        {
            if (tiles && box is { Planes: 1, Rows: 2, Columns: 2 })
            {
                ToLargestOfFour(x, gradient, dx, lanes);
                return;
            }
            V most = V.LoadPartial(x, lanes), place = V.Create(0);
            int number = 0;
            for (int d = 0; d < box.Planes; d++)
                for (int h = 0; h < box.Rows; h++)
                    for (int w = 0; w < box.Columns; w++, number++)
                    {
                        V value = V.LoadPartial(x + Pixel(d, h, w) * XPitch, lanes), larger = V.Less(most, value);
                        most = V.Select(larger, value, most);
                        place = V.Select(larger, V.Create(number), place);
                    }
            number = 0;
            V zero = V.Create(0);
            for (int d = 0; d < box.Planes; d++)
                for (int h = 0; h < box.Rows; h++)
                    for (int w = 0; w < box.Columns; w++, number++)
                    {
                        float* at = dx + Pixel(d, h, w) * G.InputPitch;
                        V share = V.Select(V.Equal(place, V.Create(number)), gradient, zero);
                        V.StorePartial(tiles ? share : V.LoadPartial(at, lanes) + share, at, lanes);
                    }
        }

        // The same for the usual window, without loops and places.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void ToLargestOfFour<V>(float* x, V gradient, float* dx, int lanes) where V : unmanaged, IVector<V>
        {
            float* below = x + (nint)G.W * XPitch, dxBelow = dx + (nint)G.W * G.InputPitch;
            V most = V.LoadPartial(x, lanes), second = V.LoadPartial(x + XPitch, lanes), third = V.LoadPartial(below, lanes), fourth = V.LoadPartial(below + XPitch, lanes);
            V isSecond = V.Less(most, second);
            most = V.Select(isSecond, second, most);
            V isThird = V.Less(most, third);
            most = V.Select(isThird, third, most);
            V isFourth = V.Less(most, fourth), zero = V.Create(0);
            V.StorePartial(V.Select(isFourth, gradient, zero), dxBelow + G.InputPitch, lanes);
            gradient = V.Select(isFourth, zero, gradient);
            V.StorePartial(V.Select(isThird, gradient, zero), dxBelow, lanes);
            gradient = V.Select(isThird, zero, gradient);
            V.StorePartial(V.Select(isSecond, gradient, zero), dx + G.InputPitch, lanes);
            V.StorePartial(V.Select(isSecond, zero, gradient), dx, lanes);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void ToAll<V>(in Box box, bool tiles, V share, float* dx, int lanes) where V : unmanaged, IVector<V>
        {
            for (int d = 0; d < box.Planes; d++)
                for (int h = 0; h < box.Rows; h++)
                    for (int w = 0; w < box.Columns; w++)
                    {
                        float* at = dx + Pixel(d, h, w) * G.InputPitch;
                        V.StorePartial(tiles ? share : V.LoadPartial(at, lanes) + share, at, lanes);
                    }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Clear<V>() where V : unmanaged, IVector<V>
        {
            float* dx = InputGradient;
            for (int p = 0; p < G.D * G.H * G.W; p++, dx += G.InputPitch)
                for (int c = 0; c < Channels; c += V.Count)
                    V.StorePartial(V.Create(0), dx + c, Math.Min(V.Count, Channels - c));
        }

        /// <summary>A pixel of the window, counted from its first.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly nint Pixel(int d, int h, int w) => ((nint)d * G.DilationD * G.H + (nint)h * G.DilationH) * G.W + (nint)w * G.DilationW;
    }

    private struct Box
    {
        public int Planes, Rows, Columns;
    }
}
