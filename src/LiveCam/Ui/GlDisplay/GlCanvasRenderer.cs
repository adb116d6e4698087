using System.Numerics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Ui.GlDisplay;

/// <summary>
/// Draws a <see cref="Canvas"/> into the current framebuffer with OpenGL 3.3: the picture of <see cref="SoftwareRasterizer"/>, each byte
/// within 2 levels of it (the blending unit rounds its own way), and a gray picture scaled before it is coloured within one step of its
/// colour map. Instances follow the order of the commands and one draw call covers all
/// up to the next change of picture, or between pictures, lines and the rest. Repeated frames allocate nothing and nothing waits for the device. For the thread that has the
/// context, which is the same from the constructor to <see cref="Dispose"/>.
/// </summary>
public sealed unsafe class GlCanvasRenderer : IDisposable
{
    internal const int GlyphUnit = 0, PictureUnit = 1, MapUnit = 2, PointUnit = 3, Units = 4;
    private const uint Stride = GlShape.Bytes;

    private readonly GL gl;
    private readonly bool sharesContext;
    private readonly uint vertices, instances, points, pointTexture, maps;
    private readonly (uint Program, int Frame)[] parts = new (uint, int)[3];
    private readonly GlyphTexture glyphs;
    private readonly PictureTextures pictures;
    private readonly ShapeList list;

    /// <summary>How many pictures were uploaded since the beginning.</summary>
    public long Uploads => pictures.Uploads;

    /// <summary>How many draw calls the last frame took.</summary>
    public int DrawCalls { get; private set; }

    /// <param name="gl">The functions of the context that is current now, 3.3 or newer.</param>
    /// <param name="sharesContext">True where another program draws with this context (<see cref="ForeignContext"/>): all state is then put back after each frame.</param>
    /// <exception cref="LiveCamException">The driver refuses the shaders.</exception>
    public GlCanvasRenderer(GL gl, bool sharesContext = false)
    {
        (this.gl, this.sharesContext) = (gl, sharesContext);
        var state = sharesContext ? GlState.Read(gl) : default;
        var library = ShaderLibrary.Embedded(typeof(GlCanvasRenderer).Assembly);
        Prepare();
        for (int i = 0; i < parts.Length; i++)
        {
            uint program = ShaderProgram.Link(gl,
            [
                new(ShaderType.VertexShader, library.Assemble("canvas.vert", version: "330 core")),
                new(ShaderType.FragmentShader, library.Assemble("canvas.frag", [new("PART", $"{i}")], version: "330 core")),
            ]);
            parts[i] = (program, Location(program, "frame"u8));
            gl.UseProgram(program);
            gl.Uniform1(Location(program, "glyphs"u8), GlyphUnit);
            gl.Uniform1(Location(program, "picture"u8), PictureUnit);
            gl.Uniform1(Location(program, "maps"u8), MapUnit);
            gl.Uniform1(Location(program, "points"u8), PointUnit);
        }

        uint* names = stackalloc uint[2];
        gl.GenBuffers(2, names);
        (instances, points) = (names[0], names[1]);
        uint name;
        gl.GenVertexArrays(1, &name);
        vertices = name;
        gl.BindVertexArray(vertices);
        for (uint i = 0; i < 7; i++)
        {
            gl.EnableVertexAttribArray(i);
            gl.VertexAttribDivisor(i, 1);
        }
        gl.GenTextures(1, &name);
        pointTexture = name;
        gl.ActiveTexture(GLEnum.Texture0 + MapUnit);
        maps = Textures.Make(gl, GLEnum.Rgba8, 256, ColorMap.All.Count, GLEnum.Rgba);
        for (int i = 0; i < ColorMap.All.Count; i++)
            fixed (uint* p = ColorMap.All[i].Packed)
                gl.TexSubImage2D(GLEnum.Texture2D, 0, 0, i, 256, 1, GLEnum.Rgba, GLEnum.UnsignedByte, p);
        (glyphs, pictures) = (new(gl), new(gl));
        list = new(glyphs, pictures);
        Leave(state);
        gl.Check("preparing the display");
    }

    /// <summary>Draws the whole canvas, background included. The context's framebuffer, not this, decides what is drawn on.</summary>
    /// <param name="x">The frame's left edge in the framebuffer, in pixels.</param>
    /// <param name="y">The frame's lower edge in the framebuffer, counted from below.</param>
    /// <param name="topFirst">Turns the frame over, so that a texture or glReadPixels holds its top row first.</param>
    public void Render(Canvas canvas, int x = 0, int y = 0, bool topFirst = false)
    {
        var state = sharesContext ? GlState.Read(gl) : default;
        Prepare();
        pictures.Begin();
        list.Build(canvas);
        Upload(canvas.Points);

        gl.Viewport(x, y, (uint)canvas.Width, (uint)canvas.Height);
        float up = topFirst ? 1 : -1;
        foreach (var (program, frame) in parts)
        {
            gl.UseProgram(program);
            gl.Uniform4(frame, 2f / canvas.Width, up * 2 / canvas.Height, -1, -up);
        }
        Bind(GlyphUnit, glyphs.Texture);
        Bind(MapUnit, maps);
        foreach (ref readonly var batch in list.Batches)
        {
            gl.UseProgram(parts[(int)batch.Part].Program);
            if (batch.Texture != 0) Bind(PictureUnit, batch.Texture);
            Attributes(batch.First);
            gl.DrawArraysInstanced(GLEnum.TriangleStrip, 0, 4, (uint)batch.Count);
        }
        DrawCalls = list.Batches.Length;
        Leave(state);
    }

    /// <summary>Brings the context into the state that uploads and draws here rely on.</summary>
    private void Prepare()
    {
        gl.Disable(GLEnum.ScissorTest);
        gl.Disable(GLEnum.DepthTest);
        gl.Disable(GLEnum.CullFace);
        gl.Disable(GLEnum.StencilTest);
        gl.Disable(GLEnum.FramebufferSrgb);
        gl.Enable(GLEnum.Blend);
        // The frame stays opaque: alpha covers alpha.
        gl.BlendFuncSeparate(GLEnum.SrcAlpha, GLEnum.OneMinusSrcAlpha, GLEnum.One, GLEnum.OneMinusSrcAlpha);
        gl.ColorMask(true, true, true, true);
        gl.BindBuffer(GLEnum.PixelUnpackBuffer, 0);
        gl.PixelStore(GLEnum.UnpackAlignment, 1);
        gl.PixelStore(GLEnum.UnpackRowLength, 0);
        for (uint i = 0; i < Units; i++) gl.BindSampler(i, 0);
        gl.ActiveTexture(GLEnum.Texture0 + PictureUnit);
    }

    private void Leave(in GlState state)
    {
        if (sharesContext)
        {
            state.Restore(gl);
            return;
        }
        gl.Disable(GLEnum.Blend);
        gl.BindVertexArray(0);
        gl.UseProgram(0);
        gl.ActiveTexture(GLEnum.Texture0);
    }

    private void Upload(ReadOnlySpan<Vector2> line)
    {
        Fill(GLEnum.ArrayBuffer, instances, list.Shapes);
        gl.BindVertexArray(vertices);
        if (line.IsEmpty) return;
        Fill(GLEnum.TextureBuffer, points, line);
        gl.ActiveTexture(GLEnum.Texture0 + PointUnit);
        gl.BindTexture(GLEnum.TextureBuffer, pointTexture);
        gl.TexBuffer(GLEnum.TextureBuffer, GLEnum.RG32f, points);
    }

    /// <summary>New contents in new memory of the driver, so that the frame before keeps its own.</summary>
    private void Fill<T>(GLEnum target, uint buffer, ReadOnlySpan<T> values) where T : unmanaged
    {
        gl.BindBuffer(target, buffer);
        gl.BufferData(target, values, GLEnum.StreamDraw);
    }

    /// <summary>Points the attributes at the batch's first instance, which OpenGL 3.3 has no draw parameter for.</summary>
    private void Attributes(int first)
    {
        byte* at = (byte*)((nint)first * Stride);
        gl.VertexAttribPointer(0, 4, GLEnum.Float, false, Stride, at);
        gl.VertexAttribPointer(1, 4, GLEnum.UnsignedShort, false, Stride, at + 16);
        gl.VertexAttribPointer(2, 4, GLEnum.UnsignedByte, true, Stride, at + 24);
        gl.VertexAttribPointer(3, 4, GLEnum.UnsignedByte, true, Stride, at + 28);
        gl.VertexAttribPointer(4, 2, GLEnum.Float, false, Stride, at + 32);
        gl.VertexAttribIPointer(5, 4, GLEnum.Int, Stride, at + 40);
        gl.VertexAttribIPointer(6, 1, GLEnum.UnsignedInt, Stride, at + 56);
    }

    private void Bind(int unit, uint texture)
    {
        gl.ActiveTexture(GLEnum.Texture0 + unit);
        gl.BindTexture(GLEnum.Texture2D, texture);
    }

    private int Location(uint program, ReadOnlySpan<byte> name)
    {
        fixed (byte* p = name) return gl.GetUniformLocation(program, p);
    }

    /// <summary>Deletes what was made; the context is current on this thread.</summary>
    public void Dispose()
    {
        glyphs.Dispose();
        pictures.Dispose();
        Textures.Delete(gl, maps);
        Textures.Delete(gl, pointTexture);
        uint* names = stackalloc uint[] { instances, points };
        gl.DeleteBuffers(2, names);
        uint name = vertices;
        gl.DeleteVertexArrays(1, &name);
        foreach (var (program, _) in parts) gl.DeleteProgram(program);
    }
}
