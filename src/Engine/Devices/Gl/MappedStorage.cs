using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>Buffer objects that stay mapped for life.</summary>
internal static unsafe class MappedStorage
{
    public static byte* Create(GL gl, long bytes, BufferStorageMask storageFlags, MapBufferAccessMask mapFlags, string label, out uint buffer)
    {
        gl.Check($"work before allocating the {label}");
        uint name;
        gl.CreateBuffers(1, &name);
        gl.NamedBufferStorage(name, (nuint)bytes, null, storageFlags);
        byte* memory = (byte*)gl.MapNamedBufferRange(name, 0, (nuint)bytes, mapFlags);
        try
        {
            gl.Check($"mapping the {label} of {bytes} bytes");
            if (memory == null) throw new LiveCamException($"OpenGL gave no memory for the {label} of {bytes} bytes. Close other programs that use the GPU.");
        }
        catch
        {
            Delete(gl, ref name);
            throw;
        }
        gl.Label(ObjectIdentifier.Buffer, name, label);
        buffer = name;
        return memory;
    }

    // Deleting unmaps.
    public static void Delete(GL gl, ref uint name)
    {
        uint old = name;
        name = 0;
        if (old != 0) gl.DeleteBuffers(1, &old);
    }
}
