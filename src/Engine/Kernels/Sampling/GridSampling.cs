namespace LiveCam.Engine.Kernels;

/// <summary>
/// Row-major pictures [n][c][places] sampled at the coordinates of a grid [n][points][axes], the fastest axis first in each: forward and what
/// comes back. One row is a picture. Scalar code.
/// </summary>
/// <param name="extents">Of the two or three spatial axes, the slowest first.</param>
internal sealed unsafe class GridSampling(GridTaps rule, int pictures, int channels, int[] extents, int points)
{
    private readonly int axes = extents.Length, places = extents.Aggregate(1, (a, b) => a * b);

    public int Rows => pictures;

    /// <summary>y[n][c][point]; allocates nothing.</summary>
    public void Run(int begin, int end, float* x, float* grid, float* y)
    {
        var taps = new Point();
        for (int n = begin; n < end; n++)
            for (int p = 0; p < points; p++)
            {
                Find(ref taps, grid + ((long)n * points + p) * axes);
                for (int c = 0; c < channels; c++)
                {
                    float* picture = x + ((long)n * channels + c) * places;
                    float sum = 0;
                    for (int i = 0; i < taps.Count; i++)
                        sum += taps.Weights[i] * picture[taps.Places[i]];
                    y[((long)n * channels + c) * points + p] = sum;
                }
            }
    }

    /// <summary>The gradient with respect to the pictures.</summary>
    public void RunInputGradient(int begin, int end, float* dy, float* grid, float* dx)
    {
        var taps = new Point();
        new Span<float>(dx + (long)begin * channels * places, checked((end - begin) * channels * places)).Clear();
        for (int n = begin; n < end; n++)
            for (int p = 0; p < points; p++)
            {
                Find(ref taps, grid + ((long)n * points + p) * axes);
                for (int c = 0; c < channels; c++)
                    for (int i = 0; i < taps.Count; i++)
                        dx[((long)n * channels + c) * places + taps.Places[i]] += taps.Weights[i] * dy[((long)n * channels + c) * points + p];
            }
    }

    /// <summary>The gradient with respect to the grid.</summary>
    public void RunGridGradient(int begin, int end, float* dy, float* x, float* grid, float* dGrid)
    {
        var taps = new Point();
        for (int n = begin; n < end; n++)
            for (int p = 0; p < points; p++)
            {
                float* at = grid + ((long)n * points + p) * axes, to = dGrid + ((long)n * points + p) * axes;
                Find(ref taps, at);
                for (int axis = 0; axis < axes; axis++)
                {
                    float sum = 0;
                    for (int c = 0; c < channels; c++)
                    {
                        float* picture = x + ((long)n * channels + c) * places;
                        float slope = 0;
                        for (int i = 0; i < taps.Count; i++)
                            slope += taps.Slopes[axis * Point.Most + i] * picture[taps.Places[i]];
                        sum += slope * dy[((long)n * channels + c) * points + p];
                    }
                    to[axis] = sum;
                }
            }
    }

    /// <summary>All places that make up one point, those outside left out.</summary>
    private void Find(ref Point point, float* coordinates)
    {
        Span<int> place = stackalloc int[3 * GridTaps.Most];
        Span<float> weight = stackalloc float[3 * GridTaps.Most], slope = stackalloc float[3 * GridTaps.Most];
        for (int axis = 0; axis < axes; axis++)
        {
            Range range = (axis * GridTaps.Most)..((axis + 1) * GridTaps.Most);
            rule.Find(coordinates[axis], extents[axes - 1 - axis], place[range], weight[range], slope[range]);
        }
        int each = rule.Count, all = axes == 3 ? each * each * each : axes == 2 ? each * each : each;
        point.Count = 0;
        for (int number = 0; number < all; number++)
        {
            int index = 0, step = 1;
            float product = 1;
            bool inside = true;
            for (int axis = 0, rest = number; axis < axes; rest /= each, axis++)
            {
                int tap = axis * GridTaps.Most + rest % each;
                inside &= place[tap] >= 0;
                index += place[tap] * step;
                step *= extents[axes - 1 - axis];
                product *= weight[tap];
            }
            if (!inside)
                continue;
            point.Places[point.Count] = index;
            point.Weights[point.Count] = product;
            for (int turned = 0; turned < axes; turned++)
            {
                float derivative = 1;
                for (int axis = 0, rest = number; axis < axes; rest /= each, axis++)
                    derivative *= (axis == turned ? slope : weight)[axis * GridTaps.Most + rest % each];
                point.Slopes[turned * Point.Most + point.Count] = derivative;
            }
            point.Count++;
        }
    }

    private struct Point
    {
        public const int Most = GridTaps.Most * GridTaps.Most * GridTaps.Most;

        public int Count;
        public fixed int Places[Most];
        public fixed float Weights[Most];
        public fixed float Slopes[3 * Most];
    }
}
