using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>
/// A named tensor a graph reads: a weight, a constant, or something derived from others (folded BatchNormalization,
/// a constant sub-graph). Its version rises with every change, so that whatever was packed from it can be refreshed.
/// </summary>
public sealed class Parameter
{
    private readonly Func<Tensor>? derive;
    private readonly Parameter[] sources = [];
    private readonly Lock gate = new();
    private Tensor? value;
    private long version;
    private long derivedAt = -1;

    public string Name { get; }
    public ElementType Type { get; }
    public Shape Shape { get; }

    public Parameter(string name, Tensor value)
    {
        (Name, Type, Shape, this.value) = (name, value.Type, value.Shape, value);
    }

    private Parameter(string name, ElementType type, Shape shape, IReadOnlyList<Parameter> sources, Func<Tensor> derive)
    {
        (Name, Type, Shape, this.sources, this.derive) = (name, type, shape, [.. sources], derive);
    }

    /// <summary>A parameter computed from others when it is first needed and again after one of them changed.</summary>
    public static Parameter Derived(string name, ElementType type, Shape shape, IReadOnlyList<Parameter> sources, Func<Tensor> derive) =>
        new(name, type, shape, sources, derive);

    /// <summary>Rises with every <see cref="Assign"/>; for a derived parameter, with every change of a source.</summary>
    public long Version
    {
        get
        {
            if (derive is null)
                return Interlocked.Read(ref version);
            long sum = 0;
            foreach (Parameter source in sources)
                sum += source.Version;
            return sum;
        }
    }

    /// <summary>The present value. Callers never write into it.</summary>
    public Tensor Value
    {
        get
        {
            lock (gate)
            {
                if (derive is not null && derivedAt != Version)
                {
                    derivedAt = Version;
                    value = derive();
                }
                return value!;
            }
        }
    }

    /// <summary>Replaces the value by another of the same type and shape.</summary>
    public void Assign(Tensor next)
    {
        if (derive is not null)
            throw new InvalidOperationException($"Parameter {Name} is derived and cannot be assigned.");
        if (next.Type != Type || next.Shape != Shape)
            throw new LiveCamException($"Parameter \"{Name}\" is {Type} {Shape}, but was given {next.Type} {next.Shape}.");
        lock (gate)
            value = next;
        Interlocked.Increment(ref version);
    }
}
