using Google.Protobuf;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Onnx.ModelBuilder;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>Functions of a model's own and branches known while the file is read stand in the graph as the nodes they are made of.</summary>
public sealed class InliningTests
{
    [Fact]
    public void A_function_is_inlined_at_every_call_with_the_attributes_of_the_call()
    {
        NodeProto leak = Node("LeakyRelu", "", "a", "m");
        leak.Attribute.Add(new AttributeProto { Name = "alpha", Type = 1, RefAttrName = "slope" });
        var function = new FunctionProto { Domain = "local", Name = "Bend", Input = { "a", "b" }, Output = { "r" } };
        function.Node.Add([leak, Node("Add", "", "m b", "r")]);
        function.AttributeProto.Add(new AttributeProto { Name = "slope", Type = 1, F = 0.5f });
        NodeProto first = Call("Bend", "first", "x w", "t"), second = Call("Bend", "second", "t w", "y");
        first.Attribute.Add(new AttributeProto { Name = "slope", Type = 1, F = 0.25f });
        ModelProto model = Model(first, second).Input("x", 2).Weight("w", 1, 2).Output("y");
        model.Functions.Add(function);
        // (-8, 4): a quarter of -8 plus 1 is -1, 4 plus 2 is 6; half of -1 plus 1 is 0.5, 6 plus 2 is 8.
        Assert.Equal([0.5f, 8], Run(model, [-8, 4]));
    }

    [Fact]
    public void A_function_that_calls_itself_is_refused()
    {
        var function = new FunctionProto { Domain = "local", Name = "Again", Input = { "a" }, Output = { "r" } };
        function.Node.Add(Call("Again", "", "a", "r"));
        ModelProto model = Model(Call("Again", "call", "x", "y")).Input("x", 2).Output("y");
        model.Functions.Add(function);
        Assert.Contains("nested more than", Assert.Throws<LiveCamException>(() => OnnxImporter.Import(model.ToByteArray(), "test.onnx")).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_If_is_the_branch_its_constant_condition_takes(bool condition)
    {
        ModelProto model = Model(Node("Relu", "r", "x", "h"), If("c", Graph(Node("Add", "", "h h", "s"), "s"), Graph(Node("Sub", "", "x h", "d"), "d")))
            .Input("x", 2).Weight(Truth("c", condition)).Output("y");
        Assert.Equal(condition ? [0f, 6] : [-1f, 0], Run(model, [-1, 3]));
    }

    [Fact]
    public void A_branch_within_a_branch_sees_what_is_around_both()
    {
        NodeProto inner = If("c", Graph(Node("Mul", "", "h k", "m"), "m"), Graph(Node("Relu", "", "h", "m"), "m"));
        inner.Output[0] = "i";
        ModelProto model = Model(Node("Relu", "r", "x", "h"), If("c", Graph([Node("Add", "", "h x", "k"), inner], "i"), Graph(Node("Relu", "", "x", "d"), "d")))
            .Input("x", 2).Weight(Truth("c", true)).Output("y");
        Assert.Equal([0f, 18], Run(model, [-1, 3]));
    }

    [Fact]
    public void A_condition_may_be_computed_from_shapes()
    {
        NodeProto extent = Node("Shape", "", "x", "n");
        ModelProto model = Model(extent, Node("Gather", "", "table n", "c"), If("c", Graph(Node("Add", "", "x x", "s"), "s"), Graph(Node("Relu", "", "x", "d"), "d")))
            .Input("x", 2).Weight(new TensorProto { Name = "table", DataType = 9, Dims = { 3 }, Int32Data = { 0, 0, 1 } }).Output("y");
        Assert.Equal([-2f, 6], Run(model, [-1, 3]));
    }

    [Fact]
    public void A_condition_of_run_time_is_refused_with_the_node()
    {
        ModelProto model = Model(If("x", Graph(Node("Relu", "", "x", "s"), "s"), Graph(Node("Relu", "", "x", "d"), "d"))).Input("x", 1).Output("y");
        Assert.Contains("If \"branch\": which branch it takes", Assert.Throws<LiveCamException>(() => OnnxImporter.Import(model.ToByteArray(), "test.onnx")).Message);
    }

    private static NodeProto Call(string function, string name, string inputs, string outputs)
    {
        NodeProto node = Node(function, name, inputs, outputs);
        node.Domain = "local";
        return node;
    }

    private static NodeProto If(string condition, GraphProto then, GraphProto otherwise)
    {
        NodeProto node = Node("If", "branch", condition, "y");
        node.Attribute.Add(new AttributeProto { Name = "then_branch", Type = 5, G = then.ToByteString() });
        node.Attribute.Add(new AttributeProto { Name = "else_branch", Type = 5, G = otherwise.ToByteString() });
        return node;
    }

    private static GraphProto Graph(NodeProto node, string output) => Graph([node], output);

    private static GraphProto Graph(NodeProto[] nodes, string output)
    {
        var graph = new GraphProto { Output = { new ValueInfoProto { Name = output } } };
        graph.Node.Add(nodes);
        return graph;
    }

    private static TensorProto Truth(string name, bool value) => new() { Name = name, DataType = 9, Int32Data = { value ? 1 : 0 } };

    private static float[] Run(ModelProto model, float[] x)
    {
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(OnnxImporter.Import(model.ToByteArray(), "test.onnx").Graph, device);
        plan.Write("x", Tensor.Of<float>([x.Length], x));
        plan.Run();
        return plan.Read("y").Span<float>().ToArray();
    }
}
