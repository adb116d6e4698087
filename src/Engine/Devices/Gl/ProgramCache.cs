using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Compute programs by their full source: compiled once per process, and kept on disk between runs where the driver hands
/// out binaries. It owns the programs. Safe for use from threads whose contexts share objects; after compiling on one,
/// call glFinish there before another uses the program.
/// </summary>
public sealed unsafe class ProgramCache : IDisposable
{
    private readonly GL _gl;
    private readonly ProgramStore? _store;
    private readonly string _driver;
    private readonly ConcurrentDictionary<string, Lazy<uint>> _programs = new();
    private int _compiled, _loaded;

    /// <summary>
    /// A cache over <paramref name="directory"/> (null: memory only; see <see cref="DefaultDirectory"/>), which is kept below
    /// <paramref name="maxBytes"/> by deleting what was used longest ago.
    /// </summary>
    public ProgramCache(GL gl, string? directory, long maxBytes = 256 << 20)
    {
        _gl = gl;
        GlCaps caps = GlCaps.Of(gl);
        _driver = $"\0{caps.Vendor}\0{caps.Renderer}\0{caps.Version}";
        _store = directory is null || caps.ProgramBinaryFormats == 0 ? null : new ProgramStore(directory, maxBytes);
    }

    /// <summary>$XDG_CACHE_HOME/livecam/programs or ~/.cache/livecam/programs; null where there is no home.</summary>
    public static string? DefaultDirectory
    {
        get
        {
            string? root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(root) || !Path.IsPathRooted(root))
            {
                string home = Environment.GetFolderPath(OperatingSystem.IsWindows() ? Environment.SpecialFolder.LocalApplicationData : Environment.SpecialFolder.UserProfile);
                if (home.Length == 0) return null;
                root = OperatingSystem.IsWindows() ? home : Path.Combine(home, ".cache");
            }
            return Path.Combine(root, "livecam", "programs");
        }
    }

    /// <summary>Programs the driver compiled from source so far.</summary>
    public int Compiled => _compiled;

    /// <summary>Programs taken from disk so far.</summary>
    public int Loaded => _loaded;

    /// <summary>The linked program; compiles or loads it the first time. Throws a <see cref="LiveCamException"/> naming file and line.</summary>
    public uint Get(ShaderSource source) =>
        _programs.GetOrAdd(source.Text, _ => new Lazy<uint>(() => Build(source))).Value;

    /// <summary>The program if it is ready now; never compiles, never waits.</summary>
    public bool TryGet(ShaderSource source, out uint program)
    {
        bool ready = _programs.TryGetValue(source.Text, out Lazy<uint>? made) && made.IsValueCreated;
        program = ready ? made!.Value : 0;
        return ready;
    }

    private uint Build(ShaderSource source)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Text + _driver)));
        if (_store is not null && _store.TryRead(key, out uint format, out byte[] binary) && Load(format, binary) is var loaded and not 0)
        {
            Interlocked.Increment(ref _loaded);
            return loaded;
        }
        uint program = ShaderProgram.Link(_gl, [new ShaderStage(ShaderType.ComputeShader, source)], retrievable: _store is not null);
        _gl.Label(ObjectIdentifier.Program, program, source.Defines.Length == 0 ? source.File : $"{source.File} {source.Defines}");
        Interlocked.Increment(ref _compiled);
        if (_store is not null) Save(key, program);
        return program;
    }

    // A driver may decline a binary after an update without an error, so the link status decides.
    private uint Load(uint format, byte[] binary)
    {
        uint program = _gl.CreateProgram();
        fixed (byte* p = binary) _gl.ProgramBinary(program, (GLEnum)format, p, (uint)binary.Length);
        if (ShaderProgram.IsLinked(_gl, program)) return program;
        _gl.DeleteProgram(program);
        _gl.GetError();                                      // GL_INVALID_ENUM for a format it no longer knows
        return 0;
    }

    private void Save(string key, uint program)
    {
        int length = _gl.GetProgram(program, GLEnum.ProgramBinaryLength);
        if (length <= 0) return;
        byte[] binary = new byte[length];
        uint written = 0;
        GLEnum format = 0;
        fixed (byte* p = binary) _gl.GetProgramBinary(program, (uint)length, &written, &format, p);
        if (written > 0) _store!.Write(key, (uint)format, binary.AsSpan(0, (int)written));
    }

    public void Dispose()
    {
        foreach (Lazy<uint> made in _programs.Values)
            if (made.IsValueCreated) _gl.DeleteProgram(made.Value);
        _programs.Clear();
    }
}
