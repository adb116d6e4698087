using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>
/// One node of an ONNX file as the table of operations sees it: its attributes, the version of its operator set, and a way
/// to bring old forms into today's (attributes that later became inputs are appended as constants).
/// </summary>
public abstract class OnnxNode
{
    public abstract string OpType { get; }
    public abstract string Name { get; }

    /// <summary>Version of the default operator set the model declares (7 to 24).</summary>
    public abstract int OpSet { get; }

    public abstract int InputCount { get; }
    public abstract int OutputCount { get; }
    public abstract bool Has(string attribute);

    /// <exception cref="LiveCamException">The attribute has another type; the same for all accessors.</exception>
    public abstract long Int(string attribute, long otherwise);
    public abstract float Float(string attribute, float otherwise);
    public abstract string String(string attribute, string otherwise);
    /// <summary>An element type by its number in ONNX files.</summary>
    public abstract ElementType Type(string attribute, ElementType otherwise);
    /// <summary>The list, or null where the attribute is not given.</summary>
    public abstract long[]? Ints(string attribute);
    public abstract float[]? Floats(string attribute);
    public abstract Tensor? Tensor(string attribute);

    /// <summary>Whether an optional input is given.</summary>
    public abstract bool IsGiven(int input);

    /// <summary>A given input that is a constant in the file, else null.</summary>
    public abstract Tensor? Constant(int input);

    /// <summary>Gives the node a constant as input <paramref name="index"/> (inputs in between stay empty).</summary>
    public abstract void SetInput(int index, Tensor constant);

    /// <summary>Lets an input of an older form stand where a newer one has it; its place stays empty.</summary>
    public abstract void MoveInput(int from, int to);

    /// <summary>Leaves out inputs from <paramref name="count"/> on.</summary>
    public abstract void KeepInputs(int count);

    /// <summary>An error naming the node: <c>Conv "conv1": facts.</c></summary>
    public LiveCamException Error(string facts) => new($"{OpType} \"{Name}\": {facts}.");

    /// <summary>An attribute as a list of 32-bit integers.</summary>
    public Ints IntList(string attribute)
    {
        long[] longs = Ints(attribute) ?? [];
        if (longs.Length > 2 * Shape.MaxRank)
            throw Error($"its attribute {attribute} has {longs.Length} entries, but at most {2 * Shape.MaxRank} make sense");
        foreach (long item in longs)
            if (item is < int.MinValue or > int.MaxValue)
                throw Error($"its attribute {attribute} holds {item}, which does not fit 32 bits");
        return Tensors.Ints.Create(Array.ConvertAll(longs, x => (int)x));
    }

    /// <summary>An attribute as a 32-bit integer.</summary>
    public int Int32(string attribute, int otherwise)
    {
        long value = Int(attribute, otherwise);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Error($"its attribute {attribute} is {value}, which does not fit 32 bits");
    }
}
