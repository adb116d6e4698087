using Google.Protobuf.Collections;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>
/// Builds the graph of a parsed file. It goes on after a problem, so that all are found; what depends on none is in the graph.
/// </summary>
internal sealed partial class GraphReader
{
    private const int LongestName = 200;

    private readonly GraphProto proto;
    private readonly int opSet;
    private readonly TensorReader tensors;
    private readonly Func<OnnxNode, Op> operation;
    private readonly ModelProblems problems;
    private readonly IReadOnlyDictionary<string, Tensor> fixedInputs;
    private readonly string[] names;

    /// <summary>What each value name is: the node that computes it, its weight, or neither for an input.</summary>
    private readonly Dictionary<string, int> producer = [];
    private readonly Dictionary<string, TensorProto> weights = [];
    private readonly HashSet<string> inputs = [];

    private readonly HashSet<string> read = [];
    private readonly Dictionary<string, Tensor?> constants = [];
    private readonly Dictionary<string, Value> values = [];
    private readonly Graph graph = new();

    /// <param name="fixedInputs">Inputs that become parameters.</param>
    public GraphReader(
        ModelProto model, int opSet, TensorReader tensors, Func<OnnxNode, Op> operation, ModelProblems problems, ImportLimits limits,
        IReadOnlyDictionary<string, Tensor> fixedInputs)
    {
        proto = model.Graph;
        (this.fixedInputs, this.limits) = (fixedInputs, limits);
        (this.opSet, this.tensors, this.operation, this.problems) = (opSet, tensors, operation, problems);
        foreach (FunctionProto function in model.Functions)
            functions[(function.Domain, function.Name, function.Overload)] = function;
        names = new string[proto.Node.Count];
        for (int i = 0; i < names.Length; i++)
            names[i] = proto.Node[i].Name.Length > 0
                ? ModelProblems.Printable(proto.Node[i].Name, LongestName)
                : ModelProblems.Printable($"{proto.Node[i].OpType}_{i}", LongestName);
    }

    /// <returns>The graph; unfinished when there are problems.</returns>
    public Graph Read()
    {
        if (proto.SparseInitializer.Count > 0)
            problems.Add($"The model has {proto.SparseInitializer.Count} sparse weights, which LiveCam does not read.");
        IndexWeights();
        DeclareInputs();
        IndexNodes();
        foreach (int node in NodeOrder.Sort(proto.Node, producer, names, problems))
            Add(proto.Node[node], names[node], new Scope(opSet));
        DeclareOutputs();
        return graph;
    }

    private void IndexWeights()
    {
        foreach (TensorProto weight in proto.Initializer)
        {
            if (weight.Name.Length == 0)
                problems.Add("A weight has no name.");
            else if (!weights.TryAdd(weight.Name, weight))
                problems.Add($"Two weights have the name \"{weight.Name}\".");
        }
    }

    private void DeclareInputs()
    {
        foreach (ValueInfoProto input in proto.Input)
        {
            if (weights.ContainsKey(input.Name))
                continue;
            if (input.Name.Length == 0)
                problems.Add("An input has no name.");
            else if (!inputs.Add(input.Name))
                problems.Add($"Two inputs have the name \"{input.Name}\".");
            else if (fixedInputs.TryGetValue(input.Name, out Tensor? value))
                constants[input.Name] = value;
            else if (InputType.Read(input, problems) is var (type, extents))
                values[input.Name] = graph.Input(input.Name, type, extents);
        }
    }

    private void IndexNodes()
    {
        for (int i = 0; i < names.Length; i++)
        {
            foreach (string output in proto.Node[i].Output)
            {
                if (output.Length == 0)
                    continue;
                if (weights.ContainsKey(output) || inputs.Contains(output))
                    problems.Add($"The node \"{names[i]}\" computes \"{output}\", which is {(inputs.Contains(output) ? "an input" : "a weight")} of the model.");
                else if (!producer.TryAdd(output, i))
                    problems.Add($"The nodes \"{names[producer[output]]}\" and \"{names[i]}\" both compute \"{output}\".");
            }
            ReadBy(proto.Node[i]);
        }
        foreach (ValueInfoProto output in proto.Output)
            read.Add(output.Name);
    }

    private static bool IsConstant(NodeProto node) => node.OpType == "Constant" && node.Domain is "" or "ai.onnx";

    private void AddConstant(NodeProto node, string name, int version)
    {
        var file = new FileNode(node, name, version, _ => null, tensors, problems);
        try
        {
            Tensor value = file.Tensor("value")
                ?? (file.Has("value_float") ? Tensor.Scalar(file.Float("value_float", 0))
                : file.Has("value_int") ? Tensor.Scalar(file.Int("value_int", 0))
                : file.Floats("value_floats") is { } floats ? Tensor.Of(Shape.Create([floats.Length]), floats)
                : file.Ints("value_ints") is { } ints ? Tensor.Of(Shape.Create([ints.Length]), ints)
                : throw file.Error("it has no value that is a tensor or a number"));
            if (node.Output.Count != 1 || node.Output[0].Length == 0)
                throw file.Error($"it has {node.Output.Count} outputs, but 1 is expected");
            constants[node.Output[0]] = value;
        }
        catch (LiveCamException error)
        {
            problems.Add(error.Message);
        }
    }

    private void AddNode(NodeProto node, string name, int version)
    {
        int before = problems.Count;
        var file = new FileNode(node, name, version, Constant, tensors, problems);
        try
        {
            if (node.Domain is not ("" or "ai.onnx"))
                throw file.Error($"it belongs to the operator domain \"{node.Domain}\", which LiveCam does not run");
            bool complete = true;
            foreach ((string input, _) in file.Inputs)
            {
                if (input.Length == 0 || producer.ContainsKey(input) || weights.ContainsKey(input) || inputs.Contains(input))
                    continue;
                complete = false;
                problems.Add(file.Error($"it reads \"{input}\", which nothing computes").Message);
            }
            Op op = operation(file);
            foreach (string attribute in file.Ignored.ToList())
                if (!HarmlessAttributes.Contains(file, attribute, input => RankOf(file, input)))
                    problems.Add(file.Error($"its attribute {attribute} is not known to LiveCam").Message);
            if (complete && problems.Count == before && file.Inputs.All(IsKnown))
                Append(op, node, file);
        }
        catch (LiveCamException error)
        {
            string hint = OperatorHints.For(node.OpType, node.Domain);
            problems.Add(hint.Length == 0 ? error.Message : $"{error.Message.TrimEnd('.')}{hint}.");
        }
    }

    /// <summary>Whether an input is there, and not behind a node that is not.</summary>
    private bool IsKnown((string Name, Tensor? Constant) input) =>
        input.Name.Length == 0 || input.Constant is not null || values.ContainsKey(input.Name) || weights.ContainsKey(input.Name) || constants.ContainsKey(input.Name);

    private void Append(Op op, NodeProto node, FileNode file)
    {
        var given = new Value[file.Inputs.Count];
        for (int i = 0; i < given.Length; i++)
        {
            (string name, Tensor? constant) = file.Inputs[i];
            given[i] = constant is not null ? graph.Parameter($"{file.Name}:input{i}", constant) : name.Length == 0 ? Value.None : Find(name);
        }
        // A later output nobody reads is not asked for: a Dropout's mask, the training results of a BatchNormalization.
        var outputs = new string?[node.Output.Count];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = node.Output[i].Length > 0 && (i == 0 || read.Contains(node.Output[i])) ? node.Output[i] : null;
        Value[] results = graph.Add(op, file.Name, outputs, given);
        for (int i = 0; i < results.Length; i++)
            if (results[i].Exists)
                values[outputs[i]!] = results[i];
    }

    private void DeclareOutputs()
    {
        if (proto.Output.Count == 0)
            problems.Add("The model has no outputs.");
        var declared = new HashSet<string>();
        foreach (ValueInfoProto output in proto.Output)
        {
            if (!declared.Add(output.Name))
                problems.Add($"Two outputs have the name \"{output.Name}\".");
            else if (!producer.ContainsKey(output.Name) && !weights.ContainsKey(output.Name) && !inputs.Contains(output.Name))
                problems.Add($"The output \"{output.Name}\" is computed by nothing.");
            else if (problems.Count == 0)
                graph.Output(output.Name, Find(output.Name));
        }
    }

    /// <summary>The axes of a node's input, where it is a weight or an input of the model.</summary>
    private int? RankOf(FileNode node, int input)
    {
        if (input >= node.Inputs.Count || node.Inputs[input].Name is not { Length: > 0 } name)
            return null;
        return weights.TryGetValue(name, out TensorProto? weight) ? weight.Dims.Count
            : constants.TryGetValue(name, out Tensor? constant) && constant is not null ? constant.Shape.Rank
            : inputs.Contains(name) && values.TryGetValue(name, out Value value) ? graph.Inputs.First(x => x.Value == value).Extents.Count
            : null;
    }

    private Value Find(string name)
    {
        if (values.TryGetValue(name, out Value known))
            return known;
        return values[name] = graph.Parameter(name, Constant(name)!);
    }

    /// <summary>The elements of a weight or a constant node, read when first asked for; null for any other value.</summary>
    private Tensor? Constant(string name)
    {
        if (constants.TryGetValue(name, out Tensor? known))
            return known;
        if (!weights.TryGetValue(name, out TensorProto? weight))
            return null;
        return constants[name] = tensors.Read(weight, $"weight \"{ModelProblems.Printable(name, LongestName)}\"");
    }
}
