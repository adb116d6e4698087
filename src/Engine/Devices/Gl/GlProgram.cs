using System.Globalization;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>A shader file with its defines, compiled. <see cref="GlDevice.ReloadShaders"/> gives it another program when the file changes.</summary>
public sealed class GlProgram
{
    internal GlProgram(string file, IReadOnlyList<KeyValuePair<string, string>> defines) => (File, Defines) = (file, defines);

    internal string File { get; }
    internal IReadOnlyList<KeyValuePair<string, string>> Defines { get; }

    /// <summary>A define whose value is a number.</summary>
    internal static KeyValuePair<string, string> Define(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What OpenGL calls it now; ask again for each dispatch.</summary>
    public uint Name { get; internal set; }
}
