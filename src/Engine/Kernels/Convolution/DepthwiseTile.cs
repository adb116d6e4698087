using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Up to eight neighbouring output pixels of a depthwise convolution, all channels: one accumulator per pixel, channels in
/// the lanes. Written once for eight pixels; <c>TPixels</c> cuts it down and the compiler drops the rest.
/// </summary>
internal unsafe struct DepthwiseTile
{
    public int Channels;

    // Kernel rows (or taps) that take part. Inside the picture Rows[r] is the first column of row r and the others follow
    // at ColumnStep floats; at an edge Rows[r * Columns + i] is column i of row r, a row of zeros where it is padding.
    public float** Rows;
    public int RowCount;

    // Tiles side by side (inside the picture only), TPixels output pixels each.
    public int Count;
    public nint ColumnStep;

    // One vector of channels per tap, kernel columns WeightStep apart; rows three of those.
    public float* Weights;
    public nint WeightStep;

    public float* Bias, Residual, Output;
    public nint ResidualPitch, OutputPitch;
    public float Lowest, Highest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load<V, TTail>(float* source, int count) where V : unmanaged, IVector<V> where TTail : IConstant =>
        TTail.Value != 0 ? V.LoadPartial(source, count) : V.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish<V, TTail>(float* output, float* residual, V sum, int pixel, int channel, int count) where V : unmanaged, IVector<V> where TTail : IConstant
    {
        if (residual != null)
            sum += Load<V, TTail>(residual + pixel * ResidualPitch + channel, count);
        sum = V.Min(V.Create(Highest), V.Max(V.Create(Lowest), sum));
        float* to = output + pixel * OutputPitch + channel;
        if (TTail.Value != 0)
            V.StorePartial(sum, to, count);
        else
            V.Store(sum, to);
    }

    /// <summary>Three kernel columns one apart, stride <c>TStride</c> (1 or 2), any number of kernel rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ThreeColumns<V, TPixels, TStride, TEdge, TTail>(DepthwiseTile* tile, int from, int to)
        where V : unmanaged, IVector<V> where TPixels : IConstant where TStride : IConstant where TEdge : IConstant where TTail : IConstant
    {
        int rowCount = tile->RowCount, count = to - from;
        nint step = tile->ColumnStep, weightStep = tile->WeightStep;
        nint inputStep = TPixels.Value * TStride.Value * step, outputStep = TPixels.Value * tile->OutputPitch;
        float* output = tile->Output, residual = tile->Residual;
        int columns = (TPixels.Value - 1) * TStride.Value + 3;
        nint shift = 0;
        for (int t = 0; t < tile->Count; t++)
        {
            for (int c = from; c < to; c += V.Count)
            {
                V bias = tile->Bias == null ? V.Create(0) : Load<V, TTail>(tile->Bias + c, count);
                V s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                float* w = tile->Weights + c;
                float** row = tile->Rows;
                for (int r = 0; r < rowCount; r++)
                {
                    V w0 = V.Load(w), w1 = V.Load(w + weightStep), w2 = V.Load(w + 2 * weightStep);
                    w += 3 * weightStep;
                    float* x = row[0] + c + shift;
                    V v;
                    if (TStride.Value == 1)
                    {
                        v = Load<V, TTail>(TEdge.Value != 0 ? row[0] + c : x, count);
                        s0 = V.Fma(v, w0, s0);
                        x += step;
                        v = Load<V, TTail>(TEdge.Value != 0 ? row[1] + c : x, count);
                        s0 = V.Fma(v, w1, s0);
                        if (TPixels.Value > 1) s1 = V.Fma(v, w0, s1);
                        x += step;
                        v = Load<V, TTail>(TEdge.Value != 0 ? row[2] + c : x, count);
                        s0 = V.Fma(v, w2, s0);
                        if (TPixels.Value > 1) s1 = V.Fma(v, w1, s1);
                        if (TPixels.Value > 2) s2 = V.Fma(v, w0, s2);
                        x += step;
                        if (TPixels.Value > 1)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[3] + c : x, count);
                            s1 = V.Fma(v, w2, s1);
                            if (TPixels.Value > 2) s2 = V.Fma(v, w1, s2);
                            if (TPixels.Value > 3) s3 = V.Fma(v, w0, s3);
                            x += step;
                        }
                        if (TPixels.Value > 2)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[4] + c : x, count);
                            s2 = V.Fma(v, w2, s2);
                            if (TPixels.Value > 3) s3 = V.Fma(v, w1, s3);
                            if (TPixels.Value > 4) s4 = V.Fma(v, w0, s4);
                            x += step;
                        }
                        if (TPixels.Value > 3)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[5] + c : x, count);
                            s3 = V.Fma(v, w2, s3);
                            if (TPixels.Value > 4) s4 = V.Fma(v, w1, s4);
                            if (TPixels.Value > 5) s5 = V.Fma(v, w0, s5);
                            x += step;
                        }
                        if (TPixels.Value > 4)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[6] + c : x, count);
                            s4 = V.Fma(v, w2, s4);
                            if (TPixels.Value > 5) s5 = V.Fma(v, w1, s5);
                            if (TPixels.Value > 6) s6 = V.Fma(v, w0, s6);
                            x += step;
                        }
                        if (TPixels.Value > 5)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[7] + c : x, count);
                            s5 = V.Fma(v, w2, s5);
                            if (TPixels.Value > 6) s6 = V.Fma(v, w1, s6);
                            if (TPixels.Value > 7) s7 = V.Fma(v, w0, s7);
                            x += step;
                        }
                        if (TPixels.Value > 6)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[8] + c : x, count);
                            s6 = V.Fma(v, w2, s6);
                            if (TPixels.Value > 7) s7 = V.Fma(v, w1, s7);
                            x += step;
                        }
                        if (TPixels.Value > 7)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[9] + c : x, count);
                            s7 = V.Fma(v, w2, s7);
                            x += step;
                        }
                    }
                    else
                    {
                        v = Load<V, TTail>(TEdge.Value != 0 ? row[0] + c : x, count);
                        s0 = V.Fma(v, w0, s0);
                        x += step;
                        v = Load<V, TTail>(TEdge.Value != 0 ? row[1] + c : x, count);
                        s0 = V.Fma(v, w1, s0);
                        x += step;
                        v = Load<V, TTail>(TEdge.Value != 0 ? row[2] + c : x, count);
                        s0 = V.Fma(v, w2, s0);
                        if (TPixels.Value > 1) s1 = V.Fma(v, w0, s1);
                        x += step;
                        if (TPixels.Value > 1)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[3] + c : x, count);
                            s1 = V.Fma(v, w1, s1);
                            x += step;
                        }
                        if (TPixels.Value > 1)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[4] + c : x, count);
                            s1 = V.Fma(v, w2, s1);
                            if (TPixels.Value > 2) s2 = V.Fma(v, w0, s2);
                            x += step;
                        }
                        if (TPixels.Value > 2)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[5] + c : x, count);
                            s2 = V.Fma(v, w1, s2);
                            x += step;
                        }
                        if (TPixels.Value > 2)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[6] + c : x, count);
                            s2 = V.Fma(v, w2, s2);
                            if (TPixels.Value > 3) s3 = V.Fma(v, w0, s3);
                            x += step;
                        }
                        if (TPixels.Value > 3)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[7] + c : x, count);
                            s3 = V.Fma(v, w1, s3);
                            x += step;
                        }
                        if (TPixels.Value > 3)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[8] + c : x, count);
                            s3 = V.Fma(v, w2, s3);
                            if (TPixels.Value > 4) s4 = V.Fma(v, w0, s4);
                            x += step;
                        }
                        if (TPixels.Value > 4)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[9] + c : x, count);
                            s4 = V.Fma(v, w1, s4);
                            x += step;
                        }
                        if (TPixels.Value > 4)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[10] + c : x, count);
                            s4 = V.Fma(v, w2, s4);
                            if (TPixels.Value > 5) s5 = V.Fma(v, w0, s5);
                            x += step;
                        }
                        if (TPixels.Value > 5)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[11] + c : x, count);
                            s5 = V.Fma(v, w1, s5);
                            x += step;
                        }
                        if (TPixels.Value > 5)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[12] + c : x, count);
                            s5 = V.Fma(v, w2, s5);
                            if (TPixels.Value > 6) s6 = V.Fma(v, w0, s6);
                            x += step;
                        }
                        if (TPixels.Value > 6)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[13] + c : x, count);
                            s6 = V.Fma(v, w1, s6);
                            x += step;
                        }
                        if (TPixels.Value > 6)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[14] + c : x, count);
                            s6 = V.Fma(v, w2, s6);
                            if (TPixels.Value > 7) s7 = V.Fma(v, w0, s7);
                            x += step;
                        }
                        if (TPixels.Value > 7)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[15] + c : x, count);
                            s7 = V.Fma(v, w1, s7);
                            x += step;
                        }
                        if (TPixels.Value > 7)
                        {
                            v = Load<V, TTail>(TEdge.Value != 0 ? row[16] + c : x, count);
                            s7 = V.Fma(v, w2, s7);
                            x += step;
                        }
                    }
                    row += TEdge.Value != 0 ? columns : 1;
                }
                tile->Finish<V, TTail>(output, residual, s0, 0, c, count);
                if (TPixels.Value > 1) tile->Finish<V, TTail>(output, residual, s1, 1, c, count);
                if (TPixels.Value > 2) tile->Finish<V, TTail>(output, residual, s2, 2, c, count);
                if (TPixels.Value > 3) tile->Finish<V, TTail>(output, residual, s3, 3, c, count);
                if (TPixels.Value > 4) tile->Finish<V, TTail>(output, residual, s4, 4, c, count);
                if (TPixels.Value > 5) tile->Finish<V, TTail>(output, residual, s5, 5, c, count);
                if (TPixels.Value > 6) tile->Finish<V, TTail>(output, residual, s6, 6, c, count);
                if (TPixels.Value > 7) tile->Finish<V, TTail>(output, residual, s7, 7, c, count);
            }
            shift += inputStep;
            output += outputStep;
            if (residual != null)
                residual += TPixels.Value * tile->ResidualPitch;
        }
    }

    /// <summary>Any taps: Rows[t * TPixels + i] is what tap t reads for pixel i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AnyTaps<V, TPixels, TTail>(DepthwiseTile* tile, int from, int to)
        where V : unmanaged, IVector<V> where TPixels : IConstant where TTail : IConstant
    {
        int taps = tile->RowCount, count = to - from;
        nint weightStep = tile->WeightStep;
        for (int c = from; c < to; c += V.Count)
        {
            V bias = tile->Bias == null ? V.Create(0) : Load<V, TTail>(tile->Bias + c, count);
            V s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
            float* weights = tile->Weights + c;
            float** x = tile->Rows;
            for (int t = 0; t < taps; t++, x += TPixels.Value, weights += weightStep)
            {
                V w = V.Load(weights);
                s0 = V.Fma(Load<V, TTail>(x[0] + c, count), w, s0);
                if (TPixels.Value > 1) s1 = V.Fma(Load<V, TTail>(x[1] + c, count), w, s1);
                if (TPixels.Value > 2) s2 = V.Fma(Load<V, TTail>(x[2] + c, count), w, s2);
                if (TPixels.Value > 3) s3 = V.Fma(Load<V, TTail>(x[3] + c, count), w, s3);
                if (TPixels.Value > 4) s4 = V.Fma(Load<V, TTail>(x[4] + c, count), w, s4);
                if (TPixels.Value > 5) s5 = V.Fma(Load<V, TTail>(x[5] + c, count), w, s5);
                if (TPixels.Value > 6) s6 = V.Fma(Load<V, TTail>(x[6] + c, count), w, s6);
                if (TPixels.Value > 7) s7 = V.Fma(Load<V, TTail>(x[7] + c, count), w, s7);
            }
            tile->Finish<V, TTail>(tile->Output, tile->Residual, s0, 0, c, count);
            if (TPixels.Value > 1) tile->Finish<V, TTail>(tile->Output, tile->Residual, s1, 1, c, count);
            if (TPixels.Value > 2) tile->Finish<V, TTail>(tile->Output, tile->Residual, s2, 2, c, count);
            if (TPixels.Value > 3) tile->Finish<V, TTail>(tile->Output, tile->Residual, s3, 3, c, count);
            if (TPixels.Value > 4) tile->Finish<V, TTail>(tile->Output, tile->Residual, s4, 4, c, count);
            if (TPixels.Value > 5) tile->Finish<V, TTail>(tile->Output, tile->Residual, s5, 5, c, count);
            if (TPixels.Value > 6) tile->Finish<V, TTail>(tile->Output, tile->Residual, s6, 6, c, count);
            if (TPixels.Value > 7) tile->Finish<V, TTail>(tile->Output, tile->Residual, s7, 7, c, count);
        }
    }
}
