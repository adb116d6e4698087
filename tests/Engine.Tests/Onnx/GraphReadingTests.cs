using Google.Protobuf;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Onnx.ModelBuilder;

namespace LiveCam.Engine.Tests.Onnx;

public class GraphReadingTests
{
    [Fact]
    public void Nodes_in_any_order_are_sorted_and_keep_their_names()
    {
        OnnxModel model = Model(Node("C", "last", "m", "y"), Node("B", "", "n w", "m"), Node("A", "first", "x", "n"))
            .Input("x", -1, 3).Weight("w", 1, 2, 3).Output("y").Import();
        Assert.Equal(["first", "B_1", "last"], model.Graph.Nodes.Select(x => x.Name));
        Assert.Equal(["n", "m", "y"], model.Graph.Nodes.Select(x => model.Graph.NameOf(x.Outputs[0])));
        Assert.Equal(["y"], model.Graph.Outputs.Select(x => x.Name));
        Assert.Equal(["x"], model.InputNames);
        Assert.Equal([-1, 3], model.Graph.Inputs[0].Extents);
    }

    [Fact]
    public void Nodes_already_in_order_stay_as_they_are()
    {
        OnnxModel model = Model(Node("A", "a", "x", "p"), Node("B", "b", "x", "q"), Node("C", "c", "x", "r"), Node("D", "d", "r p q", "y"))
            .Input("x", 1).Output("y").Import();
        Assert.Equal(["a", "b", "c", "d"], model.Graph.Nodes.Select(x => x.Name));
    }

    [Fact]
    public void A_weight_listed_as_an_input_is_no_input()
    {
        OnnxModel model = Model(Node("A", "a", "x w", "y")).Input("w", 3).Input("x", 3).Weight("w", 1, 2, 3).Output("y").Import();
        Assert.Equal(["x"], model.InputNames);
        Assert.Equal([1, 2, 3], model.Parameter("w").Span<float>().ToArray());
    }

    [Fact]
    public void An_empty_name_is_an_input_not_given_and_trailing_ones_are_left_out()
    {
        OnnxModel model = Model(Node("A", "a", "x  w  ", "y")).Input("x", 3).Weight("w", 1).Output("y").Import();
        Node node = model.Graph.Nodes[0];
        Assert.Equal(3, node.Inputs.Length);
        Assert.Equal(Value.None, node.Inputs[1]);
        Assert.True(node.Inputs[2].Exists);
    }

    [Fact]
    public void A_later_output_nobody_reads_is_not_asked_for()
    {
        OnnxModel model = Model(Node("A", "a", "x", "p mask q"), Node("B", "b", "q", "y")).Input("x", 3).Output("y").Import();
        Node node = model.Graph.Nodes[0];
        Assert.True(node.Outputs[0].Exists);
        Assert.False(node.Outputs[1].Exists);
        Assert.True(node.Outputs[2].Exists);
    }

    [Fact]
    public void An_input_can_be_fixed_to_a_constant()
    {
        byte[] model = Model(Node("A", "a", "x shape", "y")).Input("x", 3).Input("shape", 2).Output("y").ToByteArray();
        var constants = new Dictionary<string, Tensor> { ["shape"] = Tensor.Of<long>([2], 4, 5) };
        var problems = new ModelProblems();
        OnnxModel imported = OnnxImporter.Read(model, "test.onnx", ImportLimits.Default, node =>
        {
            Assert.Equal([4L, 5L], node.Constant(1)!.Span<long>().ToArray());
            return new AnyOp("A");
        }, problems, constants);
        Assert.Equal(0, problems.Count);
        Assert.Equal(["x"], imported.InputNames);
        Assert.Same(constants["shape"], imported.Parameter("shape"));
    }

    [Fact]
    public void Constant_nodes_become_parameters_in_every_form()
    {
        NodeProto Constant(string output, AttributeProto attribute) =>
            new() { OpType = "Constant", Output = { output }, Attribute = { attribute } };
        OnnxModel model = Model(
                Node("A", "a", "x t f i fs is", "y"),
                Constant("t", new() { Name = "value", Type = 4, T = Floats("", 1, 2) }),
                Constant("f", new() { Name = "value_float", Type = 1, F = 3 }),
                Constant("i", new() { Name = "value_int", Type = 2, I = 4 }),
                Constant("fs", new() { Name = "value_floats", Type = 6, Floats = { 5, 6 } }),
                Constant("is", new() { Name = "value_ints", Type = 7, Ints = { 7, 8, 9 } }))
            .Input("x", 3).Output("y").Import();
        Assert.Single(model.Graph.Nodes);
        Assert.Equal([1, 2], model.Parameter("t").Span<float>().ToArray());
        Assert.Equal(Shape.Scalar, model.Parameter("f").Shape);
        Assert.Equal([3], model.Parameter("f").Span<float>().ToArray());
        Assert.Equal([4], model.Parameter("i").Span<long>().ToArray());
        Assert.Equal([5, 6], model.Parameter("fs").Span<float>().ToArray());
        Assert.Equal([7, 8, 9], model.Parameter("is").Span<long>().ToArray());
    }

    [Fact]
    public void A_cycle_is_refused_and_names_its_nodes()
    {
        string message = Model(Node("A", "a", "x r", "p"), Node("B", "b", "p", "q"), Node("C", "c", "q", "r"), Node("D", "d", "r", "y"))
            .Input("x", 1).Output("y").Refusal();
        Assert.Contains("\"a\", \"b\", \"c\"", Rotated(message));
        Assert.DoesNotContain("\"d\"", message);
        Assert.Contains("itself", Model(Node("A", "a", "y", "y")).Output("y").Refusal().Replace("its own result", "itself"));

        // The walk may begin anywhere on the cycle.
        static string Rotated(string text) => text
            .Replace("\"b\", \"c\", \"a\"", "\"a\", \"b\", \"c\"").Replace("\"c\", \"a\", \"b\"", "\"a\", \"b\", \"c\"");
    }

    [Fact]
    public void A_value_has_one_origin()
    {
        Assert.Contains("both compute \"y\"", Model(Node("A", "a", "x", "y"), Node("B", "b", "x", "y")).Input("x", 1).Output("y").Refusal());
        Assert.Contains("computes \"w\", which is a weight", Model(Node("A", "a", "x", "w")).Input("x", 1).Weight("w", 1).Output("w").Refusal());
        Assert.Contains("computes \"x\", which is an input", Model(Node("A", "a", "x", "x")).Input("x", 1).Output("x").Refusal());
        Assert.Contains("Two weights have the name \"w\"", Model(Node("A", "a", "w", "y")).Weight("w", 1).Weight("w", 2).Output("y").Refusal());
        Assert.Contains("Two inputs have the name \"x\"", Model(Node("A", "a", "x", "y")).Input("x", 1).Input("x", 1).Output("y").Refusal());
        Assert.Contains("Two outputs have the name \"y\"", Model(Node("A", "a", "x", "y")).Input("x", 1).Output("y").Output("y").Refusal());
    }

    [Fact]
    public void A_missing_value_is_named_with_its_reader()
    {
        Assert.Contains("A \"a\": it reads \"z\", which nothing computes", Model(Node("A", "a", "x z", "y")).Input("x", 1).Output("y").Refusal());
        Assert.Contains("output \"q\" is computed by nothing", Model(Node("A", "a", "x", "y")).Input("x", 1).Output("q").Refusal());
        Assert.Contains("has no outputs", Model(Node("A", "a", "x", "y")).Input("x", 1).Refusal());
    }

    [Fact]
    public void All_problems_are_said_at_once()
    {
        NodeProto loop = Node("Loop", "loop", "x", "s");
        loop.Attribute.Add(new AttributeProto { Name = "body", Type = 5, G = ByteString.CopyFrom(1) });
        NodeProto foreign = Node("FusedConv", "fused", "s", "t");
        foreign.Domain = "com.microsoft";
        NodeProto texts = Node("A", "texts", "t", "u");
        texts.Attribute.Add(new AttributeProto { Name = "keys", Type = 8, Strings = { ByteString.CopyFrom(1) } });
        ModelProto model = Model(loop, foreign, texts, Node("Unknown", "u1", "u words", "v"), Node("Unknown", "", "v", "y"))
            .Input("x", 1).Output("y").Weight(new TensorProto { Name = "words", DataType = 8, Dims = { 1 } });
        model.Graph.Input.Add(new ValueInfoProto { Name = "list", Type = new() { SequenceType = ByteString.Empty } });
        model.OpsetImport[0].Version = 99;
        var problems = new ModelProblems();
        OnnxImporter.Read(model.ToByteArray(), "test.onnx", ImportLimits.Default, AnyOperation, problems);
        string[] expected =
        [
            "operator set 99", "\"list\" is a sequence", "Loop \"loop\": its attribute body is a sub-graph",
            "FusedConv \"fused\": it belongs to the operator domain \"com.microsoft\"", "A \"texts\": its attribute keys is a list of texts",
            "Unknown \"u1\"", "Unknown \"Unknown_4\"",
        ];
        Assert.Equal(expected.Length, problems.Sentences.Count);
        for (int i = 0; i < expected.Length; i++)
            Assert.Contains(expected[i], problems.Sentences[i]);
        Assert.Contains("test.onnx cannot be run: 7 problems: ", problems.Summary("test.onnx").Message);
        Assert.Contains("and 2 more", problems.Summary("test.onnx").Message);
    }

    [Fact]
    public void An_attribute_the_operation_never_asks_for_is_a_problem()
    {
        NodeProto node = Node("A", "a", "x", "y");
        node.Attribute.Add(new AttributeProto { Name = "known", Type = 2, I = 1 });
        node.Attribute.Add(new AttributeProto { Name = "novelty", Type = 2, I = 1 });
        var problems = new ModelProblems();
        OnnxImporter.Read(Model(node).Input("x", 1).Output("y").ToByteArray(), "test.onnx", ImportLimits.Default,
            n => new AnyOp($"{n.Int("known", 0)}"), problems);
        Assert.Equal(["A \"a\": its attribute novelty is not known to LiveCam."], problems.Sentences);
    }

    [Theory]
    [InlineData(6, 1, 1, true)]
    [InlineData(6, -1, 1, true)]
    [InlineData(6, 0, 1, false)]
    [InlineData(6, 1, 0, false)]
    [InlineData(7, 1, 1, false)]
    public void Old_broadcasting_is_accepted_where_it_is_what_broadcasting_is_now(int opSet, long axis, long broadcast, bool accepted)
    {
        NodeProto node = Node("A", "a", "x w", "y");
        node.Attribute.Add(new AttributeProto { Name = "broadcast", Type = 2, I = broadcast });
        node.Attribute.Add(new AttributeProto { Name = "axis", Type = 2, I = axis });
        ModelProto model = Model(node).Input("x", 2, 3).Weight("w", 1, 2, 3).Output("y");
        model.OpsetImport[0].Version = opSet;
        var problems = new ModelProblems();
        OnnxImporter.Read(model.ToByteArray(), "test.onnx", ImportLimits.Default, _ => new AnyOp("A"), problems);
        Assert.Equal(accepted, problems.Count == 0);
    }

    [Fact]
    public void Attributes_are_read_by_type_and_have_defaults()
    {
        NodeProto proto = Node("A", "a", "x", "y");
        proto.Attribute.Add([
            new() { Name = "i", Type = 2, I = -7 }, new() { Name = "f", Type = 1, F = 0.5f },
            new() { Name = "s", Type = 3, S = ByteString.CopyFromUtf8("SAME_UPPER") }, new() { Name = "is", Type = 7, Ints = { 1, -2 } },
            new() { Name = "fs", Type = 6, Floats = { 1.5f } }, new() { Name = "t", Type = 4, T = Floats("", 4, 5) }, new() { Name = "untyped", Ints = { 3 } }]);
        var problems = new ModelProblems();
        var node = new FileNode(proto, "a", 13, _ => null, new(null, 1000), problems);
        Assert.Equal(-7, node.Int("i", 0));
        Assert.Equal(9, node.Int("absent", 9));
        Assert.Equal(0.5f, node.Float("f", 0));
        Assert.Equal("SAME_UPPER", node.String("s", ""));
        Assert.Equal([1, -2], node.Ints("is")!);
        Assert.Null(node.Ints("absent"));
        Assert.Equal([1.5f], node.Floats("fs")!);
        Assert.Equal([4, 5], node.Tensor("t")!.Span<float>().ToArray());
        Assert.Equal([3], node.Ints("untyped")!);
        string message = Assert.Throws<LiveCamException>(() => node.Int("f", 0)).Message;
        Assert.Equal("A \"a\": its attribute f is a float, but an integer is expected.", message);
        Assert.Equal(0, problems.Count);
    }

    [Fact]
    public void Inputs_set_and_dropped_by_an_operation_reach_the_graph()
    {
        var problems = new ModelProblems();
        OnnxModel model = OnnxImporter.Read(Model(Node("A", "a", "x w v", "y")).Input("x", 1).Weight("w", 1).Weight("v", 2).Output("y").ToByteArray(),
            "test.onnx", ImportLimits.Default, node =>
            {
                Assert.Null(node.Constant(0));
                Assert.Equal([2f], node.Constant(2)!.Span<float>().ToArray());
                node.KeepInputs(1);
                node.SetInput(2, Tensor.Scalar(8L));
                return new AnyOp("A");
            }, problems);
        Assert.Equal(0, problems.Count);
        Value[] inputs = model.Graph.Nodes[0].Inputs;
        Assert.Equal(3, inputs.Length);
        Assert.False(inputs[1].Exists);
        Assert.Equal([8], model.Graph.Parameters[inputs[2]].Value.Span<long>().ToArray());
        Assert.Single(model.Graph.Parameters);
    }

    [Fact]
    public void What_the_file_says_about_itself_is_kept()
    {
        ModelProto proto = Model(Node("A", "a", "x", "y")).Input("x", 1).Output("y");
        proto.ProducerName = "pytorch";
        proto.ProducerVersion = "2.1";
        proto.MetadataProps.Add(new StringStringEntryProto { Key = "livecam.labels", Value = "cat\ndog" });
        OnnxModel model = proto.Import();
        Assert.Equal("pytorch 2.1", model.Producer);
        Assert.Equal(13, model.OpSet);
        Assert.Equal("cat\ndog", model.Metadata["livecam.labels"]);
        Assert.Equal(proto.CalculateSize(), model.ByteCount);
    }
}
