using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>Writes a graph: names first, then each node as its operation says, then what the nodes read.</summary>
internal sealed class GraphWriter
{
    /// <summary>Protobuf counts bytes in 32 bits; the rest is room for everything that is no weight.</summary>
    private const long MostWeightBytes = int.MaxValue - (64L << 20);

    private const string OpenBatch = "N";

    /// <summary>So many pixels more show in an output whatever the strides before it are (32 in all is usual).</summary>
    private const int WellBeyondStrides = 128;

    private readonly Graph graph;
    private readonly TypedGraph typed;
    private readonly TypedGraph? larger;
    private readonly GraphProto proto;
    private readonly ValueNames names = new();
    private readonly Dictionary<string, Parameter> weights = [];

    public GraphWriter(Graph graph, ExportOptions options)
    {
        this.graph = graph;
        proto = new GraphProto { Name = options.Name };
        typed = Compiler.Infer(graph, new() { InputShapes = options.InputShapes });
        larger = Larger(options);
    }

    public GraphProto Write()
    {
        if (graph.Outputs.Count == 0)
            throw new LiveCamException("A network without outputs cannot be exported: name one with Output.");
        NameValues();
        foreach (GraphInput input in graph.Inputs)
            proto.Input.Add(Declared(names[input.Value], input.Type, [.. input.Extents], input.Extents.Select(extent => extent < 0)));
        HashSet<Node> needed = Needed();
        foreach (Node node in graph.Nodes.Where(needed.Contains))
            Write(node);
        foreach ((string name, Value value) in graph.Outputs)
            Output(name, value);
        WriteWeights();
        return proto;
    }

    /// <summary>Names a weight that an operation brings itself.</summary>
    public string Weight(string wanted, Tensor tensor)
    {
        string name = names.New(wanted);
        weights[name] = new Parameter(name, tensor);
        return name;
    }

    public string Between(string wanted) => names.New(wanted);

    public string NameOf(Value value) => value.Exists ? names[value] : "";
    public ValueInfo this[Value value] => typed[value];

    /// <summary>Inputs and outputs are the file's signature: what else has such a name gets another.</summary>
    private void NameValues()
    {
        foreach (GraphInput input in graph.Inputs)
            names.Set(input.Value, input.Name);
        var computed = graph.Nodes.SelectMany(node => node.Outputs).ToHashSet();
        foreach ((string name, Value value) in graph.Outputs)
        {
            bool isOwn = computed.Contains(value) || graph.Parameters.ContainsKey(value) && graph.NameOf(value) == name;
            if (isOwn && !names.Has(value))
                names.Set(value, name);
            else if (!names.Has(value) || names[value] != name)
                names.Reserve(name);
        }
        for (int id = 0; id < graph.ValueCount; id++)
            if (graph.ValueAt(id) is var value && !names.Has(value))
                names.SetLike(value, graph.NameOf(value));
        foreach ((Value value, Parameter parameter) in graph.Parameters)
            weights[names[value]] = parameter;
    }

    private HashSet<Node> Needed()
    {
        var producer = new Dictionary<Value, Node>();
        foreach (Node node in graph.Nodes)
            foreach (Value output in node.Outputs)
                if (output.Exists)
                    producer[output] = node;
        var needed = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Value>(graph.Outputs.Select(output => output.Value));
        while (open.TryPop(out Value value))
            if (producer.TryGetValue(value, out Node? node) && needed.Add(node))
                foreach (Value input in node.Inputs)
                    open.Push(input);
        return needed;
    }

    private void Write(Node node)
    {
        int first = proto.Node.Count;
        node.Op.ToOnnx(new NodeCall(node, this, proto.Node));
        foreach (NodeProto one in proto.Node.Skip(first))
            if (!OpSet.Knows(one.OpType))
                throw new LiveCamException($"{one.OpType} \"{node.Name}\": ONNX has no such operator, so this graph cannot be exported; export the network before it was compiled or its gradients were taken.");
    }

    /// <summary>An output that is no value of its own (an input, a weight, a second name) is a copy under its name.</summary>
    private void Output(string name, Value value)
    {
        string from = names[value];
        if (from != name)
        {
            var copy = new NodeProto { OpType = "Identity", Name = name };
            copy.Input.Add(from);
            copy.Output.Add(name);
            proto.Node.Add(copy);
        }
        ValueInfo info = typed[value];
        int[] extents = info.Shape.Span.ToArray();
        proto.Output.Add(Declared(name, info.Type, extents, extents.Select((extent, axis) => larger is not null && larger[value].Shape[axis] != extent)));
    }

    /// <summary>The same graph with every open extent larger: what differs in an output is open there too.</summary>
    private TypedGraph? Larger(ExportOptions options)
    {
        var shapes = new Dictionary<string, Shape>();
        foreach (GraphInput input in graph.Inputs)
        {
            int[] extents = typed[input.Value].Shape.Span.ToArray();
            for (int i = 0; i < extents.Length; i++)
                extents[i] += input.Extents[i] >= 0 ? 0 : i == 0 ? 1 : WellBeyondStrides;
            shapes[input.Name] = Shape.Create(extents);
        }
        if (!graph.Inputs.Any(input => input.Extents.Any(extent => extent < 0)))
            return null;
        try
        {
            TypedGraph other = Compiler.Infer(graph, new() { InputShapes = shapes });
            return graph.Outputs.All(output => other[output.Value].Shape.Rank == typed[output.Value].Shape.Rank) ? other : null;
        }
        catch (LiveCamException)
        {
            // Declared open, but made for one extent: then that is what its outputs have.
            return null;
        }
    }

    private static ValueInfoProto Declared(string name, ElementType type, int[] extents, IEnumerable<bool> isOpen)
    {
        var shape = new TensorShapeProto();
        int axis = 0;
        foreach (bool open in isOpen)
        {
            shape.Dim.Add(!open ? new DimensionProto { DimValue = extents[axis] } : axis == 0 ? new DimensionProto { DimParam = OpenBatch } : new());
            axis++;
        }
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TensorTypeProto { ElemType = OnnxTypes.Number(type), Shape = shape } } };
    }

    /// <summary>In the order in which they are first read, so that it does not matter who made the graph.</summary>
    private void WriteWeights()
    {
        long bytes = 0;
        foreach (string name in proto.Node.SelectMany(node => node.Input).Concat(proto.Output.Select(output => output.Name)))
        {
            if (!weights.Remove(name, out Parameter? parameter))
                continue;
            Tensor tensor = parameter.Value;
            if ((bytes += tensor.Bytes.Length) > MostWeightBytes)
                throw new LiveCamException($"The network has more than {MostWeightBytes} bytes of weights, which is more than one ONNX file can hold.");
            TensorProto weight = TensorWriter.Write(tensor);
            weight.Name = name;
            proto.Initializer.Add(weight);
        }
    }
}
