namespace LiveCam.Engine.Kernels;

/// <summary>From run-time facts about a tile to the compiled form of <see cref="DepthwiseTile"/>.</summary>
internal static unsafe class DepthwiseTiles
{
    public static void ThreeColumns<V, TStride>(int pixels, bool edge, DepthwiseTile* tile)
        where V : unmanaged, IVector<V> where TStride : IConstant
    {
        switch (pixels)
        {
            case 1: ThreeColumns<V, Const1, TStride>(edge, tile); break;
            case 2: ThreeColumns<V, Const2, TStride>(edge, tile); break;
            case 3: ThreeColumns<V, Const3, TStride>(edge, tile); break;
            case 4: ThreeColumns<V, Const4, TStride>(edge, tile); break;
            case 5: ThreeColumns<V, Const5, TStride>(edge, tile); break;
            case 6: ThreeColumns<V, Const6, TStride>(edge, tile); break;
            case 7: ThreeColumns<V, Const7, TStride>(edge, tile); break;
            case 8: ThreeColumns<V, Const8, TStride>(edge, tile); break;
        }
    }

    public static void AnyTaps<V>(int pixels, DepthwiseTile* tile) where V : unmanaged, IVector<V>
    {
        switch (pixels)
        {
            case 1: AnyTaps<V, Const1>(tile); break;
            case 2: AnyTaps<V, Const2>(tile); break;
            case 3: AnyTaps<V, Const3>(tile); break;
            case 4: AnyTaps<V, Const4>(tile); break;
            case 5: AnyTaps<V, Const5>(tile); break;
            case 6: AnyTaps<V, Const6>(tile); break;
            case 7: AnyTaps<V, Const7>(tile); break;
            case 8: AnyTaps<V, Const8>(tile); break;
        }
    }

    private static void ThreeColumns<V, TPixels, TStride>(bool edge, DepthwiseTile* tile)
        where V : unmanaged, IVector<V> where TPixels : IConstant where TStride : IConstant
    {
        int channels = tile->Channels, whole = channels - channels % V.Count;
        if (edge)
        {
            DepthwiseTile.ThreeColumns<V, TPixels, TStride, Const1, Const0>(tile, 0, whole);
            if (whole < channels)
                DepthwiseTile.ThreeColumns<V, TPixels, TStride, Const1, Const1>(tile, whole, channels);
        }
        else
        {
            DepthwiseTile.ThreeColumns<V, TPixels, TStride, Const0, Const0>(tile, 0, whole);
            if (whole < channels)
                DepthwiseTile.ThreeColumns<V, TPixels, TStride, Const0, Const1>(tile, whole, channels);
        }
    }

    private static void AnyTaps<V, TPixels>(DepthwiseTile* tile) where V : unmanaged, IVector<V> where TPixels : IConstant
    {
        int channels = tile->Channels, whole = channels - channels % V.Count;
        DepthwiseTile.AnyTaps<V, TPixels, Const0>(tile, 0, whole);
        if (whole < channels)
            DepthwiseTile.AnyTaps<V, TPixels, Const1>(tile, whole, channels);
    }
}
