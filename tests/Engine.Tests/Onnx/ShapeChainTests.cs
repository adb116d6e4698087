using Google.Protobuf;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Onnx.ModelBuilder;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>Exporters write shapes that depend on the batch as chains of integer nodes, each in its own way; once the input's shape is known nothing of them runs.</summary>
public sealed class ShapeChainTests
{
    private static readonly string[] Floats = ["Reshape", "Resize", "Expand", "Add"];

    public static TheoryData<string, int> Dialects => new()
    {
        { "classic", 1 }, { "classic", 3 }, { "dynamo", 1 }, { "dynamo", 3 },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Nothing_of_a_chain_of_shapes_runs(string dialect, int pictures)
    {
        ModelProto model = dialect == "classic" ? Classic() : Dynamo();
        Tensor picture = RandomTensors.Uniform([pictures, 2, 3, 4], 5);
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(OnnxImporter.Import(model.ToByteArray(), dialect).Graph, device,
            new() { InputShapes = new Dictionary<string, Shape> { ["x"] = picture.Shape } });
        Assert.All(plan.Steps, step => Assert.Contains(step.Op, Floats));
        plan.Write("x", picture);
        plan.Run();
        Tensor result = plan.Read("y");
        Assert.Equal([pictures, 96], result.Shape);
        ReadOnlySpan<float> x = picture.Span<float>(), y = result.Span<float>();
        for (int i = 0; i < y.Length; i++)
        {
            // Every pixel four times, and the number of its place along the line added.
            (int plane, int row, int column) = (i / 48, i / 8 % 6, i % 8);
            Assert.Equal(x[plane * 12 + row / 2 * 4 + column / 2] + i % 96, y[i]);
        }
    }

    /// <summary>Shape, Gather, Unsqueeze, Concat, Reshape; sizes by Slice and Mul.</summary>
    private static ModelProto Classic() => Resized(
        Node("Shape", "", "x", "s"), Node("Slice", "", "s zeros twos", "front"), Node("Slice", "", "s twos fours", "sides"), Node("Mul", "", "sides pair", "larger"),
        Concat("front larger", "sizes"), Resize(), Node("Shape", "", "r", "t"), Gather(), Node("Unsqueeze", "", "n zeros", "first"), Concat("first rest", "target"),
        Node("Reshape", "", "r target", "flat"), Node("Add", "", "flat line", "y"));

    /// <summary>Shape with bounds, Concat, Reshape; what is added is expanded first.</summary>
    private static ModelProto Dynamo()
    {
        NodeProto batch = Node("Shape", "", "x", "n");
        batch.Attribute.Add(new AttributeProto { Name = "start", Type = 2, I = 0 });
        batch.Attribute.Add(new AttributeProto { Name = "end", Type = 2, I = 1 });
        return Resized(batch, Concat("n planes", "sizes"), Resize(), Concat("n length", "target"), Node("Reshape", "", "r target", "flat"),
            Node("Expand", "", "line target", "lines"), Node("Add", "", "flat lines", "y"));
    }

    private static ModelProto Resized(params ReadOnlySpan<NodeProto> nodes)
    {
        ModelProto model = Model(nodes).Input("x", -1, 2, 3, 4).Output("y").Weight(Longs("zeros", 0)).Weight(Longs("twos", 2)).Weight(Longs("fours", 4))
            .Weight(Longs("pair", 2, 2)).Weight(Longs("rest", -1)).Weight(Longs("planes", 2, 6, 8)).Weight(Longs("length", 96)).Weight(new TensorProto { Name = "index", DataType = 7, Int64Data = { 0 } })
            .Weight("line", [.. Enumerable.Range(0, 96).Select(i => (float)i)]);
        model.Graph.Initializer[model.Graph.Initializer.Count - 1].Dims.Insert(0, 1);
        model.OpsetImport[0].Version = 18;
        return model;
    }

    private static NodeProto Resize()
    {
        NodeProto node = Node("Resize", "", "x", "r");
        node.Input.Add(["", "", "sizes"]);
        node.Attribute.Add(new AttributeProto { Name = "coordinate_transformation_mode", Type = 3, S = ByteString.CopyFromUtf8("asymmetric") });
        node.Attribute.Add(new AttributeProto { Name = "nearest_mode", Type = 3, S = ByteString.CopyFromUtf8("floor") });
        return node;
    }

    private static NodeProto Gather() => Node("Gather", "", "t index", "n");

    private static NodeProto Concat(string inputs, string output)
    {
        NodeProto node = Node("Concat", "", inputs, output);
        node.Attribute.Add(new AttributeProto { Name = "axis", Type = 2, I = 0 });
        return node;
    }

    private static TensorProto Longs(string name, params ReadOnlySpan<long> values)
    {
        var tensor = new TensorProto { Name = name, DataType = 7, Dims = { values.Length } };
        foreach (long value in values)
            tensor.Int64Data.Add(value);
        return tensor;
    }
}
