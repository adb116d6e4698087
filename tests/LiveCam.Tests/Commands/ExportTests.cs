using System.Text.Json;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>A network becomes one file that says all about itself, and the file can be checked.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_network_by_name_is_exported_verified_and_classifies_by_itself()
    {
        string model = scratch["lenet.onnx"];
        JsonElement said = Assert.Single(Fine("export", "--model", "LeNet5", "--out", model, "--labels", Digits(), "--std", "0.5", "--json").Json);
        Assert.Equal(["file", "model", "parameters", "bytes"], Call.Fields(said));
        Assert.Equal((61_706, new FileInfo(model).Length), (said.GetProperty("parameters").GetInt32(), said.GetProperty("bytes").GetInt64()));

        OnnxModel read = OnnxImporter.Import(model);
        Assert.Equal(["livecam.labels", "livecam.preprocessing", "livecam.selftest"], read.Metadata.Keys);
        Assert.Equal(0.5, PreprocessingJson.Parse(read.Metadata["livecam.preprocessing"], Preprocessing.ImageNet, model).StandardDeviation[0]);

        JsonElement[] lines = Fine("verify", model, "--device", "cpu", "--json").Json;
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], line => Assert.Equal(("pass", 0.0, 0.0),
            (line.GetProperty("status").GetString(), line.GetProperty("max_error").GetDouble(), line.GetProperty("tensor_error").GetDouble())));
        Assert.Equal(3, lines[3].GetProperty("summary").GetProperty("pass").GetInt32());

        string picture = scratch["picture.png"];
        ImageFile.Save(Scratch.Pattern(64, 48), picture);
        JsonElement answer = Assert.Single(Fine("classify", "--model", model, "--device", "cpu", "--json", picture).Json);
        Assert.Contains("digit", answer.ToString());
    }

    [Fact]
    public void One_seed_gives_one_file_and_an_exported_file_is_exported_to_the_same_bytes()
    {
        Fine("export", "--model", "dense", "--seed", "5", "--out", scratch["a.onnx"]);
        Fine("export", "--model", "dense", "--seed", "5", "--out", scratch["b.onnx"]);
        Fine("export", "--model", "dense", "--seed", "6", "--out", scratch["c.onnx"]);
        byte[] a = File.ReadAllBytes(scratch["a.onnx"]);
        Assert.Equal(a, File.ReadAllBytes(scratch["b.onnx"]));
        Assert.NotEqual(a, File.ReadAllBytes(scratch["c.onnx"]));
        Directory.CreateDirectory(scratch["again"]);
        // The graph is called after the file.
        File.Move(scratch["a.onnx"], scratch["dense.onnx"]);
        Fine("export", "--model", scratch["dense.onnx"], "--out", Path.Combine(scratch["again"], "dense.onnx"));
        Assert.Equal(a, File.ReadAllBytes(Path.Combine(scratch["again"], "dense.onnx")));
    }

    [Fact]
    public void The_contract_and_the_classes_choose_the_network()
    {
        Fine("export", "--model", "resnet18", "--classes", "3", "--width", "32", "--height", "32", "--channels", "1", "--out", scratch["small.onnx"]);
        OnnxModel model = OnnxImporter.Import(scratch["small.onnx"]);
        Assert.Equal("-1,1,32,32", model.Graph.Inputs[0].Extents.ToString());
        Assert.Contains("64x32", Call.Run("export", "--model", "lenet5", "--width", "64", "--out", scratch["x.onnx"]).AssertFailed(1));
        Assert.Contains("32 only", Call.Run("export", "--model", "lenet5", "--width", "64", "--height", "64", "--out", scratch["x.onnx"]).AssertFailed(1));
        Assert.Contains("10", Call.Run("export", "--model", "lenet5", "--classes", "4", "--labels", Digits(), "--out", scratch["x.onnx"]).AssertFailed(1));
        Assert.False(File.Exists(scratch["x.onnx"]));
    }

    [Theory]
    [InlineData("squeezenet1.1-7")]
    [InlineData("ultraface-rfb-320")]
    public void A_model_file_is_exported_with_a_self_test(string name)
    {
        string model = Requirements.Data($"models/{name}/model.onnx");
        Fine("export", "--model", model, "--out", scratch["x.onnx"]);
        Assert.Equal(3, Fine("verify", scratch["x.onnx"], "--device", "cpu", "--json").Json[3].GetProperty("summary").GetProperty("pass").GetInt32());
    }

    [Fact]
    public void A_network_that_looks_at_no_pictures_is_exported_without_a_self_test()
    {
        string model = Requirements.Data("onnx-node/node-opset21/test_add_bcast/model.onnx");
        Call call = Fine("export", "--model", model, "--out", scratch["x.onnx"]);
        Assert.Contains("without a contract and a self-test", call.Error);
        Assert.Contains("livecam export", Call.Run("verify", scratch["x.onnx"]).AssertFailed(1));
    }

    /// <summary>Each fault shows where it is: the pictures, the arithmetic.</summary>
    [Fact]
    public void Verify_tells_a_wrong_picture_from_wrong_arithmetic()
    {
        Fine("export", "--model", "lenet5", "--out", scratch["x.onnx"]);
        OnnxModel model = OnnxImporter.Import(scratch["x.onnx"]);

        var metadata = new Dictionary<string, string>(model.Metadata);
        metadata[PreprocessingJson.MetadataKey] = PreprocessingJson.Write(Preprocessing.For(1, 32, 32) with { Mirror = true });
        OnnxExporter.Save(model.Graph, scratch["x.onnx"], new() { Metadata = metadata });
        Call call = Call.Run("verify", scratch["x.onnx"], "--device", "cpu", "--json");
        Assert.Contains("of 3", call.AssertFailed(1));
        Assert.Contains("preprocessed picture differs", call.Json[0].GetProperty("reason").GetString());
        Assert.Equal(0, call.Json[0].GetProperty("max_error").GetDouble());

        var weight = model.Graph.Parameters.Values.Single(parameter => parameter.Name == "logits.bias");
        weight.Assign(Engine.Tensors.Tensor.Of<float>([10], 0, 0, 0, 1, 0, 0, 0, 0, 0, 0));
        OnnxExporter.Save(model.Graph, scratch["x.onnx"], new() { Metadata = model.Metadata });
        call = Call.Run("verify", scratch["x.onnx"], "--device", "cpu", "--json");
        Assert.Contains("3 of 3", call.AssertFailed(1));
        Assert.Contains("\"logits\" differs", call.Json[0].GetProperty("reason").GetString());
        Assert.Equal(0, call.Json[0].GetProperty("tensor_error").GetDouble());
    }

    [Fact]
    public void Test_pictures_are_the_same_everywhere_and_none_is_flat()
    {
        IReadOnlyList<Picture> pictures = TestPictures.Draw();
        Assert.Equal(3, pictures.Count);
        Assert.All(pictures, picture => Assert.True(picture.Bytes.Max() - picture.Bytes.Min() > 200));
        Assert.Equal([3711349138u, 2552294094u, 2842088915u], pictures.Select(picture => picture.Bytes.Aggregate(0u, (sum, value) => sum * 31 + value)));
    }

    [Fact]
    public void What_is_neither_a_file_nor_a_network_is_refused()
    {
        string sentence = Call.Run("export", "--model", "resnet99", "--out", scratch["x.onnx"]).AssertFailed(1);
        Assert.Contains("resnet99", sentence);
        Assert.Contains("`livecam models`", sentence);
        Assert.Contains("nowhere", Call.Run("export", "--model", "lenet5", "--out", scratch["nowhere/x.onnx"]).AssertFailed(1));
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    private string Digits() => scratch.Write("digits.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 10).Select(i => $"digit {i}"))));

    private static Call Fine(params string[] args)
    {
        Call call = Call.Run(args);
        Assert.True(call.Exit == 0, call.Error);
        return call;
    }
}
