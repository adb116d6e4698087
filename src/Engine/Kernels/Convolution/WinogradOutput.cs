using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>The way out: A m Aᵀ + bias + residual for a run of tiles and some output channels, clamped, from [product][tile][channel].</summary>
internal unsafe struct WinogradOutput<TTile> : IVectorAction where TTile : struct, IWinogradTile
{
    private const int MostLanes = 16;

    public float* Input;
    public nint TilePitch, ProductStep;
    public int First, Count;

    /// <summary>Tiles of an image, along it and in all.</summary>
    public int TileColumns, TileRows;

    /// <summary>Of the output; its first pixel's first channel wanted.</summary>
    public int Height, Width, Channels;
    public float* Output;
    public nint Pitch;

    /// <summary>The bias of the first channel wanted, padded to whole vectors.</summary>
    public float* Bias;

    /// <summary>The residual's first pixel at the first channel wanted; null for none.</summary>
    public float* Residual;
    public nint ResidualPitch;
    public Activation Activation;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke<V>() where V : unmanaged, IVector<V>
    {
        int n = TTile.Inputs, m = TTile.Outputs;
        float* memory = stackalloc float[(n + 1) * m * MostLanes + MostLanes];
        float* half = (float*)((nint)memory + 63 & ~63), line = half + n * m * MostLanes;
        V low = V.Create(Activation.Lowest), high = V.Create(Activation.Highest);
        float* from = Input;
        for (int i = 0; i < Count; i++, from += TilePitch)
        {
            int tile = First + i, image = tile / (TileRows * TileColumns), place = tile - image * TileRows * TileColumns;
            int row = place / TileColumns * m, column = place % TileColumns * m;
            int rows = Math.Min(m, Height - row), columns = Math.Min(m, Width - column);
            nint pixel = ((nint)image * Height + row) * Width + column;
            for (int k = 0; k < Channels; k += V.Count)
            {
                int lanes = Math.Min(V.Count, Channels - k);
                V bias = V.Load(Bias + k);
                for (int j = 0; j < n; j++)
                    TTile.Output<V>(from + k + j * ProductStep, n * ProductStep, half + j * V.Count, n * V.Count);
                for (int r = 0; r < rows; r++)
                {
                    TTile.Output<V>(half + r * n * V.Count, V.Count, line, V.Count);
                    float* y = Output + (pixel + (nint)r * Width) * Pitch + k;
                    float* residual = Residual == null ? null : Residual + (pixel + (nint)r * Width) * ResidualPitch + k;
                    for (int c = 0; c < columns; c++, y += Pitch)
                    {
                        V sum = V.Load(line + c * V.Count) + bias;
                        if (residual != null)
                            sum += lanes == V.Count ? V.Load(residual + c * ResidualPitch) : V.LoadPartial(residual + c * ResidualPitch, lanes);
                        sum = V.Min(high, V.Max(low, sum));
                        if (lanes == V.Count)
                            V.Store(sum, y);
                        else
                            V.StorePartial(sum, y, lanes);
                    }
                }
            }
            if (Activation.IsClamp)
                continue;
            for (int r = 0; r < rows; r++)
                ActivationPass.Apply(Activation, Output + (pixel + (nint)r * Width) * Pitch, Pitch, columns, Channels);
        }
    }
}
