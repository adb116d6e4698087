using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>The nodes that stand for one operator which is defined by others, written one after the other. Its inputs and outputs keep the names of the node.</summary>
internal sealed class FunctionBody
{
    private readonly FunctionProto function = new();
    private int values;

    /// <summary>What is called: the node of the file, whose inputs and outputs the body has.</summary>
    public FunctionBody(NodeProto node)
    {
        for (int i = 0; i < node.Input.Count; i++)
            function.Input.Add(node.Input[i].Length > 0 ? $"in{i}" : "");
        for (int i = 0; i < node.Output.Count; i++)
            function.Output.Add($"out{i}");
    }

    public FunctionProto Function => function;

    /// <summary>The value of an input, by its place.</summary>
    public string Input(int index) => function.Input[index];

    /// <summary>Appends a node with one output.</summary>
    /// <returns>The name of its output.</returns>
    public string Add(string opType, IEnumerable<string> inputs, params ReadOnlySpan<(string Name, long[] Value)> attributes)
    {
        var node = new NodeProto { OpType = opType, Input = { inputs }, Output = { $"v{values++}" } };
        foreach ((string name, long[] value) in attributes)
            node.Attribute.Add(value.Length == 1 && name != "perm" ? new AttributeProto { Name = name, Type = 2, I = value[0] } : new AttributeProto { Name = name, Type = 7, Ints = { value } });
        function.Node.Add(node);
        return node.Output[0];
    }

    /// <summary>Whole numbers as a value, one axis.</summary>
    public string Longs(params long[] numbers)
    {
        var tensor = new TensorProto { DataType = 7, Dims = { numbers.Length }, Int64Data = { numbers } };
        return Constant(tensor);
    }

    /// <summary>A number as a float32 of no axes.</summary>
    public string Number(float number) => Constant(new TensorProto { DataType = 1, FloatData = { number } });

    /// <summary>Names a value as an output, by its place; an output that the node does not ask for is left out.</summary>
    public void Output(int index, string value)
    {
        if (index < function.Output.Count)
            function.Node.Add(new NodeProto { OpType = "Identity", Input = { value }, Output = { function.Output[index] } });
    }

    private string Constant(TensorProto tensor)
    {
        string name = Add("Constant", []);
        function.Node[^1].Attribute.Add(new AttributeProto { Name = "value", Type = 4, T = tensor });
        return name;
    }
}
