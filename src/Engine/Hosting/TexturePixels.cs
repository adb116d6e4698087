using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Hosting;

/// <summary>From a host's texture to the bytes of a picture, on the device. It uses texture unit 0.</summary>
internal sealed unsafe class TexturePixels : IDisposable
{
    private const int Side = 8;

    private readonly GlDevice device;
    private readonly uint sampler;

    public TexturePixels(GlDevice device)
    {
        this.device = device;
        uint name;
        device.Gl.CreateSamplers(1, &name);
        sampler = name;
        // Whatever the host's texture says: without levels below the first it would be incomplete.
        device.Gl.SamplerParameter(sampler, GLEnum.TextureMinFilter, (int)GLEnum.Nearest);
        device.Gl.SamplerParameter(sampler, GLEnum.TextureMagFilter, (int)GLEnum.Nearest);
    }

    /// <summary>Width and height of a texture, in pixels.</summary>
    /// <exception cref="LiveCamException">It is no GL_TEXTURE_2D with contents.</exception>
    public (int Width, int Height) SizeOf(uint texture)
    {
        GL gl = device.Gl;
        int target = 0, width = 0, height = 0;
        if (texture != 0 && gl.IsTexture(texture))
        {
            gl.GetTextureParameter(texture, GLEnum.TextureTarget, &target);
            gl.GetTextureLevelParameter(texture, 0, GLEnum.TextureWidth, &width);
            gl.GetTextureLevelParameter(texture, 0, GLEnum.TextureHeight, &height);
        }
        return target == (int)GLEnum.Texture2D && width > 0 && height > 0 ? (width, height)
            : throw new LiveCamException($"Texture {texture} cannot be looked at: it is no GL_TEXTURE_2D with an image of this context or one that shares with it. Make it first, or copy it into one.");
    }

    /// <summary>Copies a texture, behind the commands issued so far.</summary>
    /// <param name="pixels">Four bytes a pixel.</param>
    public void Copy(uint texture, int width, int height, bool bottomRowFirst, GlBuffer pixels)
    {
        GL gl = device.Gl;
        GlProgram program = device.Program("texture_pixels.comp",
            [GlProgram.Define("WIDTH", width), GlProgram.Define("HEIGHT", height), GlProgram.Define("BOTTOM_FIRST", bottomRowFirst ? 1 : 0)]);
        gl.UseProgram(program.Name);
        gl.BindTextureUnit(0, texture);
        gl.BindSampler(0, sampler);
        pixels.BindStorage(0, 0, pixels.Bytes);
        gl.DispatchCompute((uint)((width + Side - 1) / Side), (uint)((height + Side - 1) / Side), 1);
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
    }

    public void Dispose()
    {
        uint name = sampler;
        device.Gl.DeleteSamplers(1, &name);
    }
}
