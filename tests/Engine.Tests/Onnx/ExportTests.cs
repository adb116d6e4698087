using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>What stands in a file and what does not.</summary>
public sealed class ExportTests
{
    [Fact]
    public void A_file_has_operator_set_17_format_8_and_the_metadata_in_order()
    {
        (Graph graph, Value x) = WithInput();
        graph.Output("y", graph.Add(new Relu(), x));
        ModelProto model = ModelProto.Parser.ParseFrom(OnnxExporter.Export(graph, new()
        {
            Name = "a name",
            Metadata = new Dictionary<string, string> { ["livecam.labels"] = "ä\nb", ["a"] = "1" },
        }));
        Assert.Equal((8, "LiveCam", "a name"), (model.IrVersion, model.ProducerName, model.Graph.Name));
        Assert.Equal(("", 17), (Assert.Single(model.OpsetImport).Domain, model.OpsetImport[0].Version));
        Assert.Equal(["a 1", "livecam.labels ä\nb"], model.MetadataProps.Select(entry => $"{entry.Key} {entry.Value}"));
    }

    [Fact]
    public void Open_extents_stay_open_in_inputs_and_outputs()
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, [-1, 3, -1, 8]);
        graph.Output("y", graph.Add(new MaxPool(Window.Square(2, 2)), x));
        graph.Output("z", graph.Add(new ReduceMean(Keep: false), x, graph.Parameter("axes", Tensor.Of<long>([3], 1, 2, 3))));
        // An output that does not depend on the open extents is fixed.
        graph.Output("one", graph.Add(new ReduceMean(Keep: false), x));
        GraphProto written = ModelProto.Parser.ParseFrom(OnnxExporter.Export(graph, new() { InputShapes = new Dictionary<string, Shape> { ["x"] = [1, 3, 6, 8] } })).Graph;
        Assert.Equal("x N,3,?,8", Text(written.Input[0]));
        Assert.Equal(["y N,3,?,4", "z N", "one "], written.Output.Select(Text));
    }

    [Fact]
    public void Names_stand_for_one_value_each()
    {
        (Graph graph, Value x) = WithInput();
        Value a = graph.Add(new Add(), "sum", 1, x, graph.Parameter("w", Tensor.Of<float>([1], 2)))[0];
        Value b = graph.Add(new Add(), "sum", 1, a, graph.Parameter("w", Tensor.Of<float>([1], 3)))[0];
        graph.Output("y", b);
        graph.Output("again", b);
        graph.Output("x unchanged", x);
        graph.Output("w", graph.Parameter("the weight", Tensor.Of<float>([2], 5, 7)));
        OnnxModel read = OnnxImporter.Import(OnnxExporter.Export(graph), "exported");
        Assert.Equal(["y", "again", "x unchanged", "w"], read.Graph.Outputs.Select(output => output.Name));
        Tensor input = Tensor.Of<float>([1, 4], 1, 2, 3, 4);
        var answers = Exported.Run(read.Graph, [("x", input)]).ToDictionary(answer => answer.Name, answer => answer.Value.Span<float>().ToArray());
        Assert.Equal([6, 7, 8, 9], answers["y"]);
        Assert.Equal([6, 7, 8, 9], answers["again"]);
        Assert.Equal([1, 2, 3, 4], answers["x unchanged"]);
        Assert.Equal([5, 7], answers["w"]);
    }

    [Fact]
    public void Two_outputs_of_one_name_are_refused()
    {
        (Graph graph, Value x) = WithInput();
        graph.Output("y", graph.Add(new Relu(), x));
        graph.Output("y", graph.Add(new Exp(), x));
        Assert.Contains("\"y\"", Assert.Throws<LiveCamException>(() => OnnxExporter.Export(graph)).Message);
    }

    [Fact]
    public void What_no_output_needs_is_left_out()
    {
        (Graph graph, Value x) = WithInput();
        Value y = graph.Add(new Relu(), "kept", 1, x)[0];
        // Not even what ONNX could not say: the rest of a graph is of no concern.
        graph.Add(new Gemm(Activation: Activation.Relu), "left", 1, y, graph.Parameter("unread", new Tensor(ElementType.Float32, [4, 4])));
        graph.Output("y", y);
        GraphProto written = ModelProto.Parser.ParseFrom(OnnxExporter.Export(graph)).Graph;
        Assert.Equal("kept", Assert.Single(written.Node).Name);
        Assert.Empty(written.Initializer);
    }

    [Fact]
    public void A_weight_is_written_as_it_is_now()
    {
        (Graph graph, Value x) = WithInput();
        var weight = new Parameter("w", Tensor.Of<float>([1], 2));
        graph.Output("y", graph.Add(new Mul(), x, graph.Parameter(weight)));
        weight.Assign(Tensor.Of<float>([1], 10));
        TensorProto written = Assert.Single(ModelProto.Parser.ParseFrom(OnnxExporter.Export(graph)).Graph.Initializer);
        Assert.Equal(("w", 10f), (written.Name, BitConverter.ToSingle(written.RawData.Span)));
    }

    [Fact]
    public void Saving_replaces_the_file_and_leaves_nothing_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("livecam-export-").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            File.WriteAllText(path, "older");
            (Graph graph, Value x) = WithInput();
            graph.Output("y", graph.Add(new Relu(), x));
            OnnxExporter.Save(graph, path);
            Assert.Equal(OnnxExporter.Export(graph), File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(folder));

            Directory.CreateDirectory(Path.Combine(folder, "taken.onnx"));
            string complaint = Assert.Throws<LiveCamException>(() => OnnxExporter.Save(graph, Path.Combine(folder, "taken.onnx"))).Message;
            Assert.Contains("taken.onnx", complaint);
            Assert.Contains("nowhere", Assert.Throws<LiveCamException>(() => OnnxExporter.Save(graph, Path.Combine(folder, "nowhere", "x.onnx"))).Message);
            Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (Graph Graph, Value X) WithInput()
    {
        var graph = new Graph();
        return (graph, graph.Input("x", ElementType.Float32, [-1, 4]));
    }

    private static string Text(ValueInfoProto value) => $"{value.Name} {string.Join(',', value.Type.TensorType.Shape.Dim.Select(dim => dim.ExtentCase switch
    {
        DimensionProto.ExtentOneofCase.DimValue => $"{dim.DimValue}",
        DimensionProto.ExtentOneofCase.DimParam => dim.DimParam,
        _ => "?",
    }))}";
}
