using LiveCam.Engine.Graphs;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>A form of a parameter that shaders read.</summary>
/// <param name="Key">Names it; forms of one parameter with the same key are the same.</param>
/// <param name="Pack">Makes it on the host.</param>
/// <param name="Copies">Make it on the device, out of the dense parameter; none where only the host can.</param>
internal sealed record ParameterForm(string Key, long Floats, Pack Pack, IReadOnlyList<PackCopy> Copies)
{
    /// <summary>Makes it on the device, behind the commands issued so far. All that no copy writes stays as it is.</summary>
    /// <param name="program">Of <c>pack.comp</c>.</param>
    public unsafe void Run(GL gl, GlProgram program, GlBuffer dense, GlBuffer packed)
    {
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
        gl.UseProgram(program.Name);
        dense.BindStorage(0, 0, dense.Bytes);
        packed.BindStorage(1, 0, packed.Bytes);
        foreach (PackCopy copy in Copies)
        {
            for (int loop = 0; loop < 4; loop++)
            {
                gl.Uniform1(loop, copy.Extents[loop]);
                gl.Uniform1(4 + loop, copy.From[loop]);
                gl.Uniform1(9 + loop, copy.To[loop]);
            }
            gl.Uniform1(8, copy.FirstFrom);
            gl.Uniform1(13, copy.FirstTo);
            gl.Uniform1(14, copy.Scale);
            Groups groups = Groups.Fold((copy.Count + 63) / 64);
            gl.DispatchCompute((uint)groups.X, (uint)groups.Y, 1);
        }
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
    }
}
