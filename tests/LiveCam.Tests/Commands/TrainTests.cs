using System.Text.Json;
using LiveCam.Commands;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.TrainingRuns;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Tests.Platform;
using LiveCam.Text;

namespace LiveCam.Tests.Commands;

public sealed class TrainTests : IDisposable
{
    private static readonly string[] Shapes = ["across", "disc", "down"];

    private readonly Scratch scratch = new();
    private readonly string data;

    public TrainTests()
    {
        ImageFile.Prepare();
        data = Path.Combine(scratch.Folder, "shapes");
        for (int i = 0; i < 90; i++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(data, i < 66 ? "train" : "test", Shapes[i % 3])).FullName;
            ImageFile.Save(Draw(i % 3, i), Path.Combine(folder, $"{i:D3}.png"));
        }
    }

    public void Dispose() => scratch.Dispose();

    /// <summary>The usual options of these tests, some of them with another value.</summary>
    private string[] Args(string name, params string[] more)
    {
        string[] usual = ["--epochs", "6", "--batch", "8", "--lr", "0.003", "--augment", "translate:0.1", "--device", "cpu", "--threads", "1", "--out", scratch[$"{name}.onnx"]];
        return ["train", "--model", "lenet5", "--data", data, .. usual.Chunk(2).Where(pair => !more.Contains(pair[0])).SelectMany(pair => pair), .. more];
    }

    [Fact]
    public void A_network_learns_shapes_and_the_file_answers_as_was_reported()
    {
        Call call = Call.Run(Args("shapes", "--json"));
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal(7, call.Json.Length);
        foreach ((int i, JsonElement epoch) in call.Json[..^1].Index())
        {
            Assert.Equal(["epoch", "loss", "norm", "layer_norms", "rate", "validation_loss", "validation_accuracy", "seconds", "samples_per_second"], Call.Fields(epoch));
            Assert.Equal(i + 1, epoch.GetProperty("epoch").GetInt32());
            Assert.Equal(["C1", "C3", "C5", "F6", "logits"], Call.Fields(epoch.GetProperty("layer_norms")));
        }
        Assert.True(call.Json[5].GetProperty("loss").GetDouble() < call.Json[0].GetProperty("loss").GetDouble() / 2);
        Assert.InRange(call.Json[6].GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Equal(24, call.Json[6].GetProperty("count").GetInt32());
        Call again = Call.Run("evaluate", scratch["shapes.onnx"], "--data", data, "--device", "cpu", "--json");
        Assert.Equal(call.Lines[^1], Assert.Single(again.Lines));
        Assert.Equal(0, Call.Run("verify", scratch["shapes.onnx"]).Exit);
        string report = File.ReadAllText(scratch["shapes.html"]);
        foreach (string part in (string[])["Loss", "Learning rate", "Confusion", "across", "Norm of each layer", "C5", "</html>"]) Assert.Contains(part, report);
        Assert.Equal(["shapes.html", "shapes.onnx"], Directory.GetFiles(scratch.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void One_seed_gives_one_network_whatever_the_threads()
    {
        Assert.Equal(0, Call.Run(Args("one", "--epochs", "1")).Exit);
        Assert.Equal(0, Call.Run(Args("two", "--epochs", "1", "--threads", "2")).Exit);
        Assert.Equal(0, Call.Run(Args("three", "--epochs", "1", "--seed", "2")).Exit);
        Assert.Equal(Weights("one"), Weights("two"));
        Assert.NotEqual(Weights("one"), Weights("three"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(14)]
    public void A_run_that_is_stopped_and_resumed_equals_the_one_that_was_not(int steps)
    {
        // An epoch is of seven steps: within one, at its end before it is judged, and at the end of all.
        TrainingRecipe recipe = TrainingRecipe.For("lenet5", data, scratch["run.onnx"]) with { Epochs = 2, Batch = 8, Validation = 0.2, Average = 0.9 };
        DataParts parts = DataSet.Open(data, PictureFiles.Instance);
        using var device = new CpuDevice(threads: 1);
        using var whole = new TrainingRun(recipe, parts, device);
        Assert.True(whole.Train(new StoppingView(int.MaxValue), CancellationToken.None));
        using (var first = new TrainingRun(recipe, parts, device))
        {
            var view = new StoppingView(steps);
            Assert.False(first.Train(view, view.Stop.Token));
            Assert.Equal(steps, view.Steps);
        }
        using var second = new TrainingRun(TrainingNote.Read(recipe.Checkpoint).Recipe, parts, device);
        second.Resume(recipe.Checkpoint);
        Assert.True(second.Train(new StoppingView(int.MaxValue), CancellationToken.None));
        Assert.Equal(Weights(whole.Model.Graph), Weights(second.Model.Graph));
        Assert.Equal(whole.Epochs.Select(epoch => epoch with { Seconds = 0, Layers = [] }), second.Epochs.Select(epoch => epoch with { Seconds = 0, Layers = [] }));
        Assert.Equal(whole.Epochs.SelectMany(epoch => epoch.Layers), second.Epochs.SelectMany(epoch => epoch.Layers));
    }

    [Fact]
    public void Ctrl_C_keeps_a_checkpoint_and_says_how_to_go_on()
    {
        Call whole = Call.Run(Args("whole", "--json"));
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop);
        using var error = new StringWriter();
        Assert.Equal(0, CommandLine.Run(Args("part", "--json"), new Terminal(output, error, stop.Token)));
        string checkpoint = scratch["part.checkpoint"];
        Assert.Contains($"livecam train --resume {checkpoint}", error.ToString());
        Assert.True(File.Exists(checkpoint));
        Assert.False(File.Exists(scratch["part.onnx"]));
        Assert.Contains("was begun with 6", Call.Run("train", "--resume", checkpoint, "--epochs", "9", "--device", "cpu").AssertFailed(1));
        Assert.Contains("--mean 0.2", Call.Run("train", "--resume", checkpoint, "--mean", "0.2", "--device", "cpu").AssertFailed(1));
        Assert.Contains("go on with it by --resume", Call.Run(Args("part")).AssertFailed(1));
        string other = Path.Combine(data, "train", "disc", "other.png");
        ImageFile.Save(Draw(1, 900), other);
        Assert.Contains("does not hold the pictures it was begun with", Call.Run("train", "--resume", checkpoint, "--device", "cpu").AssertFailed(1));
        File.Delete(other);
        Call rest = Call.Run("train", "--resume", checkpoint, "--json", "--device", "cpu");
        Assert.True(rest.Exit == 0, rest.Error);
        Assert.Equal(whole.Lines[^1], rest.Lines[^1]);
        Assert.Equal(2, rest.Json[0].GetProperty("epoch").GetInt32());
        Assert.Equal(Weights("whole"), Weights("part"));
        Assert.False(File.Exists(checkpoint));
    }

    [Theory]
    [InlineData("x.checkpoint", null, "two of these are one file")]
    [InlineData("x.html", null, "two of these are one file")]
    [InlineData("x.onnx", "x.onnx", "two of these are one file")]
    [InlineData("shapes", null, "that is a folder")]
    public void Files_of_a_run_that_would_be_one_or_a_folder_are_refused_before_it_begins(string target, string? report, string fact)
    {
        Call call = Call.Run(Args("x", ["--out", scratch[target], .. report is null ? [] : new[] { "--report", scratch[report] }]));
        Assert.Contains(fact, call.AssertFailed(1));
        Assert.Equal([data], Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_class_whose_name_no_file_can_keep_is_refused_before_it_begins()
    {
        Directory.Move(Path.Combine(data, "train", "disc"), Path.Combine(data, "train", " disc"));
        Assert.Contains("Cannot write the labels", Call.Run(Args("x")).AssertFailed(1, "the train part has no pictures", "the test part has no pictures"));
        Assert.False(File.Exists(scratch["x.checkpoint"]));
    }

    [Fact]
    public void A_built_network_keeps_the_mean_and_deviation_that_were_asked_for()
    {
        Assert.Equal(0, Call.Run(Args("own", "--epochs", "1", "--mean", "0.25", "--std", "0.5")).Exit);
        Preprocessing contract = PictureModel.Load(scratch["own.onnx"], null, new Dictionary<string, string>()).Contract;
        Assert.Equal((0.25f, 0.5f), ((float)contract.Mean[0], (float)contract.StandardDeviation[0]));
    }

    /// <summary>Folders come in order: the first class may be gray, and a picture of it damaged.</summary>
    [Fact]
    public void Colours_of_a_later_class_are_seen_past_a_gray_one()
    {
        foreach (int i in Enumerable.Range(0, 20))
        {
            foreach ((string name, bool isColoured) in (ReadOnlySpan<(string, bool)>)[("infrared", false), ("photographs", true)])
            {
                var picture = new Picture(16, 16, PixelFormat.Bgr8);
                for (int at = 0; at < picture.Bytes.Length; at++) picture.Bytes[at] = (byte)(isColoured && at % 3 == 2 ? 200 : 10 * i);
                string folder = Directory.CreateDirectory(scratch[$"mixed/{name}"]).FullName;
                ImageFile.Save(picture, Path.Combine(folder, $"{i:D2}.png"));
            }
        }
        File.WriteAllText(scratch["mixed/infrared/00.png"], "damaged");
        Call call = Call.Run("train", "--model", "lenet5", "--data", scratch["mixed"], "--epochs", "1", "--device", "cpu", "--out", scratch["mixed.onnx"]);
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal(3, PictureModel.Load(scratch["mixed.onnx"], null, new Dictionary<string, string>()).Contract.Channels);
    }

    [Fact]
    public void A_file_learns_other_classes_and_what_is_frozen_stays()
    {
        Assert.Equal(0, Call.Run(Args("first", "--epochs", "2")).Exit);
        string two = Path.Combine(scratch.Folder, "two");
        foreach (string shape in Shapes[..2])
        {
            string folder = Directory.CreateDirectory(Path.Combine(two, shape)).FullName;
            foreach (string file in Directory.GetFiles(Path.Combine(data, "train", shape))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        Call call = Call.Run("train", "--model", scratch["first.onnx"], "--data", two, "--freeze", "C5", "--epochs", "4", "--batch", "8", "--out", scratch["second.onnx"], "--device", "cpu", "--json");
        Assert.True(call.Exit == 0, call.Error);
        Assert.InRange(call.Json[^1].GetProperty("accuracy").GetDouble(), 0.9, 1);
        OnnxModel first = OnnxImporter.Import(scratch["first.onnx"]), second = OnnxImporter.Import(scratch["second.onnx"]);
        Assert.Equal("across\ndisc", second.Metadata[Labels.MetadataKey].Trim());
        Assert.Equal(first.Metadata["livecam.preprocessing"], second.Metadata["livecam.preprocessing"]);
        foreach (string name in (string[])["C1.weight", "C3.bias", "C5.weight"]) Assert.Equal(Bytes(first.Graph, name), Bytes(second.Graph, name));
        Assert.NotEqual(Bytes(first.Graph, "F6.weight"), Bytes(second.Graph, "F6.weight"));
        Assert.Equal(2 * 84 * 4, Bytes(second.Graph, "logits.weight").Length);
    }

    [Theory]
    [InlineData("cross-entropy", "--epochs", "8", "--smoothing", "0.1", "--class-weights", "balanced")]
    [InlineData("binary", "--epochs", "8", "--class-weights", "disc=2, down=0.5")]
    [InlineData("focal", "--epochs", "14", "--clip", "0")]
    [InlineData("mean-squared", "--epochs", "8", "--clip", "1")]
    public void Every_loss_for_one_label_teaches_shapes(string loss, params string[] more)
    {
        Call call = Call.Run(Args(loss, ["--json", "--loss", loss, .. more]));
        Assert.True(call.Exit == 0, call.Error);
        Assert.InRange(call.Json[^1].GetProperty("accuracy").GetDouble(), 0.85, 1);
        Assert.Contains($"loss {loss}", File.ReadAllText(scratch[$"{loss}.html"]));
    }

    [Fact]
    public void What_is_written_is_the_moving_average_of_the_weights()
    {
        TrainingRecipe recipe = TrainingRecipe.For("lenet5", data, scratch["mean.onnx"]) with { Epochs = 1, Batch = 8, Validation = 0.2, Average = 0.8 };
        using var device = new CpuDevice(threads: 1);
        using var run = new TrainingRun(recipe, DataSet.Open(data, PictureFiles.Instance), device);
        double[] Now() => [.. run.Model.Graph.Parameters.Values.Single(one => one.Name == "C3.weight").Value.Span<float>().ToArray().Select(x => (double)x)];
        double[] mean = Now();
        var view = new StoppingView(int.MaxValue, step =>
        {
            double kept = Math.Min(0.8, (double)step / (9 + step));
            mean = [.. mean.Zip(Now(), (old, weight) => kept * old + (1 - kept) * weight)];
        });
        Assert.True(run.Train(view, CancellationToken.None));
        Assert.Equal(7, view.Steps);
        Assert.All(mean.Zip(Now()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    /// <summary>A layer's norm is that of its weights and biases together, and all layers' together are the norm of the step.</summary>
    [Fact]
    public void Norms_of_the_layers_make_up_the_norm_of_the_step()
    {
        TrainingRecipe recipe = TrainingRecipe.For("lenet5", data, scratch["norms.onnx"]) with { Epochs = 2, Batch = 64, Validation = 0, Limit = 64 };
        using var device = new CpuDevice(threads: 1);
        using var run = new TrainingRun(recipe, DataSet.Open(data, PictureFiles.Instance), device);
        Assert.True(run.Train(new StoppingView(int.MaxValue), CancellationToken.None));
        Assert.All(run.Epochs, epoch => Assert.Equal(epoch.Norm, Math.Sqrt(epoch.Layers.Sum(one => one.Norm * one.Norm)), epoch.Norm * 1e-5));
    }

    [Fact]
    public void Lines_and_the_terminal_show_the_gradient_of_each_layer()
    {
        Call call = Call.Run(Args("lines", "--epochs", "2"));
        Assert.Equal(2, call.Lines.Count(line => line.StartsWith("  gradient by layer: C1 ", StringComparison.Ordinal)));
        using var output = new StringWriter();
        var view = new LiveView(new Terminal(output, output, CancellationToken.None));
        LayerNorm[] layers = [.. Enumerable.Range(1, 30).Select(i => new LayerNorm($"layer{i}", i))];
        TrainingRecipe recipe = TrainingRecipe.For("lenet5", data, scratch["x.onnx"]);
        view.Show(new("lenet5", data, (1, 1), 1, 1, 1, recipe, []), () => view.Step(new(1, 1, 1, 0.5, 0.1, 10, layers, TimeSpan.Zero)));
        string[] shown = ["layer1 ", "layer30 "];
        Assert.All(shown, name => Assert.Contains(name, output.ToString()));
    }

    /// <summary>Files that fix one picture a run in their constants, as many exporters write them.</summary>
    [Theory]
    [InlineData("reshape", null)]
    [InlineData("mixing", "do not get the answers of each alone")]
    [InlineData("counting", "Reshape \"flat\"")]
    public void A_file_of_one_picture_a_run_learns_in_batches_where_its_graph_permits(string kind, string? refused)
    {
        var graph = new Graph();
        Value x = graph.Input("picture", ElementType.Float32, [1, 1, 16, 16]);
        Tensor Weights(Shape shape, int seed) => Tensor.Of<float>(shape, [.. Enumerable.Range(0, shape.ElementCount).Select(i => (float)Math.Sin(i * 12.9898 + seed) * 0.3f)]);
        x = graph.Add(new Conv2d(5, 2), "conv", 1, x, graph.Parameter("conv.weight", Weights([8, 1, 5, 5], 1)))[0];
        x = graph.Add(new Relu(), x);
        if (kind == "mixing") x = graph.Add(new Add(), x, graph.Add(new ReduceMean(), x, graph.Parameter("pictures", Tensor.Of<long>([1], 0))));
        long[] target = kind == "counting" ? [8, 36] : [1, 288];
        x = graph.Add(new Reshape(), "flat", 1, x, graph.Parameter("shape", Tensor.Of<long>([2], target)))[0];
        if (kind == "counting") x = graph.Add(new Reshape(), "row", 1, x, graph.Parameter("row", Tensor.Of<long>([2], 1, 288)))[0];
        graph.Output("y", graph.Add(new MatMul(), "logits", 1, x, graph.Parameter("logits.weight", Weights([288, 3], 2)))[0]);
        OnnxExporter.Save(graph, scratch["fixed.onnx"], new());
        string[] args = ["train", "--model", scratch["fixed.onnx"], "--data", data, "--epochs", "20", "--batch", "8", "--optimizer", "adamw", "--lr", "0.003", "--augment", "none",
            "--mean", "0.3", "--std", "0.3", "--device", "cpu", "--out", scratch["learned.onnx"], "--json"];
        Call call = Call.Run(args);
        if (refused is not null)
        {
            Assert.Contains(refused, call.AssertFailed(1));
            args[8] = "1";
            args[6] = "1";
            Assert.Equal(0, Call.Run(args).Exit);
            return;
        }
        Assert.True(call.Exit == 0, call.Error);
        Assert.True(call.Json[19].GetProperty("loss").GetDouble() < call.Json[0].GetProperty("loss").GetDouble() / 2, call.Output);
        Assert.Equal(call.Lines[^1], Assert.Single(Call.Run("evaluate", scratch["learned.onnx"], "--data", data, "--device", "cpu", "--json").Lines));
    }

    [Fact]
    public void A_rate_that_is_too_high_is_told_and_leaves_no_network_of_nonsense()
    {
        Call call = Call.Run(Args("steep", "--optimizer", "sgd", "--lr", "1e30", "--schedule", "constant"));
        Assert.Contains("the rate is halved", call.Error);
        Assert.True(call.Exit == 1 ? !File.Exists(scratch["steep.onnx"]) : Call.Run("verify", scratch["steep.onnx"]).Exit == 0, call.Error);
    }

    [Theory]
    [InlineData(2, "--model", "train", "--data", "{data}")]
    [InlineData(2, "--epochs", "train", "--model", "lenet5", "--data", "{data}", "--epochs", "0")]
    [InlineData(2, "--lr", "train", "--model", "lenet5", "--data", "{data}", "--lr", "-1")]
    [InlineData(2, "sgdx", "train", "--model", "lenet5", "--data", "{data}", "--optimizer", "sgdx")]
    [InlineData(2, "hinge", "train", "--model", "lenet5", "--data", "{data}", "--loss", "hinge")]
    [InlineData(2, "--average", "train", "--model", "lenet5", "--data", "{data}", "--average", "1")]
    [InlineData(2, "--clip", "train", "--model", "lenet5", "--data", "{data}", "--clip", "-1")]
    [InlineData(1, "only cross-entropy spreads", "train", "--model", "lenet5", "--data", "{data}", "--loss", "focal", "--smoothing", "0.1")]
    [InlineData(2, "--drop-path", "train", "--model", "lenet5", "--data", "{data}", "--drop-path", "1")]
    [InlineData(1, "the network has none", "train", "--model", "lenet5", "--data", "{data}", "--drop-path", "0.2")]
    [InlineData(1, "weigh classes", "train", "--model", "lenet5", "--data", "{data}", "--loss", "soft-f1", "--class-weights", "balanced")]
    [InlineData(1, "class \"cup\"", "train", "--model", "lenet5", "--data", "{data}", "--class-weights", "cup=2")]
    [InlineData(1, "cat=2,dog=0.5", "train", "--model", "lenet5", "--data", "{data}", "--class-weights", "disc=0")]
    [InlineData(1, "no such augmentation", "train", "--model", "lenet5", "--data", "{data}", "--augment", "spin")]
    [InlineData(1, "lenet6", "train", "--model", "lenet6", "--data", "{data}")]
    [InlineData(1, "no such layer", "train", "--model", "lenet5", "--data", "{data}", "--freeze", "C9")]
    [InlineData(1, "nothing to train", "train", "--model", "lenet5", "--data", "{data}", "--freeze", "logits")]
    [InlineData(1, "no such file or folder", "train", "--model", "lenet5", "--data", "{data}/gone")]
    [InlineData(1, "gone.checkpoint", "train", "--resume", "gone.checkpoint")]
    [InlineData(1, "no checkpoint", "train", "--resume", "{data}/train/disc/001.png")]
    public void Wrong_options_are_one_sentence(int exit, string fact, params string[] args)
    {
        string[] all = [.. args.Select(arg => arg.Replace("{data}", data)), .. exit == 1 ? ["--device", "cpu"] : Array.Empty<string>()];
        Assert.Contains(fact, Call.Run(all).AssertFailed(exit));
    }

    [Fact]
    public void One_class_is_nothing_to_learn_from()
    {
        string one = Directory.CreateDirectory(Path.Combine(scratch.Folder, "one")).FullName;
        Directory.Move(Path.Combine(data, "train", "disc"), Path.Combine(one, "disc"));
        Assert.Contains("fewer than two", Call.Run("train", "--model", "lenet5", "--data", one, "--device", "cpu").AssertFailed(1, "only one class was found"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("focal")]
    [InlineData("soft-f1")]
    public void Pictures_of_several_labels_are_learned_label_by_label(string? loss)
    {
        string folder = Directory.CreateDirectory(Path.Combine(scratch.Folder, "several")).FullName;
        var rows = new List<string> { "path,labels" };
        for (int i = 0; i < 80; i++)
        {
            // Left and right half each hold a disc or nothing.
            var picture = new Picture(36, 36, PixelFormat.Gray8);
            for (int half = 0; half < 2; half++)
                for (int y = 8; y < 28; y++)
                    for (int x = 0; x < 12; x++)
                        if ((i >> half & 1) == 1) picture.Row(y)[18 * half + 3 + x] = (byte)(180 + i % 7 * 10);
            ImageFile.Save(picture, Path.Combine(folder, $"{i}.png"));
            rows.Add($"{i}.png,{string.Join('|', new[] { "left", "right" }.Where((_, half) => (i >> half & 1) == 1))}");
        }
        File.WriteAllLines(Path.Combine(folder, "train.csv"), rows);
        string[] args = ["train", "--model", "lenet5", "--data", folder, "--epochs", "8", "--batch", "8", "--augment", "none", "--validation", "0.25", "--device", "cpu", "--out", scratch["s.onnx"], "--json"];
        Call call = Call.Run(loss is null ? args : [.. args, "--loss", loss]);
        Assert.True(call.Exit == 0, call.Error);
        Assert.InRange(call.Json[^1].GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Equal(0, call.Json[^1].GetProperty("confusion").GetArrayLength());
        // A row for each label: pictures, precision, recall, F1, AUC.
        Assert.Matches("left</td><td class=\"number\">[0-9]+</td>(<td class=\"number\">[01]\\.[0-9]{3}</td>){4}", File.ReadAllText(scratch["s.html"]));
        Assert.Contains("several labels", Call.Run([.. args, "--loss", "cross-entropy"]).AssertFailed(1));

        // Both are there, or neither is: what one label's probability is says nothing of the other's.
        foreach ((int picture, double least, double most) in (ReadOnlySpan<(int, double, double)>)[(3, 0.5, 1), (0, 0, 0.5)])
        {
            Call answer = Call.Run("classify", "--json", "--device", "cpu", "--model", scratch["s.onnx"], Path.Combine(folder, $"{picture}.png"));
            Assert.All(answer.Json[0].GetProperty("top").EnumerateArray(), guess => Assert.InRange(guess.GetProperty("probability").GetDouble(), least, most));
        }
    }

    [Fact]
    public void A_damaged_picture_is_told_and_left_out()
    {
        File.WriteAllText(Path.Combine(data, "train", "disc", "broken.png"), "no picture");
        Call call = Call.Run(Args("rest", "--epochs", "1", "--validation", "0", "--json"));
        Assert.Equal(0, call.Exit);
        Assert.Contains("broken.png", Assert.Single(call.ErrorLines));
        Assert.Equal(JsonValueKind.Null, call.Json[0].GetProperty("validation_accuracy").ValueKind);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_found_out_before_the_first_step()
    {
        string nowhere = Path.Combine(scratch.Folder, "gone", "net.onnx");
        Call call = Call.Run(Args("x", "--out", nowhere));
        Assert.Contains("net.checkpoint", call.AssertFailed(1));
        Assert.DoesNotContain("epoch 1", call.Output);
    }

    private byte[] Weights(string name) => Weights(OnnxImporter.Import(scratch[$"{name}.onnx"]).Graph);

    private static byte[] Weights(Graph graph) => [.. graph.Parameters.Values.OrderBy(one => one.Name, StringComparer.Ordinal).SelectMany(one => one.Value.Bytes.ToArray())];

    private static byte[] Bytes(Graph graph, string name) => graph.Parameters.Values.Single(one => one.Name == name).Value.Bytes.ToArray();

    /// <summary>A bar across, a disc or a bar down, somewhere, on a ground of some brightness.</summary>
    private static Picture Draw(int shape, int number)
    {
        var picture = new Picture(36, 36, PixelFormat.Gray8);
        int x0 = 12 + number * 7 % 13, y0 = 12 + number * 5 % 13, ground = number * 11 % 60;
        for (int y = 0; y < 36; y++)
            for (int x = 0; x < 36; x++)
            {
                (int dx, int dy) = (Math.Abs(x - x0), Math.Abs(y - y0));
                bool isInk = shape switch { 0 => dx < 9 && dy < 3, 1 => dx * dx + dy * dy < 30, _ => dx < 3 && dy < 9 };
                picture.Row(y)[x] = (byte)(isInk ? 250 - number % 40 : ground);
            }
        return picture;
    }

    /// <summary>Stops a run after some steps.</summary>
    private sealed class StoppingView(int after, Action<int>? stepped = null) : ITrainingView
    {
        public CancellationTokenSource Stop { get; } = new();
        public int Steps { get; private set; }

        public void Show(TrainingFacts facts, Action run) => run();

        public void Step(TrainingMoment moment)
        {
            if (++Steps >= after) Stop.Cancel();
            stepped?.Invoke(Steps);
        }

        public void Epoch(EpochResult epoch) { }
        public void Note(string sentence) { }
    }

    /// <summary>Stops the program at its first line, as a person who presses Ctrl-C then.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop) : StringWriter
    {
        public override void Write(char[] buffer, int index, int count)
        {
            stop.Cancel();
            base.Write(buffer, index, count);
        }

        public override void WriteLine(ReadOnlySpan<char> buffer)
        {
            stop.Cancel();
            base.WriteLine(buffer);
        }
    }
}
