using System.Text;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>One stage of a program: GL_COMPUTE_SHADER and the like, and its source.</summary>
public readonly record struct ShaderStage(uint Kind, ShaderSource Source);

/// <summary>Turns sources into linked programs.</summary>
public static unsafe class ShaderProgram
{
    /// <summary>
    /// Compiles and links; the caller owns the program. <paramref name="retrievable"/> asks the driver to keep its binary at hand
    /// (OpenGL 4.1). Throws a <see cref="LiveCamException"/> naming our file and line for the first error.
    /// </summary>
    public static uint Link(Gl gl, ReadOnlySpan<ShaderStage> stages, bool retrievable = false)
    {
        uint program = gl.CreateProgram();
        if (retrievable) gl.ProgramParameteri(program, GlEnum.ProgramBinaryRetrievableHint, 1);
        uint* shaders = stackalloc uint[stages.Length];
        int made = 0;
        try
        {
            foreach (ShaderStage stage in stages)
            {
                shaders[made] = Compile(gl, stage);
                gl.AttachShader(program, shaders[made++]);
            }
            gl.LinkProgram(program);
            if (!IsLinked(gl, program)) throw stages[0].Source.Explain(Log(gl, program, linked: true));
            for (int i = 0; i < made; i++) gl.DetachShader(program, shaders[i]);
            return program;
        }
        catch
        {
            gl.DeleteProgram(program);
            throw;
        }
        finally
        {
            for (int i = 0; i < made; i++) gl.DeleteShader(shaders[i]);
        }
    }

    internal static bool IsLinked(Gl gl, uint program)
    {
        int status = 0;
        gl.GetProgramiv(program, GlEnum.LinkStatus, &status);
        return status != 0;
    }

    private static uint Compile(Gl gl, ShaderStage stage)
    {
        uint shader = gl.CreateShader(stage.Kind);
        byte[] bytes = Encoding.UTF8.GetBytes(stage.Source.Text);
        int length = bytes.Length, status = 0;
        fixed (byte* p = bytes)
        {
            byte* text = p;
            gl.ShaderSource(shader, 1, &text, &length);
        }
        gl.CompileShader(shader);
        gl.GetShaderiv(shader, GlEnum.CompileStatus, &status);
        if (status != 0) return shader;
        string log = Log(gl, shader, linked: false);
        gl.DeleteShader(shader);
        throw stage.Source.Explain(log);
    }

    private static string Log(Gl gl, uint name, bool linked)
    {
        int length = 0;
        if (linked) gl.GetProgramiv(name, GlEnum.InfoLogLength, &length);
        else gl.GetShaderiv(name, GlEnum.InfoLogLength, &length);
        if (length <= 1) return "";
        byte[] text = new byte[length];
        int written = 0;
        fixed (byte* p = text)
        {
            if (linked) gl.GetProgramInfoLog(name, length, &written, p);
            else gl.GetShaderInfoLog(name, length, &written, p);
        }
        return Encoding.UTF8.GetString(text, 0, written);
    }
}
