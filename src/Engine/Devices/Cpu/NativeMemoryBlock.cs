using System.Runtime.InteropServices;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>Zeroed native memory aligned to 64 bytes, freed when disposed or forgotten.</summary>
internal sealed unsafe class NativeMemoryBlock : IDisposable
{
    private byte* pointer;

    public long Bytes { get; }

    public NativeMemoryBlock(long bytes)
    {
        Bytes = Math.Max(64, bytes);
        pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Bytes, 64);
        NativeMemory.Clear(pointer, (nuint)Bytes);
        GC.AddMemoryPressure(Bytes);
    }

    public byte* Pointer => pointer is not null ? pointer : throw new ObjectDisposedException(nameof(NativeMemoryBlock));

    ~NativeMemoryBlock() => Free();

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (pointer is null)
            return;
        NativeMemory.AlignedFree(pointer);
        pointer = null;
        GC.RemoveMemoryPressure(Bytes);
    }
}
