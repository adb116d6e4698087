using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>Packs the weights of one block of output channels: [tap][input channel][output channel, filled up with zeros].</summary>
internal static unsafe class WeightPanel
{
    /// <summary>Packs the element at column * columnStride + channel * channelStride + tapOffsets[tap] to its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(float* source, long columnStride, long channelStride, int[] tapOffsets, int channels, int columns, int padded, float* packed)
    {
        for (int c = 0; c < channels; c++)
            for (int t = 0; t < tapOffsets.Length; t++)
            {
                float* from = source + c * channelStride + tapOffsets[t], to = packed + ((long)t * channels + c) * padded;
                for (int column = 0; column < columns; column++, from += columnStride)
                    to[column] = *from;
                for (int column = columns; column < padded; column++)
                    to[column] = 0;
            }
    }
}
