using System.Text.Json;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>What inspect finds out about a model before it is used.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_sound_model_has_needs_and_no_findings()
    {
        Assert.Equal(0, Call.Run("export", "--model", "lenet5", "--out", scratch["lenet.onnx"]).Exit);
        JsonElement json = Assert.Single(Call.Run("inspect", scratch["lenet.onnx"], "--json", "--html", scratch["lenet.html"]).Json);
        Assert.Equal("pass", json.GetProperty("self_test").GetString());
        Assert.Empty(json.GetProperty("weight_faults").EnumerateArray());
        Assert.Equal(["cpu", "gl"], json.GetProperty("memory").EnumerateArray().Select(need => need.GetProperty("device").GetString()));
        // C1 and the picture at once at least, and its weights exactly.
        Assert.All(json.GetProperty("memory").EnumerateArray(), need => Assert.True(need.GetProperty("values").GetInt64() >= 4 * (6 * 28 * 28 + 32 * 32)));
        Assert.Equal(4 * 61_706, json.GetProperty("memory")[0].GetProperty("weights").GetInt64());
        string page = File.ReadAllText(scratch["lenet.html"]);
        Assert.Contains("(32 - 5 + 2*0)/1 + 1 = 28", page);
        Assert.Contains("It can be run", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("://", page);
    }

    [Fact]
    public void A_channel_that_never_changes_and_a_weight_that_is_no_number_are_found()
    {
        Assert.True(NetworkTable.TryFind("lenet5", out NetworkFamily? family));
        Graph graph = family.Build();
        // Map 3 of C1: no weights, and a bias that the ReLU cuts off.
        Change(graph, "C1.weight", weights => weights.Slice(3 * 25, 25).Clear());
        Change(graph, "C1.bias", biases => biases[3] = -1);
        OnnxExporter.Save(graph, scratch["dead.onnx"]);
        JsonElement dead = Assert.Single(Call.Run("inspect", scratch["dead.onnx"], "--json").Json).GetProperty("dead_channels");
        Assert.Contains(dead.EnumerateArray(), one => one.GetProperty("layer").GetString() == "C1.relu" && one.GetProperty("channels").EnumerateArray().Select(channel => channel.GetInt32()).Contains(3));

        Change(graph, "F6.weight", weights => weights[5] = float.NaN);
        OnnxExporter.Save(graph, scratch["nan.onnx"]);
        JsonElement fault = Assert.Single(Assert.Single(Call.Run("inspect", scratch["nan.onnx"], "--json").Json).GetProperty("weight_faults").EnumerateArray());
        Assert.Equal(("F6", "F6.weight", 1, 0), (fault.GetProperty("layer").GetString(), fault.GetProperty("weight").GetString(), fault.GetProperty("nan").GetInt32(), fault.GetProperty("infinite").GetInt32()));
        Assert.Contains(Call.Run("inspect", scratch["nan.onnx"]).Lines, line => line.StartsWith("finding ", StringComparison.Ordinal) && line.Contains("F6.weight"));
    }

    [Fact]
    public void A_model_that_cannot_be_run_gets_a_page_too()
    {
        string model = Requirements.Data("onnx-node/node-opset21/test_adam_multiple/model.onnx");
        Assert.Equal(1, Call.Run("inspect", model, "--html", scratch["page.html"]).Exit);
        string page = File.ReadAllText(scratch["page.html"]);
        Assert.Contains("It cannot be run", page);
        Assert.Contains("Adam", page);
    }

    private static void Change(Graph graph, string name, Action<Span<float>> change)
    {
        Parameter parameter = graph.Parameters.Values.Single(one => one.Name == name);
        Tensor copy = Tensor.Of<float>(parameter.Shape, parameter.Value.Span<float>());
        change(copy.Span<float>());
        parameter.Assign(copy);
    }
}
