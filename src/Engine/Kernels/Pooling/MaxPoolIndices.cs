using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Maximum over windows for any element type, on row-major [N][C][D][H][W] or channels-last memory, with the position of
/// each maximum as ONNX wants it: the flat index into the row-major input. Scalar code.
/// </summary>
/// <param name="geometry">The windows; pitches are not used, the strides say where elements lie.</param>
/// <param name="input">Strides of N, C, D, H, W in elements.</param>
/// <param name="output">Strides of the values.</param>
/// <param name="places">Strides of the indices; those of the values where empty.</param>
/// <param name="columnMajor">ONNX storage_order 1: within a channel the index counts the first spatial axis fastest.</param>
internal sealed unsafe class MaxPoolIndices<T>(
    PoolGeometry geometry, ReadOnlySpan<long> input, ReadOnlySpan<long> output, bool columnMajor = false, ReadOnlySpan<long> places = default)
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly PoolGeometry g = geometry;
    private readonly long[] x = input.ToArray(), y = output.ToArray(), z = places.IsEmpty ? output.ToArray() : places.ToArray();

    /// <summary>One per output row.</summary>
    public int Rows => g.OutputRows;

    /// <summary>Computes rows <paramref name="begin"/> to <paramref name="end"/>; <paramref name="indices"/> may be null.</summary>
    public void Run(int begin, int end, T* source, T* values, long* indices)
    {
        for (int row = begin; row < end; row++)
        {
            PoolGeometry.Window window = g.RowWindow(row);
            int h = row % g.OutH, d = row / g.OutH % g.OutD;
            for (int w = 0; w < g.OutW; w++)
            {
                PoolGeometry.Span columns = g.ColumnSpan(w);
                for (int c = 0; c < g.C; c++)
                {
                    long to = window.Image * y[0] + c * y[1] + d * y[2] + h * y[3] + w * y[4];
                    values[to] = Largest(source + window.Image * x[0] + c * x[1], window, columns, out long index);
                    if (indices != null)
                        indices[window.Image * z[0] + c * z[1] + d * z[2] + h * z[3] + w * z[4]] = index < 0 ? -1 : ((long)window.Image * g.C + c) * g.D * g.H * g.W + index;
                }
            }
        }
    }

    private T Largest(T* channel, in PoolGeometry.Window window, PoolGeometry.Span columns, out long index)
    {
        T most = T.MinValue;
        index = -1;
        for (int i = 0; i < window.Planes.Inside; i++)
            for (int j = 0; j < window.Rows.Inside; j++)
                for (int k = 0; k < columns.Inside; k++)
                {
                    int d = window.Planes.First + i * g.DilationD, h = window.Rows.First + j * g.DilationH, w = columns.First + k * g.DilationW;
                    T value = channel[d * x[2] + h * x[3] + w * x[4]];
                    if (index >= 0 && !(value > most))
                        continue;
                    most = value;
                    index = columnMajor ? ((long)w * g.H + h) * g.D + d : ((long)d * g.H + h) * g.W + w;
                }
        return most;
    }
}
