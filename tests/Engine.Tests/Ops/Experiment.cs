using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// A case built into a graph as an arrangement asks: run-time inputs x0, x1, ..., outputs y0, y1, ...; where values are slices,
/// the Concats around them (x0 around, y0 around) are outputs too.
/// </summary>
internal sealed class Experiment
{
    private const int Before = 3, After = 5;

    private readonly Graph graph = new();
    private readonly Arrangement how;
    private readonly HashSet<Value> channelsLast = [];
    private readonly Dictionary<int, (Value Before, Value After)> slices = [];

    /// <summary>Parameters of the graph by the number of the input they are.</summary>
    public Dictionary<int, Parameter> Parameters { get; } = [];

    /// <summary>Run-time inputs by name: what each is filled with for a seed.</summary>
    public Dictionary<string, Input> Inputs { get; } = [];

    /// <summary>Values that have a block of memory to themselves.</summary>
    public List<string> Roots { get; } = [];

    /// <summary>Concats: their name, and what they hold one after the other along the channels.</summary>
    public List<(string Name, string[] Parts)> Concats { get; } = [];

    public LoweredGraph Lowered { get; }

    /// <param name="op">The operation that runs: the case's own, or one with a planted error.</param>
    /// <param name="outputs">Shapes of the outputs.</param>
    /// <param name="seed">Of the parameters' first values.</param>
    public Experiment(OpCase line, Arrangement how, Op op, Shape[] outputs, int seed)
    {
        this.how = how;
        var inputs = new Value[line.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = Given(line, i, seed);
        bool sliced = how.Neighbours == Neighbours.Slices && outputs[0].Rank >= 3 && IsChannelsLast(op, output: true);
        (Value before, Value after) = sliced ? Beside("y0", ResultType(line, op), outputs[0], true) : default;
        Value[] results = graph.Add(op, "node", [.. outputs.Select((_, i) => $"y{i}")], inputs);
        for (int i = 0; i < results.Length; i++)
            Output($"y{i}", results[i], IsChannelsLast(op, output: true) && outputs[i].Rank >= 3, root: i > 0 || !sliced);
        for (int i = 0; i < inputs.Length; i++)
            if (slices.TryGetValue(i, out (Value Before, Value After) beside))
                Around($"x{i}", beside.Before, inputs[i], beside.After);
        if (sliced)
            Around("y0", before, results[0], after);
        Lowered = how is { Order: Order.Compiler, Neighbours: not Neighbours.Slices }
            ? Compiler.Lower(graph, new() { Optimize = false, Exact = true })
            : new LoweredGraph(Infer(), channelsLast.ToDictionary(value => value, _ => Layout.ChannelsLast),
                [], (small, device) => Compiler.Compile(small, device, new() { Optimize = false })) { Exact = true };
    }

    private static ElementType ResultType(OpCase line, Op op)
    {
        var call = new InferCall(new Node(op, [.. line.Inputs.Select((input, i) => input.IsMissing ? Value.None : new Value(i))], [new Value(line.Inputs.Length)], "node"),
            [.. line.Inputs.Select(input => input.IsMissing ? null : new ValueInfo(input.Type, input.Shape, input.Constant))]);
        op.Infer(call);
        return call.OutputInfo(0).Type;
    }

    private TypedGraph Infer()
    {
        var problems = new List<string>();
        TypedGraph typed = TypedGraph.Infer(graph, null, (_, _) => null, problems);
        return problems.Count == 0 ? typed : throw new LiveCamException(string.Join(' ', problems));
    }

    private Value Given(OpCase line, int i, int seed)
    {
        Input input = line.Inputs[i];
        if (input.IsMissing)
            return Value.None;
        if (input.Constant is { } constant)
            return graph.Parameter($"p{i}", constant);
        bool last = input.Shape.Rank >= 3 && IsChannelsLast(line.Op, output: false, i);
        bool map = line.Op.Layouts == LayoutRule.ChannelsLast && line.Op.IsFeatureMap(i);
        if (how.Given == Tests.Ops.Given.Constants || how.Given == Tests.Ops.Given.Parameters && i > 0 && !map)
        {
            Parameters[i] = new Parameter($"p{i}", input.Fill(seed + i));
            return graph.Parameter(Parameters[i]);
        }
        Value value = Declare($"x{i}", input, last);
        // What is read for its shape alone is dead before the operation runs, and its memory anybody's.
        if (how.Neighbours == Neighbours.None || line.Op.ReadsShapeOnly(i))
            return value;
        bool sliced = how.Neighbours == Neighbours.Slices && last;
        if (sliced)
            slices[i] = Beside($"x{i}", input.Type, input.Shape, last);
        return Mark(graph.Add(new Copied(), $"x{i} copied", 1, value)[0], last);
    }

    private Value Declare(string name, Input input, bool last)
    {
        Value value = Mark(graph.Input(name, input.Type, Ints.Create(input.Shape.Span)), last);
        Inputs[name] = input;
        Roots.Add(name);
        return value;
    }

    private (Value, Value) Beside(string name, ElementType type, Shape shape, bool last)
    {
        Value One(string place, int channels)
        {
            Value value = Declare($"{name} {place}", new(shape.With(1, channels)) { Type = type }, last);
            return Mark(graph.Add(new Copied(), $"{name} {place} copied", 1, value)[0], last);
        }
        return (One("before", Before), One("after", After));
    }

    private void Around(string name, Value before, Value slice, Value after)
    {
        Output($"{name} around", graph.Add(new Concat(1), $"{name} around", 1, before, slice, after)[0], true, root: true);
        Concats.Add(($"{name} around", [$"{name} before", name, $"{name} after"]));
    }

    private void Output(string name, Value value, bool last, bool root)
    {
        graph.Output(name, Mark(value, last));
        if (root)
            Roots.Add(name);
    }

    private Value Mark(Value value, bool last)
    {
        if (last)
            channelsLast.Add(value);
        return value;
    }

    private bool IsChannelsLast(Op op, bool output, int input = 0)
    {
        if (op.Layouts == LayoutRule.ChannelsLast)
            return output ? op.GivesFeatureMaps : op.IsFeatureMap(input);
        return how.Order switch
        {
            Order.ChannelsLast => true,
            Order.ToChannelsLast => output,
            Order.ToRowMajor => !output,
            Order.Mixed => output || input % 2 == 0,
            _ => false,
        };
    }
}
