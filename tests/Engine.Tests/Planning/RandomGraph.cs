using System.Text;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Planning;

/// <summary>
/// A graph of random operations over random values, made to be nasty for passes and memory sharing: Concats of Concats, one value
/// twice in a Concat, chains that may run in place, views of kept values, outputs that are inputs or parameters, values read by
/// several nodes, residual sums, per-channel biases, spatial and channel attention.
/// </summary>
internal sealed class RandomGraph
{
    private static readonly int[] Channels = [1, 2, 3, 4, 5, 8, 16, 17, 20, 32];

    private readonly Random random;
    private readonly List<(Value Value, Shape Shape)> values = [];
    private int parameters;

    public Graph Graph { get; } = new();
    public List<string> Keep { get; } = [];

    public RandomGraph(int seed, int size)
    {
        random = new Random(seed);
        int n = random.Next(4) == 0 ? 2 : 1, h = random.Next(1, 7), w = random.Next(1, 7);
        foreach (string name in random.Next(2) == 0 ? new[] { "x" } : ["x", "z"])
        {
            Shape shape = [n, Pick(Channels), h, w];
            values.Add((Graph.Input(name, shape), shape));
        }
        while (Graph.Nodes.Count < size)
            Grow();
        var read = Graph.Nodes.SelectMany(node => node.Inputs).ToHashSet();
        int outputs = 0;
        foreach ((Value value, _) in values)
            if (!read.Contains(value) || random.Next(12) == 0)
                Graph.Output($"out{outputs++}", value);
        if (random.Next(8) == 0)
            Graph.Output($"out{outputs++}", values[0].Value);
        if (random.Next(8) == 0)
            Graph.Output($"out{outputs++}", Weights([3, 2]));
        if (random.Next(4) == 0)
            Graph.Output($"out{outputs++}", values[^1].Value);
        foreach (Node node in Graph.Nodes)
            if (random.Next(6) == 0)
                Keep.Add(Graph.NameOf(node.Outputs[0]));
    }

    public (string Name, Value Value) Find(string name) =>
        Graph.TryFind(name, out Value value) ? (name, value) : throw new InvalidOperationException($"The graph has no {name}.");

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Node node in Graph.Nodes)
            text.AppendLine($"{Graph.NameOf(node.Outputs[0])} = {node.Op.Name}({string.Join(", ", node.Inputs.Select(Graph.NameOf))})");
        foreach ((string name, Value value) in Graph.Outputs)
            text.AppendLine($"{name}: {Graph.NameOf(value)}");
        return text.AppendLine($"keep {string.Join(' ', Keep)}").ToString();
    }

    private void Grow()
    {
        (Value x, Shape s) = random.Next(3) == 0 ? Pick(values) : values[^1];
        bool map = s.Rank == 4;
        switch (random.Next(24))
        {
            case 0 or 1 when map: Convolve(x, s); break;
            case 2 when map:
                (Value grown, Shape shape) = Convolve(x, s);
                Tail(grown, shape);
                break;
            case 3 or 4: Add(Activation(), s, x); break;
            case 5 or 6: Combine(x, s); break;
            case 7 or 8 when s.Rank >= 2: Join(x, s); break;
            case 9 when map && s[1] > 1:
                int from = random.Next(s[1]), to = random.Next(from + 1, s[1] + 1);
                Add(new Slice(), s.With(1, to - from), x, Longs(from), Longs(to), Longs(1));
                break;
            case 10 when map: Add(new Reshape(), [s[0], s[1], s[2] * s[3]], x, Longs(0, 0, -1)); break;
            case 11: Add(new Reshape(), [s[0], s.ElementCount / s[0]], x, Longs(s[0], -1)); break;
            case 12 when s.Rank is 2 or 3: Back(x, s); break;
            case 13: Turn(x, s); break;
            case 14: Add(random.Next(2) == 0 ? new Identity() : new Dropout(), s, x); break;
            case 15 when map: Add(random.Next(2) == 0 ? new MaxPool(Window.Square(3, 1, 1)) : new AveragePool(Window.Square(3, 1, 1)), s, x); break;
            case 16 when map: Add(new GlobalAveragePool(), [s[0], s[1], 1, 1], x); break;
            case 17 when map: Attend(x, s); break;
            case 18 when s.Rank == 2 && s[1] <= 1024:
                int columns = Pick(Channels);
                Add(new Gemm(TransposeB: true), [s[0], columns], x, Weights([columns, s[1]]), Weights([columns]));
                break;
            case 19: Add(new Softmax(-1), s, x); break;
            case 20 when map: Add(new Pad(), s.With(3, s[3] + 1), x, Longs(0, 0, 0, 1, 0, 0, 0, 0)); break;
            case 21 when map: BatchNorm(x, s); break;
            case 22 when map && random.Next(2) == 0: Gate(x, s); break;
            case 23 when map: Dense(x, s); break;
        }
    }

    private (Value, Shape) Convolve(Value x, Shape s, int channels = 0)
    {
        int kernel = random.Next(2) == 0 ? 1 : 3, k = channels > 0 ? channels : Pick(Channels);
        bool depthwise = channels == 0 && kernel == 3 && s[1] > 1 && random.Next(3) == 0;
        if (depthwise)
            k = s[1];
        var op = new Conv2d(kernel, 1, kernel / 2, 1, depthwise ? k : 1);
        Value w = Weights([k, depthwise ? 1 : s[1], kernel, kernel]);
        Shape shape = s.With(1, k);
        return random.Next(2) == 0 ? Add(op, shape, x, w, Weights([k])) : Add(op, shape, x, w);
    }

    /// <summary>What a convolution can take into its store: bias, residual, activation, in any order.</summary>
    private void Tail(Value x, Shape s)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
            (x, s) = random.Next(5) switch
            {
                0 => Add(new Add(), s, x, Weights([1, s[1], 1, 1])),
                1 => Add(new Add(), s, Weights([s[1], 1, 1]), x),
                2 when Same(s) is { } other => random.Next(2) == 0 ? Add(new Add(), s, x, other) : Add(new Add(), s, other, x),
                3 => BatchNorm(x, s),
                _ => Add(Activation(), s, x),
            };
    }

    private (Value, Shape) BatchNorm(Value x, Shape s) => Add(new BatchNormalization(), s, x, Weights([s[1]]), Weights([s[1]]), Weights([s[1]]),
        Parameter(RandomTensors.Uniform([s[1]], random.Next(), 0.5f, 2)));

    private void Combine(Value x, Shape s)
    {
        Op op = random.Next(3) switch { 0 => new Add(), 1 => new Sub(), _ => new Mul() };
        switch (random.Next(5))
        {
            case 0:
                Add(op, s, x, x);
                break;
            case 1 when Same(s) is { } other:
                Add(op, s, x, other);
                break;
            case 2 when Same(s) is { } second && Same(s) is { } third:
                Add(new Sum(), s, x, second, third);
                break;
            case 3 when s.Rank == 4:
                // A constant sub-graph: the sum of two parameters.
                Add(op, s, x, Graph.Add(new Add(), Weights([1, s[1], 1, 1]), Weights([1])));
                break;
            default:
                Add(op, s, x, Weights(s));
                break;
        }
    }

    private void Join(Value x, Shape s)
    {
        int axis = s.Rank == 4 && random.Next(4) == 0 ? random.Next(4) : 1;
        var parts = new List<(Value Value, Shape Shape)> { (x, s) };
        for (int i = random.Next(1, 4); i > 0; i--)
            parts.Insert(random.Next(parts.Count + 1), Pick([.. values.Where(v => v.Shape.Rank == s.Rank && v.Shape.With(axis, 1) == s.With(axis, 1))]));
        int extent = parts.Sum(part => part.Shape[axis]);
        // N stays what it is, so that values go on fitting each other.
        if (extent <= 128 && axis > 0)
            Add(new Concat(axis), s.With(axis, extent), [.. parts.Select(part => part.Value)]);
    }

    private void Turn(Value x, Shape s)
    {
        int[] order = [.. Enumerable.Range(0, s.Rank)];
        random.Shuffle(order.AsSpan(Math.Min(1, s.Rank)));
        Add(new Transpose(Ints.Create(order)), Shape.Create([.. order.Select(axis => s[axis])]), x);
    }

    /// <summary>Back to a feature map.</summary>
    private void Back(Value x, Shape s)
    {
        int rest = s.ElementCount / s[0], width = Enumerable.Range(1, 6).Where(i => rest % i == 0).Max(), channels = rest / width;
        if (channels <= 64)
            Add(new Reshape(), [s[0], channels, 1, width], x, Longs(s[0], channels, 1, width));
    }

    /// <summary>Channels weighted by what all of them say (squeeze and excitation).</summary>
    private void Attend(Value x, Shape s)
    {
        (Value pooled, Shape small) = Add(new GlobalAveragePool(), [s[0], s[1], 1, 1], x);
        (Value gate, _) = Convolve(pooled, small, s[1]);
        Add(new Mul(), s, x, Graph.Add(new Sigmoid(), gate));
    }

    /// <summary>A Concat weighted by one of its own parts.</summary>
    private void Gate(Value x, Shape s)
    {
        (Value gate, _) = Convolve(x, s, 1);
        (Value rest, Shape more) = Convolve(x, s);
        Shape all = s.With(1, 1 + more[1]);
        (Value both, _) = random.Next(2) == 0 ? Add(new Concat(1), all, gate, rest) : Add(new Concat(1), all, rest, gate);
        Add(new Mul(), all, both, gate);
    }

    /// <summary>A Concat, and a convolution of one of its parts added to it.</summary>
    private void Dense(Value x, Shape s)
    {
        (Value left, Shape a) = Convolve(x, s);
        (Value right, Shape b) = Convolve(x, s);
        (Value both, Shape all) = Add(new Concat(1), s.With(1, a[1] + b[1]), left, right);
        (Value inner, _) = random.Next(2) == 0 ? Convolve(left, a, all[1]) : Convolve(right, b, all[1]);
        Add(new Add(), all, inner, both);
    }

    private Op Activation() => random.Next(7) switch
    {
        0 => new Relu(),
        1 => new LeakyRelu(0.2f),
        2 => new Clip(-0.5, 0.75),
        3 => new Sigmoid(),
        4 => new Tanh(),
        5 => new HardSwish(),
        _ => new HardSigmoid(),
    };

    private (Value, Shape) Add(Op op, Shape shape, params Value[] inputs)
    {
        values.Add((Graph.Add(op, inputs), shape));
        return values[^1];
    }

    private Value? Same(Shape shape)
    {
        (Value Value, Shape Shape)[] same = [.. values.Where(value => value.Shape == shape)];
        return same.Length == 0 ? null : Pick(same).Value;
    }

    /// <summary>Weights that keep the size of what they are multiplied with.</summary>
    private Value Weights(Shape shape)
    {
        float bound = MathF.Sqrt(3f / Math.Max(1, shape.Rank > 1 ? shape.CountOf(1, shape.Rank) : 1));
        return Parameter(RandomTensors.Uniform(shape, random.Next(), -bound, bound));
    }

    private Value Longs(params long[] items) => Parameter(Tensor.Of<long>([items.Length], items));
    private Value Parameter(Tensor tensor) => Graph.Parameter($"w{parameters++}", tensor);
    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
