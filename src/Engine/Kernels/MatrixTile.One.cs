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
                do
                {
                    TVector w0 = TSimd.Load(w);
                    w += lanes;
                    TVector v = TSimd.Broadcast(pa[c]);
                    a0 = TSimd.MultiplyAdd(v, w0, a0);
                    if (TRows.Count > 1) { v = TSimd.Broadcast(pb[c]); b0 = TSimd.MultiplyAdd(v, w0, b0); }
                    if (TRows.Count > 2) { v = TSimd.Broadcast(pc[c]); c0 = TSimd.MultiplyAdd(v, w0, c0); }
                    if (TRows.Count > 3) { v = TSimd.Broadcast(pd[c]); d0 = TSimd.MultiplyAdd(v, w0, d0); }
                    if (TRows.Count > 4) { v = TSimd.Broadcast(pe[c]); e0 = TSimd.MultiplyAdd(v, w0, e0); }
                    if (TRows.Count > 5) { v = TSimd.Broadcast(pf[c]); f0 = TSimd.MultiplyAdd(v, w0, f0); }
                    if (TRows.Count > 6) { v = TSimd.Broadcast(pg[c]); g0 = TSimd.MultiplyAdd(v, w0, g0); }
                    if (TRows.Count > 7) { v = TSimd.Broadcast(ph[c]); h0 = TSimd.MultiplyAdd(v, w0, h0); }
                    if (TRows.Count > 8) { v = TSimd.Broadcast(pi[c]); i0 = TSimd.MultiplyAdd(v, w0, i0); }
                    if (TRows.Count > 9) { v = TSimd.Broadcast(pj[c]); j0 = TSimd.MultiplyAdd(v, w0, j0); }
                    if (TRows.Count > 10) { v = TSimd.Broadcast(pk[c]); k0 = TSimd.MultiplyAdd(v, w0, k0); }
                    if (TRows.Count > 11) { v = TSimd.Broadcast(pl[c]); l0 = TSimd.MultiplyAdd(v, w0, l0); }
                    if (TRows.Count > 12) { v = TSimd.Broadcast(pm[c]); m0 = TSimd.MultiplyAdd(v, w0, m0); }
                    if (TRows.Count > 13) { v = TSimd.Broadcast(pn[c]); n0 = TSimd.MultiplyAdd(v, w0, n0); }
                    if (TRows.Count > 14) { v = TSimd.Broadcast(po[c]); o0 = TSimd.MultiplyAdd(v, w0, o0); }
                    if (TRows.Count > 15) { v = TSimd.Broadcast(pp[c]); p0 = TSimd.MultiplyAdd(v, w0, p0); }
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
