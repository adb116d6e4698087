using System.Text.Json;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>The networks LiveCam builds: listed, shown, written.</summary>
public sealed class ModelsTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Every_network_is_listed_with_parameters_work_and_receptive_field()
    {
        JsonElement[] lines = [.. Call.Run("models", "--json").Json.Where(line => !line.GetProperty("name").GetString()!.StartsWith("zoo:", StringComparison.Ordinal))];
        Assert.Equal(NetworkTable.All.Select(family => family.Name), lines.Select(line => line.GetProperty("name").GetString()));
        Assert.All(lines, line => Assert.Equal(["name", "description", "source", "task", "input", "layer_count", "parameters", "gflop", "receptive_field"], Call.Fields(line)));
        JsonElement vgg = lines.Single(line => line.GetProperty("name").GetString() == "vgg16");
        Assert.Equal((138_357_544, 212, "1x3x224x224", "classification"),
            (vgg.GetProperty("parameters").GetInt64(), vgg.GetProperty("receptive_field").GetInt32(), vgg.GetProperty("input").GetString(), vgg.GetProperty("task").GetString()));
        int? Field(string name) => lines.Single(line => line.GetProperty("name").GetString() == name).GetProperty("receptive_field") is { ValueKind: JsonValueKind.Number } field ? field.GetInt32() : null;
        Assert.Equal([32, 195, 404, null, null], new[] { "lenet5", "alexnet", "fcn8s", "vit-s", "se-resnet50" }.Select(Field));
        // 15.5 thousand million multiply-adds.
        Assert.InRange(vgg.GetProperty("gflop").GetDouble(), 30.9, 31);
        Assert.Contains(Call.Run("models").Lines, line => line.StartsWith("vgg16 ", StringComparison.Ordinal) && line.Contains("138,357,544") && line.Contains("30.960") && line.Contains(" 212 "));
    }

    [Fact]
    public void The_layers_of_a_network_are_those_of_the_lectures()
    {
        JsonElement shown = Assert.Single(Call.Run("models", "show", "LeNet5", "--json").Json);
        JsonElement c1 = shown.GetProperty("layers")[0];
        Assert.Equal(("C1", 156, "(32 - 5 + 2*0)/1 + 1 = 28", 5), (c1.GetProperty("name").GetString(), c1.GetProperty("parameters").GetInt32(),
            c1.GetProperty("window")[0].GetProperty("formula").GetString(), c1.GetProperty("receptive_field")[0].GetInt32()));
        Assert.Matches(@"C3 +Conv +1x16x10x10 +2,416 +0\.48 +5x5 /1 +14x14", Call.Run("models", "show", "lenet5").Output);
        Assert.Contains("no network of that name", Call.Run("models", "show", "lenet6").AssertFailed(1));
    }

    [Fact]
    public void Weights_follow_the_rule_that_is_asked_for()
    {
        double[] largest = [.. new[] { "he", "selu" }.Select(rule =>
        {
            string file = scratch[$"{rule}.onnx"];
            Assert.Equal(0, Call.Run("export", "--model", "conv2", "--init", rule, "--out", file).Exit);
            return (double)OnnxImporter.Import(file).Graph.Parameters.Values.Single(one => one.Name == "conv2.weight").Value.Span<float>().ToArray().Max();
        })];
        // Uniform within sqrt(6 / n) and sqrt(3 / n).
        Assert.Equal(Math.Sqrt(2), largest[0] / largest[1], 6);
    }
}
