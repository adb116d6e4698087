using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Kernels;

/// <summary>Packs the weights of one block of output channels: [tap][input channel][output channel, filled up with zeros].</summary>
internal static unsafe class WeightPanel
{
    /// <summary>Packs the element at column * columnStride + channel * channelStride + tapOffsets[tap] to its place.</summary>
    /// <param name="tapOffsets">Different from each other, below the kernel's taps.</param>
    public static void Pack(float* source, long columnStride, long channelStride, int[] tapOffsets, int channels, int columns, int padded, float* packed)
    {
        // In training weights are packed in every step. What lies in one piece of a column is read in one piece.
        if (columnStride >= channels * channelStride && channelStride == tapOffsets.Length && Sse.IsSupported)
            Turn(source, columnStride, tapOffsets, channels, columns, padded, packed);
        else
            Gather(source, columnStride, channelStride, tapOffsets, channels, columns, padded, packed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(float* source, long columnStride, long channelStride, int[] tapOffsets, int channels, int columns, int padded, float* packed)
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

    /// <summary>Every column is one piece of [channel][tap]: four of its elements of four columns at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn(float* source, long columnStride, int[] tapOffsets, int channels, int columns, int padded, float* packed)
    {
        int taps = tapOffsets.Length, depth = channels * taps, whole = columns & ~3;
        int* places = stackalloc int[4];
        var order = new int[taps];
        for (int t = 0; t < taps; t++)
            order[tapOffsets[t]] = t;
        for (int first = 0; first < depth; first += 4)
        {
            int count = Math.Min(4, depth - first);
            for (int i = 0; i < count; i++)
                places[i] = order[(first + i) % taps] * channels + (first + i) / taps;
            float* from = source + first;
            if (count == 4)
            {
                float* a = packed + (long)places[0] * padded, b = packed + (long)places[1] * padded,
                       c = packed + (long)places[2] * padded, d = packed + (long)places[3] * padded;
                for (int column = 0; column < whole; column += 4)
                    Transposition.Four(from + column * columnStride, (nint)columnStride, a + column, b + column, c + column, d + column);
            }
            for (int i = 0; i < count; i++)
            {
                float* to = packed + (long)places[i] * padded;
                for (int column = count == 4 ? whole : 0; column < columns; column++)
                    to[column] = from[column * columnStride + i];
                for (int column = columns; column < padded; column++)
                    to[column] = 0;
            }
        }
    }
}
