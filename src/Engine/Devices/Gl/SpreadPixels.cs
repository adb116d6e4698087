using System.Globalization;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Brings a dense row-major tensor into its channels-last place in the arena without touching the lanes between its pixels and
/// without waiting: the elements go to a buffer of their own, a shader moves them on. Elements have 4 or 8 bytes.
/// </summary>
internal sealed unsafe class SpreadPixels : IDisposable
{
    private const int GroupSize = 64;

    private readonly GL gl;
    private readonly GlBuffer staging;
    private readonly GlProgram program;
    private readonly uint[] buffers;
    private readonly nint[] offsets;
    private readonly nuint[] sizes;
    private readonly Groups groups;

    public SpreadPixels(GlDevice device, GlBuffer arena, long offset, long bytes, GlOperand at)
    {
        gl = device.Gl;
        Shape shape = at.Format.Shape;
        int size = at.Format.Type.Size(), count = shape.ElementCount;
        (int channels, int pixels) = (shape[1], shape.CountOf(2, shape.Rank));
        staging = new GlBuffer(gl, Math.Max(16, (long)count * size), "staging");
        var defines = new OrderedDictionary<string, string>
        {
            ["T"] = size == 4 ? "uint" : "uvec2",
            ["X_T"] = size == 4 ? "uint" : "uvec2",
            ["COUNT"] = count.ToString(CultureInfo.InvariantCulture),
            ["X_AT(i)"] = FormattableString.Invariant($"(((i) / {(long)channels * pixels} * {channels} + (i) % {channels}) * {pixels} + (i) / {channels} % {pixels})"),
            ["Y_AT(i)"] = FormattableString.Invariant($"((i) / {channels} * {at.Format.Pitch} + (i) % {channels} + {at.Offset})"),
        };
        program = device.Program("strided_copy.comp", defines);
        (buffers, offsets, sizes) = ([staging.Name, arena.Name], [0, (nint)offset], [(nuint)staging.Bytes, (nuint)bytes]);
        groups = Groups.Fold((count + GroupSize - 1L) / GroupSize);
    }

    public void Run(Tensor tensor)
    {
        staging.Upload<byte>(tensor.Bytes.Span);
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
        gl.UseProgram(program.Name);
        fixed (uint* names = buffers)
        fixed (nint* starts = offsets)
        fixed (nuint* lengths = sizes)
            gl.BindBuffersRange(GLEnum.ShaderStorageBuffer, 0, (uint)buffers.Length, names, starts, lengths);
        gl.DispatchCompute((uint)groups.X, (uint)groups.Y, (uint)groups.Z);
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
    }

    public void Dispose() => staging.Dispose();
}
