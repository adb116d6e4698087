using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Ui.GlDisplay;

/// <summary>What drawing a canvas changes in a context, as it was before, for a host program that draws with the same context.</summary>
internal unsafe struct GlState
{
    private static ReadOnlySpan<GLEnum> Switches =>
        [GLEnum.Blend, GLEnum.ScissorTest, GLEnum.DepthTest, GLEnum.CullFace, GLEnum.StencilTest, GLEnum.FramebufferSrgb];

    private fixed int viewport[4], mask[4];
    private fixed int switches[6];
    private fixed uint textures[GlCanvasRenderer.Units], samplers[GlCanvasRenderer.Units];
    private uint program, vertices, arrayBuffer, unpackBuffer, textureBuffer, bufferTexture;
    private GLEnum unit, sourceRgb, targetRgb, sourceAlpha, targetAlpha;
    private int alignment, rowLength;

    public static GlState Read(GL gl)
    {
        var s = new GlState
        {
            program = (uint)gl.GetInteger(GLEnum.CurrentProgram), vertices = (uint)gl.GetInteger(GLEnum.VertexArrayBinding),
            arrayBuffer = (uint)gl.GetInteger(GLEnum.ArrayBufferBinding), unpackBuffer = (uint)gl.GetInteger(GLEnum.PixelUnpackBufferBinding),
            textureBuffer = (uint)gl.GetInteger(GLEnum.TextureBufferBinding), unit = (GLEnum)gl.GetInteger(GLEnum.ActiveTexture),
            sourceRgb = (GLEnum)gl.GetInteger(GLEnum.BlendSrcRgb), targetRgb = (GLEnum)gl.GetInteger(GLEnum.BlendDstRgb),
            sourceAlpha = (GLEnum)gl.GetInteger(GLEnum.BlendSrcAlpha), targetAlpha = (GLEnum)gl.GetInteger(GLEnum.BlendDstAlpha),
            alignment = gl.GetInteger(GLEnum.UnpackAlignment), rowLength = gl.GetInteger(GLEnum.UnpackRowLength),
        };
        gl.GetInteger(GLEnum.Viewport, s.viewport);
        gl.GetInteger(GLEnum.ColorWritemask, s.mask);
        for (int i = 0; i < Switches.Length; i++) s.switches[i] = gl.GetInteger(Switches[i]);
        for (uint i = 0; i < GlCanvasRenderer.Units; i++)
        {
            gl.ActiveTexture(GLEnum.Texture0 + (int)i);
            s.textures[i] = (uint)gl.GetInteger(GLEnum.TextureBinding2D);
            s.samplers[i] = (uint)gl.GetInteger(GLEnum.SamplerBinding);
            if (i == GlCanvasRenderer.PointUnit) s.bufferTexture = (uint)gl.GetInteger(GLEnum.TextureBindingBuffer);
        }
        return s;
    }

    public readonly void Restore(GL gl)
    {
        for (uint i = 0; i < GlCanvasRenderer.Units; i++)
        {
            gl.ActiveTexture(GLEnum.Texture0 + (int)i);
            gl.BindTexture(GLEnum.Texture2D, textures[i]);
            gl.BindSampler(i, samplers[i]);
            if (i == GlCanvasRenderer.PointUnit) gl.BindTexture(GLEnum.TextureBuffer, bufferTexture);
        }
        gl.ActiveTexture(unit);
        for (int i = 0; i < Switches.Length; i++)
            if (switches[i] != 0) gl.Enable(Switches[i]);
            else gl.Disable(Switches[i]);
        gl.ColorMask(mask[0] != 0, mask[1] != 0, mask[2] != 0, mask[3] != 0);
        gl.Viewport(viewport[0], viewport[1], (uint)viewport[2], (uint)viewport[3]);
        gl.BlendFuncSeparate(sourceRgb, targetRgb, sourceAlpha, targetAlpha);
        gl.PixelStore(GLEnum.UnpackAlignment, alignment);
        gl.PixelStore(GLEnum.UnpackRowLength, rowLength);
        gl.BindBuffer(GLEnum.PixelUnpackBuffer, unpackBuffer);
        gl.BindBuffer(GLEnum.TextureBuffer, textureBuffer);
        gl.BindBuffer(GLEnum.ArrayBuffer, arrayBuffer);
        gl.BindVertexArray(vertices);
        gl.UseProgram(program);
    }
}
