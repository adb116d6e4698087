using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>The way in: B x Bᵀ for every channel of a run of tiles, to [product][tile][channel].</summary>
internal unsafe struct WinogradInput<TTile> : IVectorAction where TTile : struct, IWinogradTile
{
    private const int MostLanes = 16;

    public float* Input;
    public int Height, Width, Channels, PadTop, PadLeft;
    public nint Pitch;

    /// <summary>Tiles of an image, along it and in all.</summary>
    public int TileColumns, TileRows;
    public int First, Count;

    /// <summary>Where the first tile goes; floats from one tile to the next, and from one product to the next.</summary>
    public float* Output;
    public nint TilePitch, ProductStep;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke<V>() where V : unmanaged, IVector<V>
    {
        int n = TTile.Inputs, size = n * n * MostLanes;
        float* memory = stackalloc float[2 * size + MostLanes];
        float* half = (float*)((nint)memory + 63 & ~63), patch = half + size;
        float* to = Output;
        for (int i = 0; i < Count; i++, to += TilePitch)
        {
            int tile = First + i, image = tile / (TileRows * TileColumns), place = tile - image * TileRows * TileColumns;
            int row = place / TileColumns * TTile.Outputs - PadTop, column = place % TileColumns * TTile.Outputs - PadLeft;
            float* from = Input + (((nint)image * Height + row) * Width + column) * Pitch;
            bool inside = row >= 0 && column >= 0 && row + n <= Height && column + n <= Width;
            // The last vector may overlap the one before it, where it computes the same again.
            for (int c = 0; c < Channels; c += V.Count)
            {
                int channel = Math.Min(c, Channels - V.Count);
                float* x = from + channel;
                nint rowStep = Width * Pitch, columnStep = Pitch;
                if (!inside)
                {
                    Fill<V>(x, row, column, patch);
                    x = patch;
                    (rowStep, columnStep) = (n * V.Count, V.Count);
                }
                for (int j = 0; j < n; j++)
                    TTile.Input<V>(x + j * columnStep, rowStep, half + j * V.Count, n * V.Count);
                for (int j = 0; j < n; j++)
                    TTile.Input<V>(half + j * n * V.Count, V.Count, to + channel + j * n * ProductStep, ProductStep);
            }
        }
    }

    /// <summary>The tile's pixels, with zeros for those outside of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Fill<V>(float* x, int row, int column, float* patch) where V : unmanaged, IVector<V>
    {
        for (int i = 0; i < TTile.Inputs; i++)
            for (int j = 0; j < TTile.Inputs; j++, patch += V.Count)
                V.Store((uint)(row + i) < (uint)Height && (uint)(column + j) < (uint)Width ? V.Load(x + ((nint)i * Width + j) * Pitch) : V.Create(0), patch);
    }
}
