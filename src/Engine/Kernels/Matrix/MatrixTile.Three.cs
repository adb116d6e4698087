using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

internal unsafe partial struct MatrixTile
{
    /// <summary>Up to 8 rows by 3 vectors: 24 sums, 3 of weights and one broadcast in registers. The row count is a constant of
    /// the instantiation, so the code of the rows above it disappears.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Three<TSimd, TVector, TRows>(MatrixTile* tile)
        where TSimd : IMatrixVector<TVector>
        where TVector : struct
        where TRows : IRowCount
    {
        int lanes = TSimd.Lanes;
        float* s = tile->Start;
        nint startPitch = tile->StartPitch;
        TVector a0 = default, a1 = default, a2 = default,
                b0 = default, b1 = default, b2 = default,
                c0 = default, c1 = default, c2 = default,
                d0 = default, d1 = default, d2 = default,
                e0 = default, e1 = default, e2 = default,
                f0 = default, f1 = default, f2 = default,
                g0 = default, g1 = default, g2 = default,
                h0 = default, h1 = default, h2 = default;
        a0 = TSimd.Load(s); a1 = TSimd.Load(s + lanes); a2 = TSimd.Load(s + 2 * lanes);
        if (TRows.Count > 1) { s += startPitch; b0 = TSimd.Load(s); b1 = TSimd.Load(s + lanes); b2 = TSimd.Load(s + 2 * lanes); }
        if (TRows.Count > 2) { s += startPitch; c0 = TSimd.Load(s); c1 = TSimd.Load(s + lanes); c2 = TSimd.Load(s + 2 * lanes); }
        if (TRows.Count > 3) { s += startPitch; d0 = TSimd.Load(s); d1 = TSimd.Load(s + lanes); d2 = TSimd.Load(s + 2 * lanes); }
        if (TRows.Count > 4) { s += startPitch; e0 = TSimd.Load(s); e1 = TSimd.Load(s + lanes); e2 = TSimd.Load(s + 2 * lanes); }
        if (TRows.Count > 5) { s += startPitch; f0 = TSimd.Load(s); f1 = TSimd.Load(s + lanes); f2 = TSimd.Load(s + 2 * lanes); }
        if (TRows.Count > 6) { s += startPitch; g0 = TSimd.Load(s); g1 = TSimd.Load(s + lanes); g2 = TSimd.Load(s + 2 * lanes); }
        if (TRows.Count > 7) { s += startPitch; h0 = TSimd.Load(s); h1 = TSimd.Load(s + lanes); h2 = TSimd.Load(s + 2 * lanes); }

        float* w = tile->Weights;
        nint* rows = tile->Rows;
        for (nint tap = tile->Taps; tap > 0; tap--)
        {
            float* pa = (float*)rows[0];
            float* pb = TRows.Count > 1 ? (float*)rows[1] : null;
            float* pc = TRows.Count > 2 ? (float*)rows[2] : null;
            float* pd = TRows.Count > 3 ? (float*)rows[3] : null;
            float* pe = TRows.Count > 4 ? (float*)rows[4] : null;
            float* pf = TRows.Count > 5 ? (float*)rows[5] : null;
            float* pg = TRows.Count > 6 ? (float*)rows[6] : null;
            float* ph = TRows.Count > 7 ? (float*)rows[7] : null;
            rows += tile->RowStride;
            nint c = tile->FirstChannel;
            for (nint run = tile->Runs; ;)
            {
                nint end = c + tile->Channels;
                do
                {
                    TVector w0 = TSimd.Load(w); TVector w1 = TSimd.Load(w + lanes); TVector w2 = TSimd.Load(w + 2 * lanes);
                    w += 3 * lanes;
                    TVector v = TSimd.Broadcast(pa[c]);
                    a0 = TSimd.MultiplyAdd(v, w0, a0); a1 = TSimd.MultiplyAdd(v, w1, a1); a2 = TSimd.MultiplyAdd(v, w2, a2);
                    if (TRows.Count > 1) { v = TSimd.Broadcast(pb[c]); b0 = TSimd.MultiplyAdd(v, w0, b0); b1 = TSimd.MultiplyAdd(v, w1, b1); b2 = TSimd.MultiplyAdd(v, w2, b2); }
                    if (TRows.Count > 2) { v = TSimd.Broadcast(pc[c]); c0 = TSimd.MultiplyAdd(v, w0, c0); c1 = TSimd.MultiplyAdd(v, w1, c1); c2 = TSimd.MultiplyAdd(v, w2, c2); }
                    if (TRows.Count > 3) { v = TSimd.Broadcast(pd[c]); d0 = TSimd.MultiplyAdd(v, w0, d0); d1 = TSimd.MultiplyAdd(v, w1, d1); d2 = TSimd.MultiplyAdd(v, w2, d2); }
                    if (TRows.Count > 4) { v = TSimd.Broadcast(pe[c]); e0 = TSimd.MultiplyAdd(v, w0, e0); e1 = TSimd.MultiplyAdd(v, w1, e1); e2 = TSimd.MultiplyAdd(v, w2, e2); }
                    if (TRows.Count > 5) { v = TSimd.Broadcast(pf[c]); f0 = TSimd.MultiplyAdd(v, w0, f0); f1 = TSimd.MultiplyAdd(v, w1, f1); f2 = TSimd.MultiplyAdd(v, w2, f2); }
                    if (TRows.Count > 6) { v = TSimd.Broadcast(pg[c]); g0 = TSimd.MultiplyAdd(v, w0, g0); g1 = TSimd.MultiplyAdd(v, w1, g1); g2 = TSimd.MultiplyAdd(v, w2, g2); }
                    if (TRows.Count > 7) { v = TSimd.Broadcast(ph[c]); h0 = TSimd.MultiplyAdd(v, w0, h0); h1 = TSimd.MultiplyAdd(v, w1, h1); h2 = TSimd.MultiplyAdd(v, w2, h2); }
                    c++;
                }
                while (c < end);
                if (--run == 0)
                    break;
                c += tile->RunGap;
            }
        }

        float* y = tile->Output;
        nint pitch = tile->OutputPitch;
        int part = tile->LastLanes;
        if (tile->Residual != null)
        {
            float* r = tile->Residual;
            nint residualPitch = tile->ResidualPitch;
            TVector scale = TSimd.Broadcast(tile->ResidualScale);
            a0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, a0); a1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, a1); a2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, a2);
            if (TRows.Count > 1) { r += residualPitch; b0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, b0); b1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, b1); b2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, b2); }
            if (TRows.Count > 2) { r += residualPitch; c0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, c0); c1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, c1); c2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, c2); }
            if (TRows.Count > 3) { r += residualPitch; d0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, d0); d1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, d1); d2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, d2); }
            if (TRows.Count > 4) { r += residualPitch; e0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, e0); e1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, e1); e2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, e2); }
            if (TRows.Count > 5) { r += residualPitch; f0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, f0); f1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, f1); f2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, f2); }
            if (TRows.Count > 6) { r += residualPitch; g0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, g0); g1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, g1); g2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, g2); }
            if (TRows.Count > 7) { r += residualPitch; h0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, h0); h1 = TSimd.MultiplyAdd(TSimd.Load(r + lanes), scale, h1); h2 = TSimd.MultiplyAdd(TSimd.LoadPart(r + 2 * lanes, part), scale, h2); }
        }
        TVector low = TSimd.Broadcast(tile->Lowest), high = TSimd.Broadcast(tile->Highest);
        if (part == lanes)
        {
            TSimd.Store(y, TSimd.Clamp(a0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(a1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(a2, low, high));
            if (TRows.Count > 1) { y += pitch; TSimd.Store(y, TSimd.Clamp(b0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(b1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(b2, low, high)); }
            if (TRows.Count > 2) { y += pitch; TSimd.Store(y, TSimd.Clamp(c0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(c1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(c2, low, high)); }
            if (TRows.Count > 3) { y += pitch; TSimd.Store(y, TSimd.Clamp(d0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(d1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(d2, low, high)); }
            if (TRows.Count > 4) { y += pitch; TSimd.Store(y, TSimd.Clamp(e0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(e1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(e2, low, high)); }
            if (TRows.Count > 5) { y += pitch; TSimd.Store(y, TSimd.Clamp(f0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(f1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(f2, low, high)); }
            if (TRows.Count > 6) { y += pitch; TSimd.Store(y, TSimd.Clamp(g0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(g1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(g2, low, high)); }
            if (TRows.Count > 7) { y += pitch; TSimd.Store(y, TSimd.Clamp(h0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(h1, low, high)); TSimd.Store(y + 2 * lanes, TSimd.Clamp(h2, low, high)); }
            return;
        }
        TSimd.Store(y, TSimd.Clamp(a0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(a1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(a2, low, high), part);
        if (TRows.Count > 1) { y += pitch; TSimd.Store(y, TSimd.Clamp(b0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(b1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(b2, low, high), part); }
        if (TRows.Count > 2) { y += pitch; TSimd.Store(y, TSimd.Clamp(c0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(c1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(c2, low, high), part); }
        if (TRows.Count > 3) { y += pitch; TSimd.Store(y, TSimd.Clamp(d0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(d1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(d2, low, high), part); }
        if (TRows.Count > 4) { y += pitch; TSimd.Store(y, TSimd.Clamp(e0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(e1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(e2, low, high), part); }
        if (TRows.Count > 5) { y += pitch; TSimd.Store(y, TSimd.Clamp(f0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(f1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(f2, low, high), part); }
        if (TRows.Count > 6) { y += pitch; TSimd.Store(y, TSimd.Clamp(g0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(g1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(g2, low, high), part); }
        if (TRows.Count > 7) { y += pitch; TSimd.Store(y, TSimd.Clamp(h0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(h1, low, high)); TSimd.StorePart(y + 2 * lanes, TSimd.Clamp(h2, low, high), part); }
    }
}
