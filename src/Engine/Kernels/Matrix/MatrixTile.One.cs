using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

internal unsafe partial struct MatrixTile
{
    /// <summary>Up to 16 rows by 1 vector: 16 sums, 1 of weights and one broadcast in registers. The row count is a constant of
    /// the instantiation, so the code of the rows above it disappears.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void One<TSimd, TVector, TRows>(MatrixTile* tile)
        where TSimd : IMatrixVector<TVector>
        where TVector : struct
        where TRows : IRowCount
    {
        int lanes = TSimd.Lanes;
        float* s = tile->Start;
        nint startPitch = tile->StartPitch;
        TVector a0 = default,
                b0 = default,
                c0 = default,
                d0 = default,
                e0 = default,
                f0 = default,
                g0 = default,
                h0 = default,
                i0 = default,
                j0 = default,
                k0 = default,
                l0 = default,
                m0 = default,
                n0 = default,
                o0 = default,
                p0 = default;
        a0 = TSimd.Load(s);
        if (TRows.Count > 1) { s += startPitch; b0 = TSimd.Load(s); }
        if (TRows.Count > 2) { s += startPitch; c0 = TSimd.Load(s); }
        if (TRows.Count > 3) { s += startPitch; d0 = TSimd.Load(s); }
        if (TRows.Count > 4) { s += startPitch; e0 = TSimd.Load(s); }
        if (TRows.Count > 5) { s += startPitch; f0 = TSimd.Load(s); }
        if (TRows.Count > 6) { s += startPitch; g0 = TSimd.Load(s); }
        if (TRows.Count > 7) { s += startPitch; h0 = TSimd.Load(s); }
        if (TRows.Count > 8) { s += startPitch; i0 = TSimd.Load(s); }
        if (TRows.Count > 9) { s += startPitch; j0 = TSimd.Load(s); }
        if (TRows.Count > 10) { s += startPitch; k0 = TSimd.Load(s); }
        if (TRows.Count > 11) { s += startPitch; l0 = TSimd.Load(s); }
        if (TRows.Count > 12) { s += startPitch; m0 = TSimd.Load(s); }
        if (TRows.Count > 13) { s += startPitch; n0 = TSimd.Load(s); }
        if (TRows.Count > 14) { s += startPitch; o0 = TSimd.Load(s); }
        if (TRows.Count > 15) { s += startPitch; p0 = TSimd.Load(s); }

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
            float* po = TRows.Count > 14 ? (float*)rows[14] : null;
            float* pp = TRows.Count > 15 ? (float*)rows[15] : null;
            rows += tile->RowStride;
            nint c = tile->FirstChannel;
            for (nint run = tile->Runs; ;)
            {
                nint end = c + tile->Channels;
                // Sixteen row addresses do not fit the integer registers: each, once loaded, serves four channels.
                for (; c + 4 <= end; c += 4)
                {
                    TVector w0 = TSimd.Load(w), w1 = TSimd.Load(w + lanes), w2 = TSimd.Load(w + 2 * lanes), w3 = TSimd.Load(w + 3 * lanes);
                    w += 4 * lanes;
                    a0 = TSimd.MultiplyAdd(TSimd.Broadcast(pa[c]), w0, a0); a0 = TSimd.MultiplyAdd(TSimd.Broadcast(pa[c + 1]), w1, a0); a0 = TSimd.MultiplyAdd(TSimd.Broadcast(pa[c + 2]), w2, a0); a0 = TSimd.MultiplyAdd(TSimd.Broadcast(pa[c + 3]), w3, a0);
                    if (TRows.Count > 1) { b0 = TSimd.MultiplyAdd(TSimd.Broadcast(pb[c]), w0, b0); b0 = TSimd.MultiplyAdd(TSimd.Broadcast(pb[c + 1]), w1, b0); b0 = TSimd.MultiplyAdd(TSimd.Broadcast(pb[c + 2]), w2, b0); b0 = TSimd.MultiplyAdd(TSimd.Broadcast(pb[c + 3]), w3, b0); }
                    if (TRows.Count > 2) { c0 = TSimd.MultiplyAdd(TSimd.Broadcast(pc[c]), w0, c0); c0 = TSimd.MultiplyAdd(TSimd.Broadcast(pc[c + 1]), w1, c0); c0 = TSimd.MultiplyAdd(TSimd.Broadcast(pc[c + 2]), w2, c0); c0 = TSimd.MultiplyAdd(TSimd.Broadcast(pc[c + 3]), w3, c0); }
                    if (TRows.Count > 3) { d0 = TSimd.MultiplyAdd(TSimd.Broadcast(pd[c]), w0, d0); d0 = TSimd.MultiplyAdd(TSimd.Broadcast(pd[c + 1]), w1, d0); d0 = TSimd.MultiplyAdd(TSimd.Broadcast(pd[c + 2]), w2, d0); d0 = TSimd.MultiplyAdd(TSimd.Broadcast(pd[c + 3]), w3, d0); }
                    if (TRows.Count > 4) { e0 = TSimd.MultiplyAdd(TSimd.Broadcast(pe[c]), w0, e0); e0 = TSimd.MultiplyAdd(TSimd.Broadcast(pe[c + 1]), w1, e0); e0 = TSimd.MultiplyAdd(TSimd.Broadcast(pe[c + 2]), w2, e0); e0 = TSimd.MultiplyAdd(TSimd.Broadcast(pe[c + 3]), w3, e0); }
                    if (TRows.Count > 5) { f0 = TSimd.MultiplyAdd(TSimd.Broadcast(pf[c]), w0, f0); f0 = TSimd.MultiplyAdd(TSimd.Broadcast(pf[c + 1]), w1, f0); f0 = TSimd.MultiplyAdd(TSimd.Broadcast(pf[c + 2]), w2, f0); f0 = TSimd.MultiplyAdd(TSimd.Broadcast(pf[c + 3]), w3, f0); }
                    if (TRows.Count > 6) { g0 = TSimd.MultiplyAdd(TSimd.Broadcast(pg[c]), w0, g0); g0 = TSimd.MultiplyAdd(TSimd.Broadcast(pg[c + 1]), w1, g0); g0 = TSimd.MultiplyAdd(TSimd.Broadcast(pg[c + 2]), w2, g0); g0 = TSimd.MultiplyAdd(TSimd.Broadcast(pg[c + 3]), w3, g0); }
                    if (TRows.Count > 7) { h0 = TSimd.MultiplyAdd(TSimd.Broadcast(ph[c]), w0, h0); h0 = TSimd.MultiplyAdd(TSimd.Broadcast(ph[c + 1]), w1, h0); h0 = TSimd.MultiplyAdd(TSimd.Broadcast(ph[c + 2]), w2, h0); h0 = TSimd.MultiplyAdd(TSimd.Broadcast(ph[c + 3]), w3, h0); }
                    if (TRows.Count > 8) { i0 = TSimd.MultiplyAdd(TSimd.Broadcast(pi[c]), w0, i0); i0 = TSimd.MultiplyAdd(TSimd.Broadcast(pi[c + 1]), w1, i0); i0 = TSimd.MultiplyAdd(TSimd.Broadcast(pi[c + 2]), w2, i0); i0 = TSimd.MultiplyAdd(TSimd.Broadcast(pi[c + 3]), w3, i0); }
                    if (TRows.Count > 9) { j0 = TSimd.MultiplyAdd(TSimd.Broadcast(pj[c]), w0, j0); j0 = TSimd.MultiplyAdd(TSimd.Broadcast(pj[c + 1]), w1, j0); j0 = TSimd.MultiplyAdd(TSimd.Broadcast(pj[c + 2]), w2, j0); j0 = TSimd.MultiplyAdd(TSimd.Broadcast(pj[c + 3]), w3, j0); }
                    if (TRows.Count > 10) { k0 = TSimd.MultiplyAdd(TSimd.Broadcast(pk[c]), w0, k0); k0 = TSimd.MultiplyAdd(TSimd.Broadcast(pk[c + 1]), w1, k0); k0 = TSimd.MultiplyAdd(TSimd.Broadcast(pk[c + 2]), w2, k0); k0 = TSimd.MultiplyAdd(TSimd.Broadcast(pk[c + 3]), w3, k0); }
                    if (TRows.Count > 11) { l0 = TSimd.MultiplyAdd(TSimd.Broadcast(pl[c]), w0, l0); l0 = TSimd.MultiplyAdd(TSimd.Broadcast(pl[c + 1]), w1, l0); l0 = TSimd.MultiplyAdd(TSimd.Broadcast(pl[c + 2]), w2, l0); l0 = TSimd.MultiplyAdd(TSimd.Broadcast(pl[c + 3]), w3, l0); }
                    if (TRows.Count > 12) { m0 = TSimd.MultiplyAdd(TSimd.Broadcast(pm[c]), w0, m0); m0 = TSimd.MultiplyAdd(TSimd.Broadcast(pm[c + 1]), w1, m0); m0 = TSimd.MultiplyAdd(TSimd.Broadcast(pm[c + 2]), w2, m0); m0 = TSimd.MultiplyAdd(TSimd.Broadcast(pm[c + 3]), w3, m0); }
                    if (TRows.Count > 13) { n0 = TSimd.MultiplyAdd(TSimd.Broadcast(pn[c]), w0, n0); n0 = TSimd.MultiplyAdd(TSimd.Broadcast(pn[c + 1]), w1, n0); n0 = TSimd.MultiplyAdd(TSimd.Broadcast(pn[c + 2]), w2, n0); n0 = TSimd.MultiplyAdd(TSimd.Broadcast(pn[c + 3]), w3, n0); }
                    if (TRows.Count > 14) { o0 = TSimd.MultiplyAdd(TSimd.Broadcast(po[c]), w0, o0); o0 = TSimd.MultiplyAdd(TSimd.Broadcast(po[c + 1]), w1, o0); o0 = TSimd.MultiplyAdd(TSimd.Broadcast(po[c + 2]), w2, o0); o0 = TSimd.MultiplyAdd(TSimd.Broadcast(po[c + 3]), w3, o0); }
                    if (TRows.Count > 15) { p0 = TSimd.MultiplyAdd(TSimd.Broadcast(pp[c]), w0, p0); p0 = TSimd.MultiplyAdd(TSimd.Broadcast(pp[c + 1]), w1, p0); p0 = TSimd.MultiplyAdd(TSimd.Broadcast(pp[c + 2]), w2, p0); p0 = TSimd.MultiplyAdd(TSimd.Broadcast(pp[c + 3]), w3, p0); }
                }
                for (; c < end; c++)
                {
                    TVector w0 = TSimd.Load(w);
                    w += lanes;
                    a0 = TSimd.MultiplyAdd(TSimd.Broadcast(pa[c]), w0, a0);
                    if (TRows.Count > 1) { b0 = TSimd.MultiplyAdd(TSimd.Broadcast(pb[c]), w0, b0); }
                    if (TRows.Count > 2) { c0 = TSimd.MultiplyAdd(TSimd.Broadcast(pc[c]), w0, c0); }
                    if (TRows.Count > 3) { d0 = TSimd.MultiplyAdd(TSimd.Broadcast(pd[c]), w0, d0); }
                    if (TRows.Count > 4) { e0 = TSimd.MultiplyAdd(TSimd.Broadcast(pe[c]), w0, e0); }
                    if (TRows.Count > 5) { f0 = TSimd.MultiplyAdd(TSimd.Broadcast(pf[c]), w0, f0); }
                    if (TRows.Count > 6) { g0 = TSimd.MultiplyAdd(TSimd.Broadcast(pg[c]), w0, g0); }
                    if (TRows.Count > 7) { h0 = TSimd.MultiplyAdd(TSimd.Broadcast(ph[c]), w0, h0); }
                    if (TRows.Count > 8) { i0 = TSimd.MultiplyAdd(TSimd.Broadcast(pi[c]), w0, i0); }
                    if (TRows.Count > 9) { j0 = TSimd.MultiplyAdd(TSimd.Broadcast(pj[c]), w0, j0); }
                    if (TRows.Count > 10) { k0 = TSimd.MultiplyAdd(TSimd.Broadcast(pk[c]), w0, k0); }
                    if (TRows.Count > 11) { l0 = TSimd.MultiplyAdd(TSimd.Broadcast(pl[c]), w0, l0); }
                    if (TRows.Count > 12) { m0 = TSimd.MultiplyAdd(TSimd.Broadcast(pm[c]), w0, m0); }
                    if (TRows.Count > 13) { n0 = TSimd.MultiplyAdd(TSimd.Broadcast(pn[c]), w0, n0); }
                    if (TRows.Count > 14) { o0 = TSimd.MultiplyAdd(TSimd.Broadcast(po[c]), w0, o0); }
                    if (TRows.Count > 15) { p0 = TSimd.MultiplyAdd(TSimd.Broadcast(pp[c]), w0, p0); }
                }
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
            a0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, a0);
            if (TRows.Count > 1) { r += residualPitch; b0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, b0); }
            if (TRows.Count > 2) { r += residualPitch; c0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, c0); }
            if (TRows.Count > 3) { r += residualPitch; d0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, d0); }
            if (TRows.Count > 4) { r += residualPitch; e0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, e0); }
            if (TRows.Count > 5) { r += residualPitch; f0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, f0); }
            if (TRows.Count > 6) { r += residualPitch; g0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, g0); }
            if (TRows.Count > 7) { r += residualPitch; h0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, h0); }
            if (TRows.Count > 8) { r += residualPitch; i0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, i0); }
            if (TRows.Count > 9) { r += residualPitch; j0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, j0); }
            if (TRows.Count > 10) { r += residualPitch; k0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, k0); }
            if (TRows.Count > 11) { r += residualPitch; l0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, l0); }
            if (TRows.Count > 12) { r += residualPitch; m0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, m0); }
            if (TRows.Count > 13) { r += residualPitch; n0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, n0); }
            if (TRows.Count > 14) { r += residualPitch; o0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, o0); }
            if (TRows.Count > 15) { r += residualPitch; p0 = TSimd.MultiplyAdd(TSimd.LoadPart(r, part), scale, p0); }
        }
        TVector low = TSimd.Broadcast(tile->Lowest), high = TSimd.Broadcast(tile->Highest);
        if (part == lanes)
        {
            TSimd.Store(y, TSimd.Clamp(a0, low, high));
            if (TRows.Count > 1) { y += pitch; TSimd.Store(y, TSimd.Clamp(b0, low, high)); }
            if (TRows.Count > 2) { y += pitch; TSimd.Store(y, TSimd.Clamp(c0, low, high)); }
            if (TRows.Count > 3) { y += pitch; TSimd.Store(y, TSimd.Clamp(d0, low, high)); }
            if (TRows.Count > 4) { y += pitch; TSimd.Store(y, TSimd.Clamp(e0, low, high)); }
            if (TRows.Count > 5) { y += pitch; TSimd.Store(y, TSimd.Clamp(f0, low, high)); }
            if (TRows.Count > 6) { y += pitch; TSimd.Store(y, TSimd.Clamp(g0, low, high)); }
            if (TRows.Count > 7) { y += pitch; TSimd.Store(y, TSimd.Clamp(h0, low, high)); }
            if (TRows.Count > 8) { y += pitch; TSimd.Store(y, TSimd.Clamp(i0, low, high)); }
            if (TRows.Count > 9) { y += pitch; TSimd.Store(y, TSimd.Clamp(j0, low, high)); }
            if (TRows.Count > 10) { y += pitch; TSimd.Store(y, TSimd.Clamp(k0, low, high)); }
            if (TRows.Count > 11) { y += pitch; TSimd.Store(y, TSimd.Clamp(l0, low, high)); }
            if (TRows.Count > 12) { y += pitch; TSimd.Store(y, TSimd.Clamp(m0, low, high)); }
            if (TRows.Count > 13) { y += pitch; TSimd.Store(y, TSimd.Clamp(n0, low, high)); }
            if (TRows.Count > 14) { y += pitch; TSimd.Store(y, TSimd.Clamp(o0, low, high)); }
            if (TRows.Count > 15) { y += pitch; TSimd.Store(y, TSimd.Clamp(p0, low, high)); }
            return;
        }
        TSimd.StorePart(y, TSimd.Clamp(a0, low, high), part);
        if (TRows.Count > 1) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(b0, low, high), part); }
        if (TRows.Count > 2) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(c0, low, high), part); }
        if (TRows.Count > 3) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(d0, low, high), part); }
        if (TRows.Count > 4) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(e0, low, high), part); }
        if (TRows.Count > 5) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(f0, low, high), part); }
        if (TRows.Count > 6) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(g0, low, high), part); }
        if (TRows.Count > 7) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(h0, low, high), part); }
        if (TRows.Count > 8) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(i0, low, high), part); }
        if (TRows.Count > 9) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(j0, low, high), part); }
        if (TRows.Count > 10) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(k0, low, high), part); }
        if (TRows.Count > 11) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(l0, low, high), part); }
        if (TRows.Count > 12) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(m0, low, high), part); }
        if (TRows.Count > 13) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(n0, low, high), part); }
        if (TRows.Count > 14) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(o0, low, high), part); }
        if (TRows.Count > 15) { y += pitch; TSimd.StorePart(y, TSimd.Clamp(p0, low, high), part); }
    }
}
