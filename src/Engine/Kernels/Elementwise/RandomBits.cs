using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Random numbers by counting: the bits for (seed, step, index) are a function of the three, so that they are the same on every
/// device, in any order, again and after a pause (the idea of Salmon et al. 2011). The mixer is the finalizer of MurmurHash3.
/// </summary>
internal static class RandomBits
{
    /// <summary>What <see cref="At"/> mixes an index with.</summary>
    public static uint Key(uint seed, uint step) => Mix(Mix(seed) ^ step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint At(uint key, uint index) => Mix(Mix(index + 0x9E3779B9u) ^ key);

    /// <summary>Bits below this number, taken over 24 bits, come up with the probability <paramref name="part"/>.</summary>
    public static uint Threshold(float part) => (uint)Math.Clamp(Math.Round(part * 16777216.0), 0, 16777216);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return x ^ (x >> 16);
    }
}
