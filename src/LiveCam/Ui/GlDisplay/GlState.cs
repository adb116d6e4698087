using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Ui.GlDisplay;

/// <summary>What drawing a canvas changes in a context, as it was before, for a host program that draws with the same context.</summary>
internal unsafe struct GlState
{
    private static ReadOnlySpan<uint> Switches =>
        [GlEnum.Blend, GlEnum.ScissorTest, GlEnum.DepthTest, GlEnum.CullFace, GlEnum.StencilTest, GlEnum.FramebufferSrgb];

    private fixed int viewport[4], mask[4];
    private fixed int switches[6];
    private fixed uint textures[GlCanvasRenderer.Units], samplers[GlCanvasRenderer.Units];
    private uint program, vertices, arrayBuffer, unpackBuffer, textureBuffer, bufferTexture, unit;
    private uint sourceRgb, targetRgb, sourceAlpha, targetAlpha;
    private int alignment, rowLength;

    public static GlState Read(Gl gl)
    {
        var s = new GlState
        {
            program = (uint)gl.Integer(GlEnum.CurrentProgram), vertices = (uint)gl.Integer(GlEnum.VertexArrayBinding),
            arrayBuffer = (uint)gl.Integer(GlEnum.ArrayBufferBinding), unpackBuffer = (uint)gl.Integer(GlEnum.PixelUnpackBufferBinding),
            textureBuffer = (uint)gl.Integer(GlEnum.TextureBufferBinding), unit = (uint)gl.Integer(GlEnum.ActiveTexture),
            sourceRgb = (uint)gl.Integer(GlEnum.BlendSrcRgb), targetRgb = (uint)gl.Integer(GlEnum.BlendDstRgb),
            sourceAlpha = (uint)gl.Integer(GlEnum.BlendSrcAlpha), targetAlpha = (uint)gl.Integer(GlEnum.BlendDstAlpha),
            alignment = gl.Integer(GlEnum.UnpackAlignment), rowLength = gl.Integer(GlEnum.UnpackRowLength),
        };
        gl.GetIntegerv(GlEnum.Viewport, s.viewport);
        gl.GetIntegerv(GlEnum.ColorWritemask, s.mask);
        for (int i = 0; i < Switches.Length; i++) s.switches[i] = gl.Integer(Switches[i]);
        for (uint i = 0; i < GlCanvasRenderer.Units; i++)
        {
            gl.ActiveTexture(GlEnum.Texture0 + i);
            s.textures[i] = (uint)gl.Integer(GlEnum.TextureBinding2D);
            s.samplers[i] = (uint)gl.Integer(GlEnum.SamplerBinding);
            if (i == GlCanvasRenderer.PointUnit) s.bufferTexture = (uint)gl.Integer(GlEnum.TextureBindingBuffer);
        }
        return s;
    }

    public readonly void Restore(Gl gl)
    {
        for (uint i = 0; i < GlCanvasRenderer.Units; i++)
        {
            gl.ActiveTexture(GlEnum.Texture0 + i);
            gl.BindTexture(GlEnum.Texture2D, textures[i]);
            gl.BindSampler(i, samplers[i]);
            if (i == GlCanvasRenderer.PointUnit) gl.BindTexture(GlEnum.TextureBuffer, bufferTexture);
        }
        gl.ActiveTexture(unit);
        for (int i = 0; i < Switches.Length; i++)
            if (switches[i] != 0) gl.Enable(Switches[i]);
            else gl.Disable(Switches[i]);
        gl.ColorMask((byte)mask[0], (byte)mask[1], (byte)mask[2], (byte)mask[3]);
        gl.Viewport(viewport[0], viewport[1], viewport[2], viewport[3]);
        gl.BlendFuncSeparate(sourceRgb, targetRgb, sourceAlpha, targetAlpha);
        gl.PixelStorei(GlEnum.UnpackAlignment, alignment);
        gl.PixelStorei(GlEnum.UnpackRowLength, rowLength);
        gl.BindBuffer(GlEnum.PixelUnpackBuffer, unpackBuffer);
        gl.BindBuffer(GlEnum.TextureBuffer, textureBuffer);
        gl.BindBuffer(GlEnum.ArrayBuffer, arrayBuffer);
        gl.BindVertexArray(vertices);
        gl.UseProgram(program);
    }
}
