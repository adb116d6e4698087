using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>One stage of a program: the kind of shader, and its source.</summary>
public readonly record struct ShaderStage(ShaderType Kind, ShaderSource Source);

/// <summary>Turns sources into linked programs.</summary>
public static unsafe class ShaderProgram
{
    /// <summary>
    /// Compiles and links; the caller owns the program. <paramref name="retrievable"/> asks the driver to keep its binary at hand
    /// (OpenGL 4.1). Throws a <see cref="LiveCamException"/> naming our file and line for the first error.
    /// </summary>
    public static uint Link(GL gl, ReadOnlySpan<ShaderStage> stages, bool retrievable = false)
    {
        uint program = gl.CreateProgram();
        if (retrievable) gl.ProgramParameter(program, GLEnum.ProgramBinaryRetrievableHint, 1);
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
            if (!IsLinked(gl, program)) throw stages[0].Source.Explain(gl.GetProgramInfoLog(program));
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

    internal static bool IsLinked(GL gl, uint program) => gl.GetProgram(program, GLEnum.LinkStatus) != 0;

    private static uint Compile(GL gl, ShaderStage stage)
    {
        uint shader = gl.CreateShader(stage.Kind);
        gl.ShaderSource(shader, 1, [stage.Source.Text], null);
        gl.CompileShader(shader);
        if (gl.GetShader(shader, GLEnum.CompileStatus) != 0) return shader;
        string log = gl.GetShaderInfoLog(shader);
        gl.DeleteShader(shader);
        throw stage.Source.Explain(log);
    }
}
