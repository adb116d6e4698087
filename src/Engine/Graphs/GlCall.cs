using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>Work groups of one dispatch.</summary>
public readonly record struct Groups(int X, int Y = 1, int Z = 1)
{
    /// <summary>Most groups along one axis that every driver allows.</summary>
    public const int MostPerAxis = 65535;

    /// <summary>Any number of groups in a row, folded over X and Y; shaders read their number with <c>flat_group()</c>
    /// (include/grid.glsl) and leave when it is not below the count they were made for.</summary>
    public static Groups Fold(long count) =>
        count <= MostPerAxis ? new((int)count) : new(MostPerAxis, (int)((count + MostPerAxis - 1) / MostPerAxis));
}

/// <summary>A range of memory bound to one storage block of a shader.</summary>
public abstract record Binding
{
    public sealed record Input(int Index) : Binding;
    public sealed record Output(int Index) : Binding;
    /// <summary>A parameter in a packed form; a byte range of it where the whole is larger than a block may be.</summary>
    public sealed record Derived(int Index, string Key, long Floats, Pack Pack, long OffsetBytes, long Bytes) : Binding
    {
        /// <summary>What packs it on the device when the parameter changes there; none where only the host can.</summary>
        public IReadOnlyList<PackCopy> Copies { get; init; } = [];
    }

    /// <summary>Scratch memory of this step, numbered from 0.</summary>
    public sealed record Workspace(int Index, long Bytes) : Binding;
}

/// <summary>
/// One dispatch of a shader: the file, its defines, its grid and what is bound (block 0, 1, ... in order).
/// <see cref="Next"/> is the dispatch that has to follow it, behind a barrier (split depth, then reduce).
/// </summary>
/// <param name="Variant">A short name for the tuner, tests and listings.</param>
public sealed record ShaderCall(
    string File, string Variant, IReadOnlyList<KeyValuePair<string, string>> Defines, Groups Groups, IReadOnlyList<Binding> Bindings)
{
    /// <summary>What has to follow; null for nothing.</summary>
    public ShaderCall? Next { get; init; }
}

/// <summary>An input or output as a shader sees it: its form, and the element its first element has in the bound block.</summary>
public readonly record struct GlOperand(MemoryFormat Format, int Offset);

/// <summary>What an operation may ask while it lists its dispatches.</summary>
public abstract class GlCall(Node node)
{
    public Node Node => node;
    public int InputCount => node.Inputs.Length;
    public bool Has(int input) => input < node.Inputs.Length && node.Inputs[input].Exists;
    public bool Wants(int output) => output < node.Outputs.Length && node.Outputs[output].Exists;

    public abstract GlOperand Input(int input);
    public abstract GlOperand Output(int output);
    public abstract ValueInfo InputInfo(int input);
    public abstract ValueInfo OutputInfo(int output);

    /// <summary>The question the shapes came from, for asking an operation's own rules again.</summary>
    public InferCall Infer() => new(Node, [.. Node.Inputs.Select((value, i) => value.Exists ? InputInfo(i) : null)]);

    /// <summary>The parameter behind an input, or null for a value computed at run time.</summary>
    public abstract Parameter? Parameter(int input);

    /// <summary>Whether an input already lies at this element of the output (a Concat's slice).</summary>
    public abstract bool IsAt(int input, int output, int elementOffset);

    /// <summary>Most bytes one storage block may have.</summary>
    public abstract long MaxBlockBytes { get; }

    /// <summary>Bytes of shared memory a work group may use.</summary>
    public abstract int SharedBytes { get; }

    /// <summary>How many multiprocessors to fill.</summary>
    public abstract int Processors { get; }

    /// <summary>Whether the renderer is a CPU: shared memory and barriers are then dear and registers are not.</summary>
    public abstract bool IsSoftware { get; }
}
