using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>Rearranges a parameter into the form a kernel reads. The destination is zeroed, 64-byte aligned memory.</summary>
public unsafe delegate void Pack(Tensor source, float* destination);

/// <summary>What an operation may ask while it prepares a CPU step.</summary>
public abstract unsafe class CpuCall(Node node)
{
    public Node Node => node;
    public int InputCount => node.Inputs.Length;
    public bool Has(int input) => input < node.Inputs.Length && node.Inputs[input].Exists;
    public bool Wants(int output) => output < node.Outputs.Length && node.Outputs[output].Exists;

    /// <summary>Widest vectors the kernels may use.</summary>
    public abstract VectorWidth Width { get; }

    /// <summary>Whether only algorithms are wanted that round as the definition does.</summary>
    public abstract bool Exact { get; }

    /// <summary>An input in device memory (a parameter too: dense row-major).</summary>
    public abstract Operand Input(int input);
    public abstract Operand Output(int output);

    public abstract ValueInfo InputInfo(int input);
    public abstract ValueInfo OutputInfo(int output);

    /// <summary>The question the shapes came from, for asking an operation's own rules again.</summary>
    public InferCall Infer() => new(Node, [.. Node.Inputs.Select((value, i) => value.Exists ? InputInfo(i) : null)]);

    /// <summary>The parameter behind an input, or null for a value computed at run time.</summary>
    public abstract Parameter? Parameter(int input);

    /// <summary>Whether this plan assigns the parameter behind an input, so that every run needs its packed forms anew.</summary>
    public abstract bool Assigns(int input);

    /// <summary>A parameter in another form, packed once per version and shared by all plans that ask under the same key.</summary>
    public abstract Operand Derived(int input, string key, long floats, Pack pack);

    /// <summary>At least this many zeros, shared and never written.</summary>
    public abstract Operand Zeros(long floats);

    /// <summary>Memory that belongs to this step alone, zeroed, kept for the life of the plan.</summary>
    public abstract Operand Workspace(long floats);

    /// <summary>Memory that the phases of this step share; the next step writes over it.</summary>
    public abstract Operand Shared(long floats);

    /// <summary>Makes sure every worker's scratch holds this many floats.</summary>
    public abstract void NeedScratch(long floats);

    /// <summary>Disposes a kernel's native tables with the plan.</summary>
    public abstract T Own<T>(T disposable) where T : IDisposable;
}
