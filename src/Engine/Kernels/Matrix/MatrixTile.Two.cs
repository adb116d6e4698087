using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

internal unsafe partial struct MatrixTile
{
    /// <summary>Up to 14 rows by 2 vectors: 28 sums, 2 of weights and one broadcast in registers. The row count is a constant of
    /// the instantiation, so the code of the rows above it disappears.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Two<TSimd, TVector, TRows>(MatrixTile* tile)
        where TSimd : IMatrixVector<TVector>
        where TVector : struct
        where TRows : IRowCount
    {
        int lanes = TSimd.Lanes;
        float* s = tile->Start;
        nint startPitch = tile->StartPitch;
        TVector a0 = default, a1 = default,
                b0 = default, b1 = default,
                c0 = default, c1 = default,
                d0 = default, d1 = default,
                e0 = default, e1 = default,
                f0 = default, f1 = default,
                g0 = default, g1 = default,
                h0 = default, h1 = default,
                i0 = default, i1 = default,
                j0 = default, j1 = default,
                k0 = default, k1 = default,
                l0 = default, l1 = default,
                m0 = default, m1 = default,
                n0 = default, n1 = default;
        a0 = TSimd.Load(s); a1 = TSimd.Load(s + lanes);
        if (TRows.Count > 1) { s += startPitch; b0 = TSimd.Load(s); b1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 2) { s += startPitch; c0 = TSimd.Load(s); c1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 3) { s += startPitch; d0 = TSimd.Load(s); d1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 4) { s += startPitch; e0 = TSimd.Load(s); e1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 5) { s += startPitch; f0 = TSimd.Load(s); f1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 6) { s += startPitch; g0 = TSimd.Load(s); g1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 7) { s += startPitch; h0 = TSimd.Load(s); h1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 8) { s += startPitch; i0 = TSimd.Load(s); i1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 9) { s += startPitch; j0 = TSimd.Load(s); j1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 10) { s += startPitch; k0 = TSimd.Load(s); k1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 11) { s += startPitch; l0 = TSimd.Load(s); l1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 12) { s += startPitch; m0 = TSimd.Load(s); m1 = TSimd.Load(s + lanes); }
        if (TRows.Count > 13) { s += startPitch; n0 = TSimd.Load(s); n1 = TSimd.Load(s + lanes); }

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
            float* pi = TRows.Count > 8 ? (float*)rows[8] : null;
            float* pj = TRows.Count > 9 ? (float*)rows[9] : null;
            float* pk = TRows.Count > 10 ? (float*)rows[10] : null;
            float* pl = TRows.Count > 11 ? (float*)rows[11] : null;
            float* pm = TRows.Count > 12 ? (float*)rows[12] : null;
            float* pn = TRows.Count > 13 ? (float*)rows[13] : null;
            rows += tile->RowStride;
            nint c = tile->FirstChannel;
            for (nint run = tile->Runs; ;)
            {
                nint end = c + tile->Channels;
                do
                {
                    TVector w0 = TSimd.Load(w); TVector w1 = TSimd.Load(w + lanes);
                    w += 2 * lanes;
                    TVector v = TSimd.Broadcast(pa[c]);
                    a0 = TSimd.MultiplyAdd(v, w0, a0); a1 = TSimd.MultiplyAdd(v, w1, a1);
                    if (TRows.Count > 1) { v = TSimd.Broadcast(pb[c]); b0 = TSimd.MultiplyAdd(v, w0, b0); b1 = TSimd.MultiplyAdd(v, w1, b1); }
                    if (TRows.Count > 2) { v = TSimd.Broadcast(pc[c]); c0 = TSimd.MultiplyAdd(v, w0, c0); c1 = TSimd.MultiplyAdd(v, w1, c1); }
                    if (TRows.Count > 3) { v = TSimd.Broadcast(pd[c]); d0 = TSimd.MultiplyAdd(v, w0, d0); d1 = TSimd.MultiplyAdd(v, w1, d1); }
                    if (TRows.Count > 4) { v = TSimd.Broadcast(pe[c]); e0 = TSimd.MultiplyAdd(v, w0, e0); e1 = TSimd.MultiplyAdd(v, w1, e1); }
                    if (TRows.Count > 5) { v = TSimd.Broadcast(pf[c]); f0 = TSimd.MultiplyAdd(v, w0, f0); f1 = TSimd.MultiplyAdd(v, w1, f1); }
                    if (TRows.Count > 6) { v = TSimd.Broadcast(pg[c]); g0 = TSimd.MultiplyAdd(v, w0, g0); g1 = TSimd.MultiplyAdd(v, w1, g1); }
                    if (TRows.Count > 7) { v = TSimd.Broadcast(ph[c]); h0 = TSimd.MultiplyAdd(v, w0, h0); h1 = TSimd.MultiplyAdd(v, w1, h1); }
                    if (TRows.Count > 8) { v = TSimd.Broadcast(pi[c]); i0 = TSimd.MultiplyAdd(v, w0, i0); i1 = TSimd.MultiplyAdd(v, w1, i1); }
                    if (TRows.Count > 9) { v = TSimd.Broadcast(pj[c]); j0 = TSimd.MultiplyAdd(v, w0, j0); j1 = TSimd.MultiplyAdd(v, w1, j1); }
                    if (TRows.Count > 10) { v = TSimd.Broadcast(pk[c]); k0 = TSimd.MultiplyAdd(v, w0, k0); k1 = TSimd.MultiplyAdd(v, w1, k1); }
                    if (TRows.Count > 11) { v = TSimd.Broadcast(pl[c]); l0 = TSimd.MultiplyAdd(v, w0, l0); l1 = TSimd.MultiplyAdd(v, w1, l1); }
                    if (TRows.Count > 12) { v = TSimd.Broadcast(pm[c]); m0 = TSimd.MultiplyAdd(v, w0, m0); m1 = TSimd.MultiplyAdd(v, w1, m1); }
                    if (TRows.Count > 13) { v = TSimd.Broadcast(pn[c]); n0 = TSimd.MultiplyAdd(v, w0, n0); n1 = TSimd.MultiplyAdd(v, w1, n1); }
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
            a0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, a0); a1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, a1);
            if (TRows.Count > 1) { r += residualPitch; b0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, b0); b1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, b1); }
            if (TRows.Count > 2) { r += residualPitch; c0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, c0); c1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, c1); }
            if (TRows.Count > 3) { r += residualPitch; d0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, d0); d1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, d1); }
            if (TRows.Count > 4) { r += residualPitch; e0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, e0); e1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, e1); }
            if (TRows.Count > 5) { r += residualPitch; f0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, f0); f1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, f1); }
            if (TRows.Count > 6) { r += residualPitch; g0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, g0); g1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, g1); }
            if (TRows.Count > 7) { r += residualPitch; h0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, h0); h1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, h1); }
            if (TRows.Count > 8) { r += residualPitch; i0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, i0); i1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, i1); }
            if (TRows.Count > 9) { r += residualPitch; j0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, j0); j1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, j1); }
            if (TRows.Count > 10) { r += residualPitch; k0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, k0); k1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, k1); }
            if (TRows.Count > 11) { r += residualPitch; l0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, l0); l1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, l1); }
            if (TRows.Count > 12) { r += residualPitch; m0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, m0); m1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, m1); }
            if (TRows.Count > 13) { r += residualPitch; n0 = TSimd.MultiplyAdd(TSimd.Load(r), scale, n0); n1 = TSimd.MultiplyAdd(TSimd.LoadPart(r + lanes, part), scale, n1); }
        }
        TVector low = TSimd.Broadcast(tile->Lowest), high = TSimd.Broadcast(tile->Highest);
        if (part == lanes)
        {
            TSimd.Store(y, TSimd.Clamp(a0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(a1, low, high));
            if (TRows.Count > 1) { y += pitch; TSimd.Store(y, TSimd.Clamp(b0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(b1, low, high)); }
            if (TRows.Count > 2) { y += pitch; TSimd.Store(y, TSimd.Clamp(c0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(c1, low, high)); }
            if (TRows.Count > 3) { y += pitch; TSimd.Store(y, TSimd.Clamp(d0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(d1, low, high)); }
            if (TRows.Count > 4) { y += pitch; TSimd.Store(y, TSimd.Clamp(e0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(e1, low, high)); }
            if (TRows.Count > 5) { y += pitch; TSimd.Store(y, TSimd.Clamp(f0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(f1, low, high)); }
            if (TRows.Count > 6) { y += pitch; TSimd.Store(y, TSimd.Clamp(g0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(g1, low, high)); }
            if (TRows.Count > 7) { y += pitch; TSimd.Store(y, TSimd.Clamp(h0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(h1, low, high)); }
            if (TRows.Count > 8) { y += pitch; TSimd.Store(y, TSimd.Clamp(i0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(i1, low, high)); }
            if (TRows.Count > 9) { y += pitch; TSimd.Store(y, TSimd.Clamp(j0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(j1, low, high)); }
            if (TRows.Count > 10) { y += pitch; TSimd.Store(y, TSimd.Clamp(k0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(k1, low, high)); }
            if (TRows.Count > 11) { y += pitch; TSimd.Store(y, TSimd.Clamp(l0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(l1, low, high)); }
            if (TRows.Count > 12) { y += pitch; TSimd.Store(y, TSimd.Clamp(m0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(m1, low, high)); }
            if (TRows.Count > 13) { y += pitch; TSimd.Store(y, TSimd.Clamp(n0, low, high)); TSimd.Store(y + lanes, TSimd.Clamp(n1, low, high)); }
            return;
        }
        TSimd.Store(y, TSimd.Clamp(a0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(a1, low, high), part);
        if (TRows.Count > 1) { y += pitch; TSimd.Store(y, TSimd.Clamp(b0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(b1, low, high), part); }
        if (TRows.Count > 2) { y += pitch; TSimd.Store(y, TSimd.Clamp(c0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(c1, low, high), part); }
        if (TRows.Count > 3) { y += pitch; TSimd.Store(y, TSimd.Clamp(d0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(d1, low, high), part); }
        if (TRows.Count > 4) { y += pitch; TSimd.Store(y, TSimd.Clamp(e0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(e1, low, high), part); }
        if (TRows.Count > 5) { y += pitch; TSimd.Store(y, TSimd.Clamp(f0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(f1, low, high), part); }
        if (TRows.Count > 6) { y += pitch; TSimd.Store(y, TSimd.Clamp(g0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(g1, low, high), part); }
        if (TRows.Count > 7) { y += pitch; TSimd.Store(y, TSimd.Clamp(h0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(h1, low, high), part); }
        if (TRows.Count > 8) { y += pitch; TSimd.Store(y, TSimd.Clamp(i0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(i1, low, high), part); }
        if (TRows.Count > 9) { y += pitch; TSimd.Store(y, TSimd.Clamp(j0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(j1, low, high), part); }
        if (TRows.Count > 10) { y += pitch; TSimd.Store(y, TSimd.Clamp(k0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(k1, low, high), part); }
        if (TRows.Count > 11) { y += pitch; TSimd.Store(y, TSimd.Clamp(l0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(l1, low, high), part); }
        if (TRows.Count > 12) { y += pitch; TSimd.Store(y, TSimd.Clamp(m0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(m1, low, high), part); }
        if (TRows.Count > 13) { y += pitch; TSimd.Store(y, TSimd.Clamp(n0, low, high)); TSimd.StorePart(y + lanes, TSimd.Clamp(n1, low, high), part); }
    }
}
