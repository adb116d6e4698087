using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>Faults that trials with other people's files found, one test each.</summary>
[Collection(GlCollection.Name)]
public sealed class TrialFaultTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>A network for pictures of any size: the mean of each colour, and what <paramref name="further"/> makes of it.</summary>
    private string Write(string name, Func<Graph, Value, Value>? further = null)
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, Ints.Create([-1, 3, -1, -1]));
        Value y = graph.Add(new Flatten(), "flat", 1, graph.Add(new GlobalAveragePool(), "mean", 1, x)[0])[0];
        graph.Output("y", further?.Invoke(graph, y) ?? y);
        OnnxExporter.Save(graph, scratch[name]);
        return scratch[name];
    }

    [Theory]
    [InlineData("run")]
    [InlineData("replay")]
    [InlineData("classify")]
    public void The_help_shows_no_number_without_end_and_promises_no_kernels_where_there_are_none(string verb)
    {
        string help = Call.Run(verb, "--help").Output;
        Assert.DoesNotContain("9223372036854775807", help);
        if (verb != "run") Assert.DoesNotContain("kernels of the lectures run", help);
    }

    [Fact]
    public void A_free_size_is_that_of_the_contract()
    {
        string model = Write("free.onnx");
        File.WriteAllText(scratch["free.json"], """{"width": 96, "height": 64, "contract": "unit"}""");
        System.Text.Json.JsonElement json = Assert.Single(Call.Run("inspect", model, "--json").Json);
        // A mean of 3x64x96 numbers is as many additions.
        Assert.InRange(json.GetProperty("totals").GetProperty("mflop").GetDouble(), 0.018, 0.04);
    }

    [Fact]
    public void A_broken_sidecar_is_a_problem()
    {
        string model = Write("sidecar.onnx");
        File.WriteAllText(scratch["sidecar.json"], """{"scale": "1/0"}""");
        Call call = Call.Run("inspect", model);
        Assert.Equal(1, call.Exit);
        Assert.Contains("sidecar.json", call.Output);
    }

    [Fact]
    public void Settings_have_one_name_in_the_sidecar_and_on_the_command_line()
    {
        string model = Write("names.onnx");
        foreach (string keys in (string[])["""{"crop": 0.5, "rotate": 90}""", """{"cropFraction": 0.5, "rotation": 90}"""])
        {
            File.WriteAllText(scratch["names.json"], keys);
            System.Text.Json.JsonElement contract = Assert.Single(Call.Run("inspect", model, "--json").Json).GetProperty("contract");
            Assert.Equal((0.5, 90), (contract.GetProperty("crop").GetDouble(), contract.GetProperty("rotate").GetInt32()));
        }
    }

    [Fact]
    public void Mirror_is_a_switch_in_every_verb()
    {
        string model = Write("mirror.onnx"), picture = scratch["picture.png"];
        LiveCam.Platform.ImageFile.Save(Scratch.Pattern(64, 48), picture);
        Assert.Equal(0, Call.Run("classify", "--device", "cpu", "--model", model, "--mirror", picture).Exit);
        Assert.Equal(0, Call.Run("run", "--headless", "--device", "cpu", "--model", model, "--mirror", "--source", picture).Exit);
    }

    [Fact]
    public void Devices_that_agree_on_NaN_do_not_pass()
    {
        string model = Write("nan.onnx", (graph, y) => graph.Add(new Add(), "sum", 1, y, graph.Parameter("bad", Tensor.Of([3], float.NaN, 0f, 0f)))[0]);
        Call call = Call.Run("compare", model);
        Assert.Equal(1, call.Exit);
        Assert.Contains("not finite", call.Error);
    }

    [Fact]
    public void A_missing_folder_is_named_and_not_a_temporary_file()
    {
        string sentence = Call.Run("export", "--model", "dense", "--out", scratch["none/net.onnx"]).AssertFailed(1);
        Assert.Contains($"there is no folder \"{scratch["none"]}\"", sentence);
    }

    [Fact]
    public void A_file_dropped_on_a_run_without_a_window_and_refused_is_told()
    {
        string model = Write("drop.onnx");
        File.WriteAllText(scratch["no.onnx"], "nothing");
        File.WriteAllText(scratch["script.jsonl"], $$"""{"at": 0, "event": "drop", "path": {{System.Text.Json.JsonSerializer.Serialize(scratch["no.onnx"])}}}""" + "\n");
        Call call = Call.Run("run", "--headless", "--device", "cpu", "--model", model, "--source", "pattern:64x48", "--frames", "5", "--script", scratch["script.jsonl"]);
        Assert.Contains("no.onnx", call.Error);
    }

    [Fact]
    public void A_network_of_several_outputs_takes_the_likeliest_and_the_one_that_is_named()
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, Ints.Create([-1, 3, 8, 8]));
        Value y = graph.Add(new Flatten(), "flat", 1, graph.Add(new GlobalAveragePool(), "mean", 1, x)[0])[0];
        graph.Output("features", x);
        graph.Output("negative", graph.Add(new Mul(), "minus", 1, y, graph.Parameter("-1", Tensor.Of([1], -1f)))[0]);
        graph.Output("logits", y);
        OnnxExporter.Save(graph, scratch["several.onnx"]);
        string picture = scratch["picture.png"];
        var red = new LiveCam.Engine.Vision.Picture(8, 8, LiveCam.Engine.Vision.PixelFormat.Bgr8);
        for (int i = 2; i < red.Bytes.Length; i += 3) red.Bytes[i] = 255;
        LiveCam.Platform.ImageFile.Save(red, picture);
        Call call = Call.Run("classify", "--device", "cpu", "--json", "--contract", "unit", "--model", scratch["several.onnx"], picture);
        Assert.Equal("0", call.Json[0].GetProperty("top")[0].GetProperty("label").GetString());
        Assert.Contains("\"logits\" is taken", call.Error);
        Call other = Call.Run("classify", "--device", "cpu", "--json", "--contract", "unit", "--model", scratch["several.onnx"], "--output", "negative", picture);
        Assert.NotEqual("0", other.Json[0].GetProperty("top")[0].GetProperty("label").GetString());
    }

    [Theory]
    [InlineData(4, 3, 8, 8)]
    [InlineData(1, 192)]
    [InlineData(3, 8, 8)]
    public void Fixed_batches_and_flat_inputs_take_a_picture(params int[] extents)
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, Ints.Create(extents));
        int batch = extents.Length == 4 ? 4 : 1;
        Value map = graph.Add(new Reshape(), "map", 1, x, graph.Parameter("shape", Tensor.Of<long>([4], batch, 3, 8, 8)))[0];
        graph.Output("y", graph.Add(new Reshape(), "flat", 1, graph.Add(new GlobalAveragePool(), "mean", 1, map)[0], graph.Parameter("rows", Tensor.Of<long>([2], batch, 3)))[0]);
        OnnxExporter.Save(graph, scratch["fixed.onnx"]);
        var green = new LiveCam.Engine.Vision.Picture(8, 8, LiveCam.Engine.Vision.PixelFormat.Bgr8);
        for (int i = 1; i < green.Bytes.Length; i += 3) green.Bytes[i] = 255;
        LiveCam.Platform.ImageFile.Save(green, scratch["green.png"]);
        Call call = Call.Run("classify", "--device", "cpu", "--json", "--contract", "unit", "--model", scratch["fixed.onnx"], scratch["green.png"]);
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal("1", call.Json[0].GetProperty("top")[0].GetProperty("label").GetString());
        Assert.Contains("fixed.onnx", call.Error);
    }

    [Fact]
    public void A_network_that_ends_in_features_is_no_classifier()
    {
        string model = Write("features.onnx", (graph, y) => graph.Add(new Relu(), "relu", 1, graph.Add(new Gemm(), "wide", 1, y, graph.Parameter("w", new Tensor(ElementType.Float32, [3, 512])))[0])[0]);
        LiveCam.Platform.ImageFile.Save(Scratch.Pattern(64, 48), scratch["picture.png"]);
        Call call = Call.Run("classify", "--device", "cpu", "--model", model, scratch["picture.png"]);
        Assert.Equal(1, call.Exit);
        Assert.Contains("ends in features", call.Error);
    }
}
