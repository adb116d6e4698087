using Silk.NET.OpenGL;

namespace LiveCam.Engine.Hosting;

/// <summary>What the network changes in a host's context, as it was before: read by <see cref="Save"/>, put back by <see cref="Restore"/>.</summary>
/// <param name="blocks">Storage bindings that change, from 0 on; 0 where nothing is computed there (before OpenGL 4.5).</param>
internal sealed unsafe class GlStateKeeper(GL gl, int blocks)
{
    private const int Images = 2;

    private static readonly GLEnum[] Unpacking =
    [
        GLEnum.UnpackAlignment, GLEnum.UnpackRowLength, GLEnum.UnpackImageHeight, GLEnum.UnpackSkipPixels, GLEnum.UnpackSkipRows, GLEnum.UnpackSkipImages,
        GLEnum.UnpackSwapBytes, GLEnum.UnpackLsbFirst,
    ];

    private readonly (uint Buffer, long Start, long Size)[] storage = new (uint, long, long)[blocks];
    private readonly (uint Texture, int Level, bool Layered, int Layer, GLEnum Access, GLEnum Format)[] images = new (uint, int, bool, int, GLEnum, GLEnum)[blocks > 0 ? Images : 0];
    private readonly int[] unpacking = new int[Unpacking.Length];
    private uint program, storageBuffer, queryBuffer, unpackBuffer, texture, sampler;
    private GLEnum unit;

    public void Save()
    {
        unit = (GLEnum)gl.GetInteger(GLEnum.ActiveTexture);
        unpackBuffer = (uint)gl.GetInteger(GLEnum.PixelUnpackBufferBinding);
        for (int i = 0; i < Unpacking.Length; i++) unpacking[i] = gl.GetInteger(Unpacking[i]);
        gl.ActiveTexture(GLEnum.Texture0);
        texture = (uint)gl.GetInteger(GLEnum.TextureBinding2D);
        sampler = (uint)gl.GetInteger(GLEnum.SamplerBinding);
        gl.ActiveTexture(unit);
        if (blocks == 0) return;
        program = (uint)gl.GetInteger(GLEnum.CurrentProgram);
        storageBuffer = (uint)gl.GetInteger(GLEnum.ShaderStorageBufferBinding);
        queryBuffer = (uint)gl.GetInteger(GLEnum.QueryBufferBinding);
        for (uint i = 0; i < blocks; i++)
        {
            int name;
            long start, size;
            gl.GetInteger(GLEnum.ShaderStorageBufferBinding, i, &name);
            gl.GetInteger64(GLEnum.ShaderStorageBufferStart, i, &start);
            gl.GetInteger64(GLEnum.ShaderStorageBufferSize, i, &size);
            storage[i] = ((uint)name, start, size);
        }
        for (uint i = 0; i < images.Length; i++)
            images[i] = ((uint)Image(GLEnum.ImageBindingName, i), Image(GLEnum.ImageBindingLevel, i), Image(GLEnum.ImageBindingLayered, i) != 0, Image(GLEnum.ImageBindingLayer, i),
                (GLEnum)Image(GLEnum.ImageBindingAccess, i), (GLEnum)Image(GLEnum.ImageBindingFormat, i));
        // What a query answers would go into it.
        gl.BindBuffer(GLEnum.QueryBuffer, 0);
    }

    public void Restore()
    {
        gl.ActiveTexture(GLEnum.Texture0);
        gl.BindTexture(GLEnum.Texture2D, texture);
        gl.BindSampler(0, sampler);
        gl.ActiveTexture(unit);
        gl.BindBuffer(GLEnum.PixelUnpackBuffer, unpackBuffer);
        for (int i = 0; i < Unpacking.Length; i++) gl.PixelStore(Unpacking[i], unpacking[i]);
        if (blocks == 0) return;
        for (uint i = 0; i < images.Length; i++)
            gl.BindImageTexture(i, images[i].Texture, images[i].Level, images[i].Layered, images[i].Layer, images[i].Access, images[i].Format);
        for (uint i = 0; i < blocks; i++)
        {
            (uint name, long start, long size) = storage[i];
            // A whole buffer has neither start nor size.
            if (size == 0) gl.BindBufferBase(GLEnum.ShaderStorageBuffer, i, name);
            else gl.BindBufferRange(GLEnum.ShaderStorageBuffer, i, name, (nint)start, (nuint)size);
        }
        gl.BindBuffer(GLEnum.ShaderStorageBuffer, storageBuffer);
        gl.BindBuffer(GLEnum.QueryBuffer, queryBuffer);
        gl.UseProgram(program);
    }

    private int Image(GLEnum what, uint unit)
    {
        int value;
        gl.GetInteger(what, unit, &value);
        return value;
    }
}
