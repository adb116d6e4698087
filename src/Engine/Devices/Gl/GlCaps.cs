using System.Runtime.CompilerServices;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>What one driver is and allows. Optional shader features are found by compiling a probe, not by believing a list.</summary>
public sealed class GlCaps
{
    /// <summary>Streaming multiprocessors assumed where the driver does not tell.</summary>
    public const int AssumedCores = 32;

    // Of GL_NV_shader_thread_group and GL_NVX_gpu_memory_info.
    private const GLEnum SmCountNv = (GLEnum)0x933B, DedicatedMemoryNvx = (GLEnum)0x9047;

    private static readonly ConditionalWeakTable<GL, GlCaps> s_known = [];
    private static readonly string[] s_softwareNames = ["llvmpipe", "softpipe", "swiftshader", "software rasterizer", "swrast", "gdi generic", "microsoft basic render"];

    public required string Renderer { get; init; }
    public required string Vendor { get; init; }

    /// <summary>The driver's version text, "4.5 (Core Profile) Mesa 22.3.6".</summary>
    public required string Version { get; init; }

    public required IReadOnlySet<string> Extensions { get; init; }

    /// <summary>True for a renderer that computes on the CPU, where the CPU device is the faster choice.</summary>
    public bool IsSoftware => IsSoftwareName(Renderer);

    /// <summary>Largest range of a buffer that one storage binding may span, in bytes.</summary>
    public required long MaxStorageRange { get; init; }

    /// <summary>Multiple, in bytes, on which a bound storage range must begin.</summary>
    public required int StorageAlignment { get; init; }

    /// <summary>Storage slots of the context, and blocks one compute shader may declare; the smaller number.</summary>
    public required int StorageBindings { get; init; }

    /// <summary>Largest uniform block in bytes, and the multiple on which its range must begin.</summary>
    public required int MaxUniformBlock { get; init; }
    public required int UniformAlignment { get; init; }

    /// <summary>Shared memory of one work group in bytes.</summary>
    public required int SharedMemory { get; init; }

    /// <summary>Most invocations in one work group.</summary>
    public required int MaxInvocations { get; init; }

    /// <summary>Largest work group along x, y, z.</summary>
    public required (int X, int Y, int Z) MaxGroupSize { get; init; }

    /// <summary>Most work groups of one dispatch along x, y, z.</summary>
    public required (int X, int Y, int Z) MaxGroups { get; init; }

    public required int MaxTextureSize { get; init; }
    public required int MaxTextureLayers { get; init; }

    /// <summary>Forms in which the driver hands out compiled programs; 0 means none can be stored.</summary>
    public required int ProgramBinaryFormats { get; init; }

    /// <summary>Multiprocessors, by GL_NV_shader_thread_group, else <see cref="AssumedCores"/>.</summary>
    public required int Cores { get; init; }

    /// <summary>Whether <see cref="Cores"/> was told by the driver.</summary>
    public required bool CoresKnown { get; init; }

    /// <summary>Video memory in MiB where the driver tells, else 0.</summary>
    public required int MemoryMiB { get; init; }

    /// <summary>GL_KHR_shader_subgroup_basic and _arithmetic compile.</summary>
    public required bool Subgroups { get; init; }

    /// <summary>The extension with which float16_t arithmetic compiles, or null.</summary>
    public required string? HalfArithmetic { get; init; }

    /// <summary>GL_KHR_cooperative_matrix compiles (matrix units).</summary>
    public required bool CooperativeMatrix { get; init; }

    /// <summary>What the driver behind these functions is and allows; read on the first question, which takes a few milliseconds for the probes.</summary>
    public static GlCaps Of(GL gl) => s_known.GetValue(gl, Read);

    private static GlCaps Read(GL gl)
    {
        var extensions = new HashSet<string>();
        int count = gl.GetInteger(GLEnum.NumExtensions);
        for (uint i = 0; i < count; i++)
            extensions.Add(gl.GetStringS(GLEnum.Extensions, i) ?? "");

        int version = GlVersion.Of(gl);
        bool compute = version >= 43;
        int cores = extensions.Contains("GL_NV_shader_thread_group") ? gl.GetInteger(SmCountNv) : 0;
        return new GlCaps
        {
            Renderer = gl.GetStringS(GLEnum.Renderer),
            Vendor = gl.GetStringS(GLEnum.Vendor),
            Version = gl.GetStringS(GLEnum.Version),
            Extensions = extensions,
            MaxStorageRange = compute ? gl.GetInteger64(GLEnum.MaxShaderStorageBlockSize) : 0,
            StorageAlignment = compute ? gl.GetInteger(GLEnum.ShaderStorageBufferOffsetAlignment) : 0,
            StorageBindings = compute ? Math.Min(gl.GetInteger(GLEnum.MaxShaderStorageBufferBindings), gl.GetInteger(GLEnum.MaxComputeShaderStorageBlocks)) : 0,
            MaxUniformBlock = gl.GetInteger(GLEnum.MaxUniformBlockSize),
            UniformAlignment = gl.GetInteger(GLEnum.UniformBufferOffsetAlignment),
            SharedMemory = compute ? gl.GetInteger(GLEnum.MaxComputeSharedMemorySize) : 0,
            MaxInvocations = compute ? gl.GetInteger(GLEnum.MaxComputeWorkGroupInvocations) : 0,
            MaxGroupSize = compute ? Triple(gl, GLEnum.MaxComputeWorkGroupSize) : default,
            MaxGroups = compute ? Triple(gl, GLEnum.MaxComputeWorkGroupCount) : default,
            MaxTextureSize = gl.GetInteger(GLEnum.MaxTextureSize),
            MaxTextureLayers = gl.GetInteger(GLEnum.MaxArrayTextureLayers),
            ProgramBinaryFormats = version >= 41 ? gl.GetInteger(GLEnum.NumProgramBinaryFormats) : 0,
            Cores = cores > 0 ? cores : AssumedCores,
            CoresKnown = cores > 0,
            MemoryMiB = extensions.Contains("GL_NVX_gpu_memory_info") ? gl.GetInteger(DedicatedMemoryNvx) / 1024 : 0,
            Subgroups = compute && ShaderProbe.Subgroups(gl),
            HalfArithmetic = compute ? ShaderProbe.HalfArithmetic(gl) : null,
            CooperativeMatrix = compute && ShaderProbe.CooperativeMatrix(gl),
        };
    }

    private static (int, int, int) Triple(GL gl, GLEnum name) => (gl.GetInteger(name, 0), gl.GetInteger(name, 1), gl.GetInteger(name, 2));

    /// <summary>Whether a GL_RENDERER text is that of a known software renderer.</summary>
    public static bool IsSoftwareName(string renderer) =>
        Array.Exists(s_softwareNames, name => renderer.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Throws a <see cref="LiveCamException"/> unless a storage binding may span the range: inside the buffer, on the driver's
    /// alignment, not larger than <see cref="MaxStorageRange"/>. Drivers differ in what they do with such a range, so it is
    /// refused here, once, when a plan is made. Sizes in bytes; <paramref name="what"/> names the value.
    /// </summary>
    public void CheckStorageRange(string what, long offset, long bytes, long bufferBytes)
    {
        if (bytes > MaxStorageRange)
            throw new LiveCamException($"Binding {what}: it takes {bytes} bytes, but {Renderer} lets a shader see at most {MaxStorageRange} bytes of one buffer. Use a smaller batch or picture, or run with --device cpu.");
        if (offset < 0 || bytes <= 0 || offset > bufferBytes - bytes)
            throw new LiveCamException($"Binding {what}: bytes {offset} to {offset + bytes} lie outside its buffer of {bufferBytes} bytes. Was it sized for another shape?");
        if (offset % StorageAlignment != 0)
            throw new LiveCamException($"Binding {what}: offset {offset} is not a multiple of the {StorageAlignment} bytes that {Renderer} asks for. Align the value in its arena.");
    }

    /// <summary>The facts in lines of "name: value", for people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"renderer: {Renderer}{(IsSoftware ? " (software)" : "")}";
        yield return $"vendor: {Vendor}";
        yield return $"version: {Version}";
        if (MemoryMiB > 0) yield return $"video memory: {MemoryMiB} MiB";
        yield return $"multiprocessors: {Cores}{(CoresKnown ? "" : " (assumed)")}";
        yield return $"work group: {MaxInvocations} invocations, {MaxGroupSize.X} x {MaxGroupSize.Y} x {MaxGroupSize.Z}, {SharedMemory / 1024} KiB shared";
        yield return $"dispatch: {MaxGroups.X} x {MaxGroups.Y} x {MaxGroups.Z} groups";
        yield return $"storage buffers: {StorageBindings} bindings, ranges up to {MaxStorageRange >> 20} MiB, aligned to {StorageAlignment} bytes";
        yield return $"textures: {MaxTextureSize} x {MaxTextureSize}, {MaxTextureLayers} layers";
        yield return $"program binaries: {(ProgramBinaryFormats > 0 ? "yes" : "no")}";
        yield return $"subgroups: {(Subgroups ? "yes" : "no")}, half arithmetic: {HalfArithmetic ?? "no"}, matrix units: {(CooperativeMatrix ? "yes" : "no")}";
    }

    public override string ToString() => $"{Renderer}, OpenGL {Version}";
}
