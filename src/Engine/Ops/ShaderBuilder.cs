using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>One dispatch while its defines and bindings are put together.</summary>
internal sealed class ShaderBuilder(string file, string variant)
{
    private readonly List<KeyValuePair<string, string>> defines = [];
    private readonly List<Binding> bindings = [];

    public ShaderBuilder Define(string name, long value) => Define(name, StridedShader.Text(value));

    public ShaderBuilder Define(string name, string value)
    {
        defines.Add(new(name, value));
        return this;
    }

    public ShaderBuilder Define(params ReadOnlySpan<(string Name, long Value)> values)
    {
        foreach ((string name, long value) in values)
            Define(name, value);
        return this;
    }

    /// <summary>Binds to the next block; its number becomes a define where it has a name.</summary>
    public ShaderBuilder Bind(Binding binding, string? define = null)
    {
        if (define is not null)
            Define(define, bindings.Count);
        bindings.Add(binding);
        return this;
    }

    /// <summary>The dispatch over this many work groups, folded where they are too many for one axis.</summary>
    public ShaderCall Over(long groups) => new(file, variant, defines, Groups.Fold(groups), bindings);

    /// <summary>The dispatch over this many threads.</summary>
    public ShaderCall OverThreads(long threads, int groupSize) => Over((threads + groupSize - 1) / groupSize);
}
