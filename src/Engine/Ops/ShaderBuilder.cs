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

    /// <summary>An input as floats: a parameter as the model has it, else the value.</summary>
    public static Binding Floats(GlCall call, int input) => call.Parameter(input) is { } parameter
        ? new Binding.Derived(input, "gl quads", Quads(parameter.Shape.ElementCount), CopyFloats, 0, Quads(parameter.Shape.ElementCount) * 4)
        : new Binding.Input(input);

    // Filled up so that the last quad can be read whole.
    private static long Quads(long floats) => (floats + 3) / 4 * 4;

    private static unsafe Pack CopyFloats { get; } =
        (source, destination) => source.Span<float>().CopyTo(new Span<float>(destination, source.Count));
}
