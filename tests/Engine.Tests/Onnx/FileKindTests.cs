using System.IO.Compression;
using LiveCam.Engine.Onnx;
using static LiveCam.Engine.Tests.Onnx.ModelBuilder;

namespace LiveCam.Engine.Tests.Onnx;

public sealed class FileKindTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("livecam-kinds-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string, string> Kinds => new()
    {
        { "76657273696f6e2068747470733a2f2f6769742d6c66732e", "Git LFS pointer" },
        { "3c21444f43545950452068746d6c3e", "web page" },
        { "3c3f786d6c2076657273696f6e3d", "XML" },
        { "7b22666f726d6174223a", "JSON" },
        { "1f8b0808e4d4", "gzip" },
        { "1c00000054464c33000000000000", "TensorFlow Lite" },
        { "1c0000004f52544d000000000000", "ONNX Runtime's own format" },
        { "894844460d0a1a0a", "HDF5" },
        { "80027d71002e", "Python pickle" },
        { "0a000000000000007b2261223a7b7d7d202020202020", "safetensors" },
        { "89504e470d0a1a0a", "picture" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_of_another_format_is_called_what_it_is(string hex, string name)
    {
        string path = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(path, Convert.FromHexString(hex));
        string sentence = Assert.Throws<LiveCamException>(() => OnnxImporter.Import(path)).Message;
        Assert.Contains("is no ONNX model: it is ", sentence);
        Assert.Contains(name, sentence);
    }

    [Theory]
    [InlineData("net/model.onnx", "give the net/model.onnx in it")]
    [InlineData("archive/data.pkl", "PyTorch")]
    [InlineData("model.weights.h5", "Keras")]
    [InlineData("readme.txt", "without an .onnx file")]
    public void What_a_zip_archive_is_its_contents_say(string entry, string name)
    {
        string path = Path.Combine(folder, "model.pt");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create)) zip.CreateEntry(entry);
        Assert.Contains(name, Assert.Throws<LiveCamException>(() => OnnxImporter.Import(path)).Message);
    }

    [Fact]
    public void A_sentence_that_ends_with_a_question_keeps_its_mark()
    {
        var problems = new ModelProblems();
        problems.Add("Was the layer before it exported too?");
        Assert.EndsWith("exported too?", problems.Summary("model.onnx").Message);
        problems.Add("And this.");
        Assert.EndsWith("And this.", problems.Summary("model.onnx").Message);
    }

    [Theory]
    [InlineData(9, "y o1 o2 o3 o4", true)]
    [InlineData(9, "y", false)]
    [InlineData(15, "y", false)]
    public void Before_set_14_further_outputs_say_that_a_normalization_trains(int opSet, string outputs, bool trains)
    {
        string path = Path.Combine(folder, "model.onnx");
        var model = Model(Node("BatchNormalization", "bn", "x g b m v", outputs)).Input("x", 1, 2, 3).Input("g", 2).Input("b", 2).Input("m", 2).Input("v", 2).Output("y");
        model.OpsetImport.Clear();
        model.OpsetImport.Add(new LiveCam.Engine.Onnx.Proto.OperatorSetIdProto { Version = opSet });
        File.WriteAllBytes(path, Google.Protobuf.MessageExtensions.ToByteArray(model));
        Assert.Equal(trains, Assert.IsType<LiveCam.Engine.Ops.BatchNormalization>(Assert.Single(OnnxImporter.Import(path).Graph.Nodes).Op).Training);
    }

    [Fact]
    public void A_dropout_whose_training_is_an_input_is_refused()
    {
        string path = Path.Combine(folder, "model.onnx");
        var model = Model(Node("Dropout", "drop", "x r t", "y")).Input("x", 1, 2).Input("r").Input("t").Output("y");
        model.Graph.Input[2].Type.TensorType.ElemType = 9;
        File.WriteAllBytes(path, Google.Protobuf.MessageExtensions.ToByteArray(model));
        Assert.Contains("only known when it runs", Assert.Throws<LiveCamException>(() => OnnxImporter.Import(path)).Message);
    }

    [Fact]
    public void A_newer_operator_set_is_read_with_a_note()
    {
        string path = Path.Combine(folder, "model.onnx");
        var model = Model(Node("Relu", "r", "x", "y")).Input("x", 1).Output("y");
        model.OpsetImport.Clear();
        model.OpsetImport.Add(new LiveCam.Engine.Onnx.Proto.OperatorSetIdProto { Version = 26 });
        File.WriteAllBytes(path, Google.Protobuf.MessageExtensions.ToByteArray(model));
        Assert.Contains("operator set 26", Assert.Single(OnnxImporter.Import(path).Notes));
    }

    [Fact]
    public void A_link_that_became_text_is_followed()
    {
        Directory.CreateDirectory(Path.Combine(folder, "snapshot"));
        Directory.CreateDirectory(Path.Combine(folder, "blobs"));
        File.WriteAllBytes(Path.Combine(folder, "blobs", "1a"), Google.Protobuf.MessageExtensions.ToByteArray(Model(Node("Relu", "r", "x", "y")).Input("x", 1).Output("y")));
        string path = Path.Combine(folder, "snapshot", "model.onnx");
        File.WriteAllText(path, "../blobs/1a");
        Assert.Equal(["x"], OnnxImporter.Import(path).InputNames);
    }
}
