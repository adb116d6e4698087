using Google.Protobuf;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>Nodes that stand for others: calls of the model's own functions, and the branch of an If whose condition is known while the file is read.</summary>
internal sealed partial class GraphReader
{
    private const int DeepestNesting = 32;

    /// <summary>How often the graph so far is gone through for the shapes of its values.</summary>
    private const int MostInferences = 2000;

    // Open extents are tried with these: a condition that comes out the same does not depend on them.
    private static readonly int[] Extents = [2, 5];

    private readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> functions = [];
    private readonly ImportLimits limits;
    private (int Nodes, Dictionary<int, TypedGraph?> ByExtent) inferred = (-1, []);
    private int inlined, inferences;
    private long copied;

    /// <summary>What names within a body are called in the graph.</summary>
    /// <param name="outer">Where names are looked for that the body does not have: a branch sees what is around it, a function nothing.</param>
    private sealed class Scope(int opSet, string prefix = "", int depth = 0, Scope? outer = null)
    {
        public Dictionary<string, string> Names { get; } = [];

        /// <summary>Attributes of the call, which those of nodes in a function refer to.</summary>
        public Dictionary<string, AttributeProto> Attributes { get; init; } = [];
        public int OpSet => opSet;
        public string Prefix => prefix;
        public int Depth => depth;

        public string Resolve(string name) => name.Length == 0 ? name : Names.TryGetValue(name, out string? known) ? known : outer?.Resolve(name) ?? prefix + name;
    }

    private void Add(NodeProto node, string name, Scope scope)
    {
        if (functions.TryGetValue((node.Domain, node.OpType, node.Overload), out FunctionProto? function))
            Call(node, name, function, scope);
        else if (node.OpType == "If" && node.Domain is "" or "ai.onnx")
            Branch(node, name, scope);
        else if (IsConstant(node))
            AddConstant(node, name, scope.OpSet);
        else if (node.Domain is "" or "ai.onnx" && StandardFunctions.Names.Contains(node.OpType))
            AddFunction(node, name, scope);
        else
            AddNode(node, name, scope.OpSet);
    }

    private void Call(NodeProto node, string name, FunctionProto function, Scope scope)
    {
        int version = (int)Math.Clamp(function.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? scope.OpSet, 1, OnnxImporter.NewestOpSet);
        var inner = new Scope(version, $"{name}/", scope.Depth + 1);
        foreach (AttributeProto attribute in function.AttributeProto.Concat(node.Attribute))
            inner.Attributes[attribute.Name] = attribute;
        foreach ((int i, string input) in function.Input.Index())
            inner.Names[input] = i < node.Input.Count ? node.Input[i] : "";
        foreach ((int i, string output) in function.Output.Index())
            if (i < node.Output.Count && node.Output[i].Length > 0)
                inner.Names[output] = node.Output[i];
        Inline(function.Node, inner, $"{node.OpType} \"{name}\"");
    }

    private void AddFunction(NodeProto node, string name, Scope scope)
    {
        if (problems.Count > 0)
            return;
        try
        {
            Call(node, name, StandardFunctions.Expand(node, input => Facts(node, input)), scope);
        }
        catch (LiveCamException error)
        {
            problems.Add(error.Message);
        }
    }

    /// <exception cref="LiveCamException">Nothing is known of the input.</exception>
    private ValueFacts Facts(NodeProto node, int input)
    {
        string name = node.Input[input];
        if (Constant(name) is { } constant)
            return new(constant.Type, [.. constant.Shape]);
        if (!values.TryGetValue(name, out Value value) || Extents.Select(extent => Inferred(value, extent)).ToList() is not [{ } one, { } other] || one.Shape.Rank != other.Shape.Rank)
            throw new LiveCamException($"{node.OpType} \"{node.Name}\": the shape of its input {input} is not known when the file is read.");
        return new(one.Type, [.. one.Shape.Zip(other.Shape, (a, b) => a == b ? a : -1)]);
    }

    /// <summary>The nodes of the branch that is taken stand in the place of the If.</summary>
    private void Branch(NodeProto node, string name, Scope scope)
    {
        string what = $"If \"{name}\"";
        try
        {
            if (node.Input.Count != 1 || Condition(node.Input[0]) is not { } condition)
            {
                // Behind another problem nothing is known of any value.
                if (problems.Count == 0)
                    problems.Add($"{what}: which branch it takes has to be known when the file is read, but its condition is computed at run time; export the model for one fixed case.");
                return;
            }
            string wanted = condition ? "then_branch" : "else_branch";
            if (node.Attribute.FirstOrDefault(attribute => attribute.Name == wanted && attribute.HasG) is not { } branch)
                throw new LiveCamException($"{what}: it has no {wanted}.");
            GraphProto graph = ModelFile.Graph(branch.G, limits, $"{what}: its {wanted}");
            if (graph.Output.Count < node.Output.Count)
                throw new LiveCamException($"{what}: it has {node.Output.Count} outputs, but its {wanted} has {graph.Output.Count}.");
            var inner = new Scope(scope.OpSet, $"{name}/", scope.Depth + 1, scope);
            foreach (TensorProto weight in graph.Initializer)
                weights[inner.Names[weight.Name] = Unused(inner.Prefix + weight.Name)] = weight;
            Inline(graph.Node, inner, what);
            for (int i = 0; i < node.Output.Count && problems.Count == 0; i++)
                if (node.Output[i].Length > 0)
                    Rename(inner.Resolve(graph.Output[i].Name), node.Output[i]);
        }
        catch (LiveCamException error)
        {
            problems.Add(error.Message);
        }
    }

    private void Rename(string from, string to)
    {
        if (Constant(from) is { } constant)
            constants[to] = constant;
        else
            values[to] = values.TryGetValue(from, out Value value) ? value : throw new LiveCamException($"The output \"{to}\" is computed by nothing.");
    }

    /// <summary>Adds the nodes of a body under names of their own.</summary>
    private void Inline(IReadOnlyList<NodeProto> body, Scope scope, string what)
    {
        inlined += body.Count;
        copied += body.Sum(node => (long)node.CalculateSize());
        if (scope.Depth > DeepestNesting || inlined > limits.MaxNodes || copied > limits.MaxMemory)
        {
            problems.Add($"{what}: what stands in its place is nested more than {DeepestNesting} times, or takes more than {limits.MaxNodes} nodes or {limits.MaxMemory >> 20} MB with all before it.");
            return;
        }
        foreach (NodeProto node in body)
            foreach (string output in node.Output)
                if (output.Length > 0 && !scope.Names.ContainsKey(output))
                    scope.Names[output] = Unused(scope.Prefix + output);
        var renamed = body.Select(node => Renamed(node, scope)).ToList();
        foreach (NodeProto node in renamed)
            ReadBy(node);
        foreach ((int i, NodeProto node) in renamed.Index())
            Add(node, ModelProblems.Printable(scope.Prefix + (node.Name.Length > 0 ? node.Name : $"{node.OpType}_{i}"), LongestName), scope);
    }

    private NodeProto Renamed(NodeProto node, Scope scope)
    {
        NodeProto copy = node.Clone();
        for (int i = 0; i < copy.Input.Count; i++)
            copy.Input[i] = scope.Resolve(copy.Input[i]);
        for (int i = 0; i < copy.Output.Count; i++)
        {
            copy.Output[i] = scope.Resolve(copy.Output[i]);
            if (copy.Output[i].Length > 0)
                producer.TryAdd(copy.Output[i], -1);
        }
        for (int i = copy.Attribute.Count - 1; i >= 0; i--)
        {
            if (copy.Attribute[i].RefAttrName is not { Length: > 0 } reference)
                continue;
            if (scope.Attributes.TryGetValue(reference, out AttributeProto? given))
                copy.Attribute[i] = new AttributeProto(given) { Name = copy.Attribute[i].Name };
            else
                copy.Attribute.RemoveAt(i);
        }
        return copy;
    }

    private string Unused(string name)
    {
        string free = name;
        for (int i = 1; producer.ContainsKey(free) || weights.ContainsKey(free) || inputs.Contains(free); i++)
            free = $"{name}:{i}";
        return free;
    }

    /// <summary>Notes what a node reads, in its branches too.</summary>
    private void ReadBy(NodeProto node, int depth = 0)
    {
        foreach (string input in node.Input)
            read.Add(input);
        foreach (AttributeProto attribute in node.Attribute)
            if (attribute.HasG && node.OpType == "If" && depth < DeepestNesting)
            {
                try
                {
                    GraphProto branch = ModelFile.Graph(attribute.G, limits, $"{node.OpType} \"{node.Name}\"");
                    foreach (NodeProto inner in branch.Node)
                        ReadBy(inner, depth + 1);
                    foreach (ValueInfoProto output in branch.Output)
                        read.Add(output.Name);
                }
                catch (LiveCamException error)
                {
                    problems.Add(error.Message);
                }
            }
    }

    /// <summary>A condition that is a constant, or comes out the same whatever the open extents of the inputs are; null for any other.</summary>
    private bool? Condition(string name)
    {
        if (Constant(name) is { } constant)
            return Truth(constant);
        if (problems.Count > 0 || !values.TryGetValue(name, out Value value))
            return null;
        bool?[] answers = [.. Extents.Select(extent => Condition(value, extent))];
        return answers[0] == answers[1] ? answers[0] : null;
    }

    private bool? Condition(Value value, int extent) => Truth(Inferred(value, extent)?.Known);

    /// <summary>What a value is where every open extent of the inputs has this size; null where that size does not fit the network.</summary>
    private ValueInfo? Inferred(Value value, int extent)
    {
        if (inferred.Nodes != graph.Nodes.Count)
            inferred = (graph.Nodes.Count, []);
        if (inferred.ByExtent.TryGetValue(extent, out TypedGraph? known))
            return known?[value];
        if (++inferences > MostInferences)
            throw new LiveCamException($"More than {MostInferences / Extents.Length} nodes ask for the shape of a value while the file is read.");
        try
        {
            var shapes = graph.Inputs.ToDictionary(input => input.Name, input => Shape.Create(Array.ConvertAll(input.Extents.Span.ToArray(), x => x < 0 ? extent : x)));
            known = Compiler.Infer(graph, new() { InputShapes = shapes });
        }
        catch (LiveCamException)
        {
            // Extents that do not fit the network say nothing about its values.
        }
        return (inferred.ByExtent[extent] = known)?[value];
    }

    private static bool? Truth(Tensor? condition) => condition is { Type: ElementType.Bool, Count: 1 } ? condition.Bytes.Span[0] != 0 : null;
}
