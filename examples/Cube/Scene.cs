using System.Numerics;
using Silk.NET.OpenGL;

namespace Cube;

/// <summary>A turning cube before a dark background, drawn into a texture and from there onto the window.</summary>
internal sealed unsafe class Scene
{
    private const string Vertex = """
        #version 330 core
        uniform mat4 view;
        uniform mat4 turn;
        out vec2 place;
        flat out float light;
        const vec3 NORMALS[6] = vec3[](vec3(0, 0, 1), vec3(0, 0, -1), vec3(1, 0, 0), vec3(-1, 0, 0), vec3(0, 1, 0), vec3(0, -1, 0));
        const vec2 CORNERS[6] = vec2[](vec2(-1, -1), vec2(1, -1), vec2(1, 1), vec2(-1, -1), vec2(1, 1), vec2(-1, 1));
        void main()
        {
            vec3 normal = NORMALS[gl_VertexID / 6];
            vec2 corner = CORNERS[gl_VertexID % 6];
            vec3 up = abs(normal.y) > 0.5 ? vec3(0, 0, -normal.y) : vec3(0, 1, 0);
            vec3 at = normal + cross(up, normal) * corner.x + up * corner.y;
            gl_Position = view * turn * vec4(at, 1);
            // The first row of the maps is the top one.
            place = vec2(corner.x, -corner.y) * 0.5 + 0.5;
            light = 0.35 + 0.65 * max(0, dot(mat3(turn) * normal, normalize(vec3(0.3, 0.5, 1))));
        }
        """;

    private const string Fragment = """
        #version 330 core
        uniform sampler2D maps;
        in vec2 place;
        flat in float light;
        out vec4 color;
        void main()
        {
            vec2 edge = min(place, 1 - place);
            color = vec4(min(edge.x, edge.y) < 0.012 ? vec3(0.9) * light : texture(maps, place).rgb * light, 1);
        }
        """;

    private readonly GL gl;
    private readonly uint program, vertices, framebuffer, depth;
    private readonly int view, turn;

    public Scene(GL gl, int width, int height)
    {
        (this.gl, Width, Height) = (gl, width, height);
        program = Link();
        (view, turn) = (gl.GetUniformLocation(program, "view"), gl.GetUniformLocation(program, "turn"));
        vertices = gl.GenVertexArray();
        Picture = gl.GenTexture();
        gl.BindTexture(GLEnum.Texture2D, Picture);
        gl.TexImage2D(GLEnum.Texture2D, 0, (int)GLEnum.Rgba8, (uint)width, (uint)height, 0, GLEnum.Rgba, GLEnum.UnsignedByte, null);
        gl.TexParameter(GLEnum.Texture2D, GLEnum.TextureMinFilter, (int)GLEnum.Linear);
        depth = gl.GenRenderbuffer();
        gl.BindRenderbuffer(GLEnum.Renderbuffer, depth);
        gl.RenderbufferStorage(GLEnum.Renderbuffer, GLEnum.DepthComponent24, (uint)width, (uint)height);
        framebuffer = gl.GenFramebuffer();
        gl.BindFramebuffer(GLEnum.Framebuffer, framebuffer);
        gl.FramebufferTexture2D(GLEnum.Framebuffer, GLEnum.ColorAttachment0, GLEnum.Texture2D, Picture, 0);
        gl.FramebufferRenderbuffer(GLEnum.Framebuffer, GLEnum.DepthAttachment, GLEnum.Renderbuffer, depth);
    }

    public int Width { get; }
    public int Height { get; }

    /// <summary>The texture that the scene is drawn into; row 0 is the lowest one.</summary>
    public uint Picture { get; }

    /// <param name="angle">How far the cube has turned, in radians.</param>
    /// <param name="maps">The texture it wears.</param>
    public void Draw(float angle, uint maps)
    {
        gl.BindFramebuffer(GLEnum.Framebuffer, framebuffer);
        gl.Viewport(0, 0, (uint)Width, (uint)Height);
        gl.ClearColor(0.06f, 0.07f, 0.09f, 1);
        gl.Clear((uint)(GLEnum.ColorBufferBit | GLEnum.DepthBufferBit));
        gl.Enable(GLEnum.DepthTest);
        gl.Enable(GLEnum.CullFace);
        gl.UseProgram(program);
        Matrix4x4 turned = Matrix4x4.CreateRotationY(angle) * Matrix4x4.CreateRotationX(0.45f);
        Matrix4x4 seen = Matrix4x4.CreateTranslation(0, 0, -4.6f) * Matrix4x4.CreatePerspectiveFieldOfView(0.8f, (float)Width / Height, 0.1f, 100);
        gl.UniformMatrix4(view, 1, false, (float*)&seen);
        gl.UniformMatrix4(turn, 1, false, (float*)&turned);
        gl.ActiveTexture(GLEnum.Texture0);
        gl.BindTexture(GLEnum.Texture2D, maps);
        gl.BindVertexArray(vertices);
        gl.DrawArrays(GLEnum.Triangles, 0, 36);
    }

    /// <summary>Shows what was drawn in a window of this size.</summary>
    public void Show(int width, int height)
    {
        gl.BindFramebuffer(GLEnum.ReadFramebuffer, framebuffer);
        gl.BindFramebuffer(GLEnum.DrawFramebuffer, 0);
        gl.BlitFramebuffer(0, 0, Width, Height, 0, 0, width, height, (uint)GLEnum.ColorBufferBit, GLEnum.Linear);
    }

    /// <summary>Four bytes a pixel, blue first, the lowest row first.</summary>
    public byte[] Read()
    {
        var pixels = new byte[4 * Width * Height];
        gl.BindFramebuffer(GLEnum.ReadFramebuffer, framebuffer);
        gl.PixelStore(GLEnum.PackAlignment, 1);
        fixed (byte* p = pixels) gl.ReadPixels(0, 0, (uint)Width, (uint)Height, GLEnum.Bgra, GLEnum.UnsignedByte, p);
        return pixels;
    }

    private uint Link()
    {
        uint made = gl.CreateProgram();
        foreach ((GLEnum kind, string text) in ((GLEnum, string)[])[(GLEnum.VertexShader, Vertex), (GLEnum.FragmentShader, Fragment)])
        {
            uint shader = gl.CreateShader(kind);
            gl.ShaderSource(shader, text);
            gl.CompileShader(shader);
            gl.AttachShader(made, shader);
            gl.DeleteShader(shader);
        }
        gl.LinkProgram(made);
        return gl.GetProgram(made, GLEnum.LinkStatus) != 0 ? made : throw new InvalidOperationException(gl.GetProgramInfoLog(made));
    }
}
