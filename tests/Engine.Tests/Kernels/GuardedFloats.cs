using System.Runtime.InteropServices;

namespace LiveCam.Engine.Tests.Kernels;

/// <summary>Native floats between two fences of a marked NaN; <see cref="Dispose"/> fails the test when a fence was written.</summary>
internal sealed unsafe class GuardedFloats : IDisposable
{
    private const int Fence = 64;
    private const uint Mark = 0xFFC0_1234;
    private readonly float* memory;
    private readonly int count;

    public GuardedFloats(long length)
    {
        count = checked((int)length);
        memory = (float*)NativeMemory.AlignedAlloc((nuint)(count + 2 * Fence + 16) * sizeof(float), 64);
        new Span<uint>(memory, count + 2 * Fence).Fill(Mark);
    }

    public float* Pointer => memory + Fence;
    public Span<float> Span => new(Pointer, count);
    public static float Unset => BitConverter.UInt32BitsToSingle(Mark);
    public static bool IsUnset(float value) => BitConverter.SingleToUInt32Bits(value) == Mark;

    public void Dispose()
    {
        bool intact = !new Span<uint>(memory, Fence).ContainsAnyExcept(Mark) && !new Span<uint>(memory + Fence + count, Fence).ContainsAnyExcept(Mark);
        NativeMemory.AlignedFree(memory);
        Assert.True(intact, "floats outside the buffer were written");
    }
}
