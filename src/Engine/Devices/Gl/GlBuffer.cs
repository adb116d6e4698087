using System.Runtime.CompilerServices;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>A buffer object of fixed size in device memory, written and read through the driver (not mapped).</summary>
public sealed unsafe class GlBuffer : IDisposable
{
    private readonly GL _gl;
    private readonly GlCaps _caps;
    private uint _name;

    /// <summary>
    /// Allocates <paramref name="bytes"/> bytes, contents undefined; <paramref name="label"/> names it in errors and debuggers.
    /// Throws a <see cref="LiveCamException"/> when the driver has no memory for it.
    /// </summary>
    public GlBuffer(GL gl, long bytes, string label = "buffer")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        (_gl, _caps) = (gl, GlCaps.Of(gl));
        Bytes = bytes;
        Label = label;
        gl.Check($"work before allocating {label}");
        uint name;
        gl.CreateBuffers(1, &name);
        _name = name;
        gl.NamedBufferStorage(name, (nuint)bytes, null, BufferStorageMask.DynamicStorageBit);
        try
        {
            gl.Check($"allocating {label} of {bytes >> 20} MiB");
        }
        catch
        {
            Dispose();
            throw;
        }
        gl.Label(ObjectIdentifier.Buffer, name, label);
    }

    /// <summary>The OpenGL name, for binding.</summary>
    public uint Name => _name;

    /// <summary>Size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>What the buffer is for.</summary>
    public string Label { get; }

    /// <summary>Copies values to <paramref name="offset"/> (bytes); earlier commands see the old contents, later ones the new.</summary>
    public void Upload<T>(ReadOnlySpan<T> values, long offset = 0) where T : unmanaged
    {
        long bytes = (long)values.Length * Unsafe.SizeOf<T>();
        CheckInside(offset, bytes, "writing");
        if (bytes == 0) return;
        fixed (T* p = values) _gl.NamedBufferSubData(_name, (nint)offset, (nuint)bytes, p);
    }

    /// <summary>Copies values from <paramref name="offset"/> (bytes), waiting for the device; sees all shader writes so far.</summary>
    public void Download<T>(Span<T> values, long offset = 0) where T : unmanaged
    {
        long bytes = (long)values.Length * Unsafe.SizeOf<T>();
        CheckInside(offset, bytes, "reading");
        if (bytes == 0) return;
        _gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit);
        fixed (T* p = values) _gl.GetNamedBufferSubData(_name, (nint)offset, (nuint)bytes, p);
    }

    /// <summary>Fills bytes with zero; offset and length are multiples of 4.</summary>
    public void Clear(long offset, long bytes)
    {
        CheckInside(offset, bytes, "clearing");
        uint zero = 0;
        if (bytes > 0) _gl.ClearNamedBufferSubData(_name, GLEnum.R32ui, (nint)offset, (nuint)bytes, GLEnum.RedInteger, GLEnum.UnsignedInt, &zero);
    }

    /// <summary>Copies bytes to another buffer on the device, behind the commands issued so far; the ranges may not overlap.</summary>
    public void CopyTo(GlBuffer target, long from, long to, long bytes)
    {
        CheckInside(from, bytes, "copying from");
        target.CheckInside(to, bytes, "copying to");
        _gl.CopyNamedBufferSubData(_name, target._name, (nint)from, (nint)to, (nuint)bytes);
    }

    /// <summary>
    /// Binds a range to a storage slot (<c>layout(binding = slot)</c>). Throws a <see cref="LiveCamException"/> for a range that
    /// <see cref="GlCaps.CheckStorageRange"/> refuses. Plans check once with that and bind with glBindBuffersRange.
    /// </summary>
    public void BindStorage(uint slot, long offset, long bytes)
    {
        _caps.CheckStorageRange(Label, offset, bytes, Bytes);
        if (slot >= _caps.StorageBindings)
            throw new LiveCamException($"Binding {Label}: slot {slot} is beyond the {_caps.StorageBindings} storage bindings of {_caps.Renderer}. Use fewer buffers in one shader.");
        _gl.BindBufferRange(GLEnum.ShaderStorageBuffer, slot, _name, (nint)offset, (nuint)bytes);
    }

    private void CheckInside(long offset, long bytes, string doing)
    {
        ObjectDisposedException.ThrowIf(_name == 0, this);
        if (offset < 0 || bytes < 0 || offset > Bytes - bytes)
            throw new LiveCamException($"Error {doing} {Label}: bytes {offset} to {offset + bytes} lie outside its {Bytes} bytes. Was it sized for another shape?");
    }

    public void Dispose()
    {
        uint name = _name;
        _name = 0;
        if (name != 0) _gl.DeleteBuffers(1, &name);
    }
}
