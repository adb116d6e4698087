using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Kernels;

/// <summary>Weights on their way to a Winograd convolution: G w Gᵀ of every pair of channels, in double precision and rounded once.</summary>
internal static unsafe class WinogradWeights
{
    private const int Taps = 3, Group = 4, MostInputs = 6;

    /// <summary>Packs some output channels: [product][input channel][output channel, filled up with zeros].</summary>
    /// <param name="source">Dense [output channel][input channel][3][3], from the first channel wanted.</param>
    /// <param name="padded">A multiple of four, or <paramref name="columns"/> itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(WinogradForm form, float* source, int channels, int columns, int padded, float* packed)
    {
        int n = form.Inputs;
        nint outputStride = (nint)channels * Taps * Taps, productStride = (nint)channels * padded;
        double* g = stackalloc double[MostInputs * Taps];
        for (int i = 0; i < n * Taps; i++)
            g[i] = form.G[i / Taps, i % Taps];
        var half = stackalloc Vector256<double>[MostInputs * Taps];
        var w = stackalloc Vector256<double>[Taps * Taps];
        for (int c = 0; c < channels; c++)
            for (int k = 0; k < padded; k += Group)
            {
                float* from = source + k * outputStride + c * Taps * Taps, to = packed + (nint)c * padded + k;
                int here = Math.Min(Group, columns - k), room = Math.Min(Group, padded - k);
                for (int t = 0; t < Taps * Taps; t++)
                    w[t] = Vector256.Create(Weight(from, t, 0, here, outputStride), Weight(from, t, 1, here, outputStride),
                        Weight(from, t, 2, here, outputStride), Weight(from, t, 3, here, outputStride));
                for (int i = 0; i < n; i++)
                    for (int t = 0; t < Taps; t++)
                        half[i * Taps + t] = w[t] * g[i * Taps] + w[Taps + t] * g[i * Taps + 1] + w[2 * Taps + t] * g[i * Taps + 2];
                for (int i = 0; i < n; i++)
                    for (int j = 0; j < n; j++, to += productStride)
                    {
                        Vector256<double> value = half[i * Taps] * g[j * Taps] + half[i * Taps + 1] * g[j * Taps + 1] + half[i * Taps + 2] * g[j * Taps + 2];
                        Vector128<float> rounded = Vector128.Narrow(value.GetLower(), value.GetUpper());
                        if (room == Group)
                            rounded.Store(to);
                        else
                            for (int lane = 0; lane < room; lane++)
                                to[lane] = rounded[lane];
                    }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Weight(float* from, int tap, int column, int columns, nint stride) => column < columns ? from[column * stride + tap] : 0;
}
