using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>Copies some channels of a run of pixels to [pixel][channels, filled up with zeros].</summary>
internal unsafe struct PixelPanel : IVectorAction
{
    public float* From;
    public nint Pitch;
    public int Pixels, Channels;
    public float* To;

    /// <summary>A multiple of the vectors' width, less than one vector above <see cref="Channels"/>.</summary>
    public nint Padded;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke<V>() where V : unmanaged, IVector<V>
    {
        float* from = From, to = To;
        int whole = Channels / V.Count * V.Count, rest = Channels - whole;
        for (int p = 0; p < Pixels; p++, from += Pitch, to += Padded)
        {
            int c = 0;
            for (; c < whole; c += V.Count)
                V.Store(V.Load(from + c), to + c);
            if (rest > 0)
                V.Store(V.LoadPartial(from + c, rest), to + c);
        }
    }
}
