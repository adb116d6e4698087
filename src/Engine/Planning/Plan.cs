using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Planning;

/// <summary>One step of a plan as people see it.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Op">The operation's name.</param>
/// <param name="Kernel">Which kernel or shader variant runs.</param>
/// <param name="Output">The value it computes.</param>
/// <param name="Flop">Floating point operations of one run.</param>
public sealed record PlanStep(string Name, string Op, string Kernel, Value Output, Shape Shape, long Flop);

/// <summary>
/// A graph compiled for concrete shapes on one device: ordered steps with every offset, kernel and grid fixed. Running
/// decides and allocates nothing.
/// </summary>
public abstract class Plan(LoweredGraph schedule) : IDisposable
{
    public LoweredGraph Lowered => schedule;
    public abstract IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>Steps that run on the host although the device is not the CPU.</summary>
    public virtual int HostOps => 0;

    /// <summary>Bytes of the arena that holds the values.</summary>
    public abstract long ArenaBytes { get; }

    /// <summary>Milliseconds of each step in the last measured run; empty until <see cref="Measure"/> has run.</summary>
    public IReadOnlyList<double> StepMilliseconds { get; protected set; } = [];

    /// <summary>Fills a named input. The tensor has the input's type and shape.</summary>
    /// <exception cref="LiveCamException">There is no such input, or the tensor does not fit.</exception>
    public abstract void Write(string input, Tensor tensor);

    /// <summary>Copies a value that outlives the run (output, kept value, input or parameter) to the host. It may be one of the graph that
    /// was compiled, too.</summary>
    /// <exception cref="LiveCamException">Nothing is left of it: it was not kept, a pass fused it into another, or it is of another graph.</exception>
    public Tensor Read(Value value) => schedule.Sources?.Parameter(value) is { } own ? own.Value
        : schedule.Graph.Parameters.TryGetValue(value, out Parameter? parameter) ? parameter.Value : Fetch(schedule.Readable(value));

    /// <inheritdoc cref="Read(Value)"/>
    public Tensor Read(string name) => Read(schedule.Find(name));

    /// <summary>Copies a value of the schedule that is no parameter to the host.</summary>
    protected abstract Tensor Fetch(Value value);

    /// <summary>Runs all steps to the end (of a pass begun by <see cref="RunFor"/>, if one is under way).</summary>
    public abstract void Run();

    /// <summary>Runs steps until the pass is finished or the budget is spent.</summary>
    /// <returns>Whether the pass is finished; if not, the next call goes on where this one stopped.</returns>
    public abstract bool RunFor(TimeSpan budget);

    /// <summary>Whether the last finished pass assigned its parameters (<see cref="Graph.Assignments"/>); false where the guard was 0.</summary>
    public bool HasAssigned { get; protected set; }

    /// <summary>Runs once while taking the time of every step.</summary>
    public abstract void Measure();

    public abstract void Dispose();

    protected static void CheckFits(string input, ValueInfo expected, Tensor given)
    {
        if (given.Type != expected.Type || given.Shape != expected.Shape)
            throw new LiveCamException(
                $"Input \"{input}\" is {expected.Type} {expected.Shape} in this plan, but was given {given.Type} {given.Shape}.");
    }
}
