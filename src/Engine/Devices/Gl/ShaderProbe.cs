using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>Five-line compute shaders whose compiling tells whether a driver has a language feature.</summary>
internal static unsafe class ShaderProbe
{
    public static bool Subgroups(GL gl) => Compiles(gl,
        ["GL_KHR_shader_subgroup_basic", "GL_KHR_shader_subgroup_arithmetic"],
        "v[0] = subgroupAdd(v[gl_LocalInvocationIndex]);");

    public static string? HalfArithmetic(GL gl)
    {
        string[] candidates = ["GL_EXT_shader_explicit_arithmetic_types_float16", "GL_NV_gpu_shader5", "GL_AMD_gpu_shader_half_float"];
        return Array.Find(candidates, extension => Compiles(gl, [extension],
            "float16_t a = float16_t(v[0]); f16vec2 b = f16vec2(a, a); b = b * b + b; v[0] = float(b.x + b.y);"));
    }

    public static bool CooperativeMatrix(GL gl) => Compiles(gl,
        ["GL_KHR_cooperative_matrix", "GL_KHR_memory_scope_semantics"],
        "coopmat<float, gl_ScopeSubgroup, 16, 16, gl_MatrixUseAccumulator> m = coopmat<float, gl_ScopeSubgroup, 16, 16, gl_MatrixUseAccumulator>(v[0]); v[0] = float(m.length());");

    private static bool Compiles(GL gl, string[] extensions, string statement)
    {
        string text = "#version 450 core\n" + string.Concat(extensions.Select(e => $"#extension {e} : require\n")) +
            "layout(local_size_x = 32) in;\nlayout(std430, binding = 0) buffer V { float v[]; };\nvoid main() { " + statement + " }\n";
        uint shader = gl.CreateShader(ShaderType.ComputeShader);
        gl.ShaderSource(shader, 1, [text], null);
        gl.CompileShader(shader);
        bool compiles = gl.GetShader(shader, GLEnum.CompileStatus) != 0;
        gl.DeleteShader(shader);
        return compiles;
    }
}
