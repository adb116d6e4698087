using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>What is known of a value before a plan is made.</summary>
/// <param name="Known">The elements, where they do not depend on the inputs' contents.</param>
public sealed record ValueInfo(ElementType Type, Shape Shape, Tensor? Known);

/// <summary>One question to an operation: given these inputs, what are the outputs? Also asked again for its cost.</summary>
public sealed class InferCall(Node node, ValueInfo?[] inputs)
{
    private readonly ValueInfo?[] outputs = new ValueInfo?[node.Outputs.Length];

    // What float32 results are stored as: the type of the first float input. Null where the operation sees types as they are.
    private readonly ElementType? stored = inputs.FirstOrDefault(info => info?.Type.IsFloat() == true)?.Type is { } type && !node.Op.Computes(type) ? type : null;

    public Node Node => node;
    public int InputCount => inputs.Length;
    public int OutputCount => outputs.Length;

    /// <summary>Whether an optional input is given.</summary>
    public bool Has(int input) => input < inputs.Length && inputs[input] is not null;

    /// <summary>Whether an optional output is asked for.</summary>
    public bool Wants(int output) => output < node.Outputs.Length && node.Outputs[output].Exists;

    public Shape Shape(int input) => Given(input).Shape;
    public ElementType Type(int input) => Given(input).Type is var type && stored is not null && type.IsFloat() ? ElementType.Float32 : type;

    /// <summary>The elements of an input, or null where they are only known at run time.</summary>
    public Tensor? Known(int input) => !Has(input) ? null
        : stored is not null && inputs[input]!.Type.IsFloat() ? inputs[input]!.Known?.ToFloat32() : inputs[input]!.Known;

    /// <summary>The elements of an input that has to be constant, as integers.</summary>
    /// <exception cref="LiveCamException">It is computed at run time, or is no int32 or int64.</exception>
    public long[] KnownInts(int input, string what)
    {
        Tensor tensor = Known(input) ?? throw Error($"its {what} has to be a constant, but is computed at run time");
        return tensor.Type switch
        {
            ElementType.Int64 => tensor.Span<long>().ToArray(),
            ElementType.Int32 => Array.ConvertAll(tensor.Span<int>().ToArray(), x => (long)x),
            _ => throw Error($"its {what} has to be int64, but is {tensor.Type}"),
        };
    }

    public void Output(int output, ElementType type, Shape shape, Tensor? known = null)
    {
        if (output < outputs.Length)
            outputs[output] = type == ElementType.Float32 && stored is { } other && other != type ? new(other, shape, null) : new(type, shape, known);
    }

    /// <summary>The same type and shape as an input.</summary>
    public void OutputLike(int output, int input) => Output(output, Type(input), Shape(input));

    /// <exception cref="LiveCamException">The operation has no such output.</exception>
    public ValueInfo OutputInfo(int output) =>
        outputs[output] ?? throw Error($"its output {output} is asked for, but it computes {outputs.Count(x => x is not null)}");

    public Shape OutputShape(int output) => OutputInfo(output).Shape;

    /// <summary>Requires at least <paramref name="least"/> and at most <paramref name="most"/> inputs, the first ones given.</summary>
    public void Arity(int least, int most)
    {
        if (inputs.Length < least || inputs.Length > most)
            throw Error($"it has {inputs.Length} inputs, but {(least == most ? $"{least}" : $"{least} to {most}")} are expected");
        for (int i = 0; i < least; i++)
            if (!Has(i))
                throw Error($"its input {i} is missing");
    }

    /// <summary>An error that names the operation and the node; a full stop is put behind facts that do not end in a question.</summary>
    public LiveCamException Error(string facts) => new($"{node.Op.Name} \"{node.Name}\": {facts}{(facts.EndsWith('?') ? "" : ".")}");

    private ValueInfo Given(int input) => Has(input) ? inputs[input]! : throw Error($"its input {input} is missing");
}
