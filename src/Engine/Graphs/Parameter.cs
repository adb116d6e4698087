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
    private readonly Lock gate = new(), summing = new();
    private Tensor? value;
    private long version;
    private long derivedAt = -1;

    // Changes of any parameter so far, and the version a derived one had then: while nothing changes it is not summed again, however many paths lead to it.
    private static long changes;
    private long summedAt = -1, sum;

    // Whether somebody outside may hold the value; where the value is, if a device has it.
    private bool isHeld = true;
    private Func<Tensor>? fetch;

    public string Name { get; }
    public ElementType Type { get; }
    public Shape Shape { get; }

    public Parameter(string name, Tensor value)
    {
        (Name, Type, Shape, this.value) = (name, value.Type, value.Shape, value);
    }

    /// <summary>A parameter whose first value is made when somebody asks for it: a network whose shapes are asked for takes no memory.</summary>
    /// <param name="first">Gives the same elements however often it is asked.</param>
    public Parameter(string name, ElementType type, Shape shape, Func<Tensor> first)
    {
        (Name, Type, Shape, fetch) = (name, type, shape, first);
    }

    /// <summary>Whether it is computed from others.</summary>
    public bool IsDerived => derive is not null;

    private Parameter(string name, ElementType type, Shape shape, IReadOnlyList<Parameter> sources, Func<Tensor> derive)
    {
        (Name, Type, Shape, this.sources, this.derive) = (name, type, shape, [.. sources.Distinct()], derive);
    }

    /// <summary>A parameter computed from others when it is first needed and again after one of them changed.</summary>
    public static Parameter Derived(string name, ElementType type, Shape shape, IReadOnlyList<Parameter> sources, Func<Tensor> derive) =>
        new(name, type, shape, sources, derive);

    /// <summary>Rises with every change; for a derived parameter, with every change of a source.</summary>
    public long Version
    {
        get
        {
            if (derive is null)
                return Interlocked.Read(ref version);
            long now = Interlocked.Read(ref changes);
            lock (summing)
            {
                if (summedAt == now)
                    return sum;
                long total = 0;
                foreach (Parameter source in sources)
                    total += source.Version;
                (summedAt, sum) = (now, total);
                return total;
            }
        }
    }

    /// <summary>The present value. Callers never write into it, and nobody else does as long as they hold it.</summary>
    public Tensor Value => Read(keeps: true);

    /// <summary>The present value for a caller that copies it at once: the next update may be written over it.</summary>
    internal Tensor Present => Read(keeps: false);

    private Tensor Read(bool keeps)
    {
        while (true)
        {
            Func<Tensor>? waiting;
            long at;
            lock (gate)
            {
                if (derive is not null && derivedAt != Version)
                {
                    derivedAt = Version;
                    value = derive();
                }
                (waiting, at) = (fetch, Interlocked.Read(ref version));
                if (waiting is null)
                {
                    isHeld |= keeps;
                    return value!;
                }
            }
            // Outside the lock: it may wait for a device's thread, which may be about to update this parameter.
            Tensor fetched = waiting();
            lock (gate)
            {
                if (at == Interlocked.Read(ref version) && fetch == waiting)
                    (value, fetch, isHeld) = (fetched, null, false);
            }
        }
    }

    /// <summary>Replaces the value by another of the same type and shape.</summary>
    public void Assign(Tensor next)
    {
        if (next.Type != Type || next.Shape != Shape)
            throw new LiveCamException($"Parameter \"{Name}\" is {Type} {Shape}, but was given {next.Type} {next.Shape}.");
        Change(() => (value, isHeld, fetch) = (next, true, null));
    }

    /// <summary>Writes the next value into memory of this parameter that nobody holds.</summary>
    internal void Update(Action<Tensor> write) => Change(() =>
    {
        if (isHeld || value is null)
            (value, isHeld) = (new Tensor(Type, Shape), false);
        fetch = null;
        write(value);
    });

    /// <summary>The next value stays where a device has it until somebody asks for it.</summary>
    internal void Update(Func<Tensor> later) => Change(() => fetch = later);

    private void Change(Action change)
    {
        if (derive is not null)
            throw new InvalidOperationException($"Parameter {Name} is derived and cannot be assigned.");
        lock (gate)
        {
            change();
            // Behind the change: who read half of it finds a later version when he looks again.
            Interlocked.Increment(ref version);
            Interlocked.Increment(ref changes);
        }
    }
}
