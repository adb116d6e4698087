using System.Reflection;
using System.Text;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Where shader text comes from: embedded in an assembly, or a directory during development. Assembles a file, what it
/// includes and its defines into one source whose driver errors can be traced back.
/// </summary>
/// <remarks>
/// <c>#include "x.glsl"</c> looks beside the including file, then in include/, then at the root. A file is included once per
/// shader; inside #if blocks it is included each time, so that a branch not taken cannot swallow it.
/// No #line is written: Mesa forgets the file number of a #line in most of its errors, so the physical line of the
/// assembled text is what the driver reports and <see cref="ShaderSource.Lines"/> leads back from there.
/// </remarks>
public sealed class ShaderLibrary
{
    private readonly Func<string, string?> _read;
    private readonly string _place;

    /// <summary>A library over any reader: the text of "include/epilogue.glsl", or null; <paramref name="place"/> is for errors.</summary>
    public ShaderLibrary(Func<string, string?> read, string place) => (_read, _place) = (read, place);

    /// <summary>The shaders embedded in the engine, or in <paramref name="assembly"/>, as resources "Shaders/...".</summary>
    public static ShaderLibrary Embedded(Assembly? assembly = null)
    {
        assembly ??= typeof(ShaderLibrary).Assembly;
        return new ShaderLibrary(name =>
        {
            using Stream? stream = assembly.GetManifestResourceStream("Shaders/" + name);
            if (stream is null) return null;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }, assembly.GetName().Name ?? "the program");
    }

    /// <summary>Shaders read from files at each use, for work on them without building.</summary>
    public static ShaderLibrary FromDirectory(string path) => new(name =>
    {
        string file = Path.Combine(path, name);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }, path);

    /// <summary>
    /// The whole source of <paramref name="file"/> ("conv2d_gemm.comp"): #version, required extensions, defines in the given order,
    /// body. Throws a <see cref="LiveCamException"/> for a missing file, a circle of includes or a #version in a file.
    /// </summary>
    public ShaderSource Assemble(string file, IEnumerable<KeyValuePair<string, string>>? defines = null,
        IEnumerable<string>? extensions = null, string version = "450 core")
    {
        KeyValuePair<string, string>[] list = defines?.ToArray() ?? [];
        string body = _read(file) ?? throw new LiveCamException($"Shader \"{file}\" is not in {_place}. Was it added to src/Shaders and the engine built since?");
        var source = new Assembling(this, file);
        source.Head($"#version {version}");
        foreach (string extension in extensions ?? []) source.Head($"#extension {extension} : require");
        foreach (var (name, value) in list) source.Head($"#define {name} {value}");
        source.Append(file, body);
        string words = string.Join(", ", list.Select(d => d.Value.Length == 0 ? d.Key : $"{d.Key}={d.Value}"));
        return new ShaderSource(file, source.Text.ToString(), source.Lines, words);
    }

    private (string Name, string Text)? Find(string from, string wanted)
    {
        int slash = from.LastIndexOf('/');
        foreach (string name in new[] { slash < 0 ? wanted : from[..(slash + 1)] + wanted, "include/" + wanted, wanted })
            if (_read(name) is { } text) return (name, text);
        return null;
    }

    /// <summary>One source being put together: the text, where each of its lines is from, the includes being read.</summary>
    private sealed class Assembling(ShaderLibrary library, string shader)
    {
        private readonly Stack<string> _open = new();
        private readonly HashSet<string> _done = [];

        public StringBuilder Text { get; } = new();
        public List<ShaderLine> Lines { get; } = [];

        public void Head(string text) => Line(text, new ShaderLine("", Lines.Count + 1));

        private void Line(ReadOnlySpan<char> text, ShaderLine from)
        {
            Text.Append(text).Append('\n');
            Lines.Add(from);
        }

        public void Append(string file, string body)
        {
            _open.Push(file);
            int line = 0, depth = 0;
            foreach (ReadOnlySpan<char> raw in body.AsSpan().EnumerateLines())
            {
                line++;
                ReadOnlySpan<char> text = raw.Trim();
                ReadOnlySpan<char> directive = text.StartsWith("#") ? text[1..].TrimStart() : default;
                if (directive.StartsWith("if")) depth++;
                else if (directive.StartsWith("endif")) depth--;
                else if (directive.StartsWith("version"))
                    throw new LiveCamException($"Shader \"{shader}\": \"{file}\" line {line} says #version, but the library writes that line itself. Remove it.");
                if (directive.StartsWith("include")) Include(file, line, directive["include".Length..].Trim(), always: depth > 0);
                else Line(raw, new ShaderLine(file, line));
            }
            _open.Pop();
        }

        private void Include(string file, int line, ReadOnlySpan<char> quoted, bool always)
        {
            int end = quoted.StartsWith("\"") ? quoted[1..].IndexOf('"') : -1;
            if (end < 1)
                throw new LiveCamException($"Shader \"{shader}\": \"{file}\" line {line} has an #include without a name in quotes. Write #include \"name.glsl\".");
            string wanted = quoted[1..(end + 1)].ToString();
            if (library.Find(file, wanted) is not var (name, body))
                throw new LiveCamException($"Shader \"{shader}\": \"{file}\" line {line} includes \"{wanted}\", which is not in {library._place}. Was it added to src/Shaders/include and the engine built since?");
            if (_open.Contains(name))
                throw new LiveCamException($"Shader \"{shader}\": \"{file}\" line {line} includes \"{name}\", which is being included already ({string.Join(" <- ", _open)}). Break the circle.");
            if (always || _done.Add(name)) Append(name, body);
        }
    }
}
