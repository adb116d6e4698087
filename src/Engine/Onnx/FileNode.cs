using System.Text;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>A node of a file, and what the table of operations changed about its inputs.</summary>
internal sealed class FileNode : OnnxNode
{
    private enum Kind { Undefined, Float, Int, String, Tensor, Graph, Floats, Ints, Strings, Tensors, Graphs, SparseTensor, SparseTensors, Type, Types }

    private readonly NodeProto proto;
    private readonly Func<string, Tensor?> constantOf;
    private readonly TensorReader tensors;
    private readonly Dictionary<string, AttributeProto> attributes = [];
    private readonly HashSet<string> asked = [];
    private readonly List<(string Name, Tensor? Constant)> inputs = [];

    /// <param name="name">The node's name, never empty.</param>
    /// <param name="constantOf">The elements of a value that is constant in the file.</param>
    /// <param name="problems">Takes a sentence for every attribute of a kind LiveCam does not have.</param>
    public FileNode(NodeProto proto, string name, int opSet, Func<string, Tensor?> constantOf, TensorReader tensors, ModelProblems problems)
    {
        (this.proto, Name, OpSet, this.constantOf, this.tensors) = (proto, name, opSet, constantOf, tensors);
        OpType = ModelProblems.Printable(proto.OpType, 100);
        foreach (string input in proto.Input)
            inputs.Add((input, null));
        TrimInputs();
        foreach (AttributeProto attribute in proto.Attribute)
        {
            if (!attributes.TryAdd(attribute.Name, attribute))
                problems.Add(Error($"its attribute {attribute.Name} is given twice").Message);
            if (attribute.RefAttrName.Length > 0)
                problems.Add(Error($"its attribute {attribute.Name} refers to an attribute of a function, which LiveCam does not run").Message);
            if (KindOf(attribute) is var kind and (Kind.Graph or Kind.Graphs or Kind.Tensors or Kind.SparseTensor or Kind.SparseTensors or Kind.Type or Kind.Types or Kind.Strings or > Kind.Types or < Kind.Undefined))
                problems.Add(Error($"its attribute {attribute.Name} is {Describe(kind)}, which LiveCam does not run").Message);
        }
    }

    public override string OpType { get; }
    public override string Name { get; }
    public override int OpSet { get; }
    public override int InputCount => inputs.Count;
    public override int OutputCount => proto.Output.Count - proto.Output.Reverse().TakeWhile(name => name.Length == 0).Count();

    /// <summary>Names of the inputs, or the constant that takes a place; an empty name is an input not given.</summary>
    public IReadOnlyList<(string Name, Tensor? Constant)> Inputs => inputs;

    /// <summary>The attributes nobody has asked for.</summary>
    public IEnumerable<string> Ignored => attributes.Keys.Where(x => !asked.Contains(x));

    public override bool Has(string attribute)
    {
        asked.Add(attribute);
        return attributes.ContainsKey(attribute);
    }

    public override long Int(string attribute, long otherwise) => Find(attribute, Kind.Int)?.I ?? otherwise;
    public override float Float(string attribute, float otherwise) => Find(attribute, Kind.Float)?.F ?? otherwise;

    public override string String(string attribute, string otherwise) =>
        Find(attribute, Kind.String) is { } found ? ModelProblems.Printable(found.S.ToString(Encoding.UTF8), 1000) : otherwise;

    public override ElementType Type(string attribute, ElementType otherwise) => !Has(attribute) ? otherwise
        : Int(attribute, 0) is >= 0 and <= 1000 and var number && OnnxTypes.Element((int)number) is { } type ? type
        : throw Error($"its attribute {attribute} names the element type {OnnxTypes.Name((int)Math.Clamp(Int(attribute, 0), -1, 1000))}, which LiveCam does not have");

    public override long[]? Ints(string attribute) => Find(attribute, Kind.Ints) is { } found ? [.. found.Ints] : null;
    public override float[]? Floats(string attribute) => Find(attribute, Kind.Floats) is { } found ? [.. found.Floats] : null;

    public override Tensor? Tensor(string attribute) =>
        Find(attribute, Kind.Tensor) is { } found ? tensors.Read(found.T ?? new(), $"attribute {attribute} of {OpType} \"{Name}\"") : null;

    public override bool IsGiven(int input) =>
        input < inputs.Count && (inputs[input].Constant is not null || inputs[input].Name.Length > 0);

    public override Tensor? Constant(int input) =>
        input >= inputs.Count ? null : inputs[input].Constant ?? (inputs[input].Name.Length > 0 ? constantOf(inputs[input].Name) : null);

    public override void SetInput(int index, Tensor constant)
    {
        while (inputs.Count <= index)
            inputs.Add(("", null));
        inputs[index] = ("", constant);
    }

    public override void MoveInput(int from, int to)
    {
        (string Name, Tensor? Constant) moved = inputs[from];
        inputs[from] = ("", null);
        while (inputs.Count <= to)
            inputs.Add(("", null));
        inputs[to] = moved;
    }

    public override void KeepInputs(int count)
    {
        if (count < inputs.Count)
            inputs.RemoveRange(count, inputs.Count - count);
        TrimInputs();
    }

    private void TrimInputs()
    {
        while (inputs.Count > 0 && inputs[^1] is { Name: "", Constant: null })
            inputs.RemoveAt(inputs.Count - 1);
    }

    private AttributeProto? Find(string attribute, Kind wanted)
    {
        if (!Has(attribute))
            return null;
        AttributeProto found = attributes[attribute];
        Kind kind = KindOf(found);
        if (kind == wanted || (kind == Kind.Undefined && wanted is Kind.Ints or Kind.Floats))
            return found;
        throw Error($"its attribute {attribute} is {Describe(kind)}, but {Describe(wanted)} is expected");
    }

    /// <summary>The declared kind; in files without one, the kind of the field that is set.</summary>
    private static Kind KindOf(AttributeProto attribute) =>
        attribute.Type != 0 ? (Kind)attribute.Type :
        attribute.HasF ? Kind.Float :
        attribute.HasI ? Kind.Int :
        attribute.HasS ? Kind.String :
        attribute.T is not null ? Kind.Tensor :
        attribute.HasG ? Kind.Graph :
        attribute.Floats.Count > 0 ? Kind.Floats :
        attribute.Ints.Count > 0 ? Kind.Ints :
        attribute.Strings.Count > 0 ? Kind.Strings : Kind.Undefined;

    private static string Describe(Kind kind) => kind switch
    {
        Kind.Float => "a float",
        Kind.Int => "an integer",
        Kind.String => "a text",
        Kind.Tensor => "a tensor",
        Kind.Graph => "a sub-graph",
        Kind.Floats => "a list of floats",
        Kind.Ints => "a list of integers",
        Kind.Strings => "a list of texts",
        Kind.Tensors => "a list of tensors",
        Kind.Graphs => "a list of sub-graphs",
        Kind.SparseTensor or Kind.SparseTensors => "a sparse tensor",
        Kind.Type or Kind.Types => "a type",
        Kind.Undefined => "without a type",
        _ => $"of the unknown kind {(int)kind}",
    };
}
