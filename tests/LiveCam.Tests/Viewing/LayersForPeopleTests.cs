using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Viewing;

/// <summary>The list of layers, layers without places, numbers under the pointer, and layers that went wrong.</summary>
[Collection(WindowCollection.Name)]
public sealed class LayersForPeopleTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static PictureModel Model(string name, string? labels = null) =>
        PictureModel.Load(Requirements.Data($"models/{name}/model.onnx"), labels is null ? null : Requirements.Data(labels), new Dictionary<string, string>());

    [Fact]
    public void Layers_say_what_they_do_and_what_inspect_calls_them()
    {
        using var stage = new Stage(Model("squeezenet1.1-7"));
        stage.App.Tick();
        IReadOnlyList<LayerInfo> layers = stage.Frame.Network.Layers;
        // The first lines of "inspect": squeezenet0_conv0_fwd 3x3 /2, its Relu, squeezenet0_pool0_fwd 3x3 /2, conv1 1x1.
        Assert.Equal(("Conv 3x3 /2 + ReLU", "conv0_fwd", false), (layers[0].Title, layers[0].Label, layers[0].BeginsStage));
        Assert.Equal(("MaxPool 3x3 /2", "pool0_fwd", true), (layers[1].Title, layers[1].Label, layers[1].BeginsStage));
        Assert.Equal(("Conv 1x1 + ReLU", "conv1_fwd", false), (layers[2].Title, layers[2].Label, layers[2].BeginsStage));
        Assert.Equal("squeezenet0_relu1_fwd", layers[2].Name);
    }

    [Fact]
    public void A_depthwise_convolution_and_a_sum_are_called_so()
    {
        using var stage = new Stage(Model("mobilenetv2-1.0-224"));
        stage.App.Tick();
        IReadOnlyList<LayerInfo> layers = stage.Frame.Network.Layers;
        Assert.Equal("Depthwise 3x3 + ReLU6", layers[1].Title);
        Assert.Contains(layers, layer => layer.Title == "Conv 1x1 + sum");
    }

    [Fact]
    public void Nothing_moves_when_the_network_comes_or_the_picture_has_another_shape()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        stage.App.Tick();
        Rect place = stage.Frame.CameraPane;
        ImageFile.Save(Scratch.Pattern(100, 300, 1), scratch["tall.png"]);
        using var live = new LiveProgram(Model("resnet8-cifar10"), new CaptureSettings(scratch["tall.png"]) { Stays = true }, scratch.Folder, 1280, 720, isWindow: false);
        live.Until(() => live.Frame.CameraPane != default);
        Assert.Null(live.Frame.Network);
        Assert.Equal(place, live.Frame.CameraPane);
        live.Until(() => live.Frame.Features is not null);
        Assert.Equal(place, live.Frame.CameraPane);
    }

    [Fact]
    public void The_scroll_bar_is_dragged_to_both_ends()
    {
        using var stage = new Stage(Model("squeezenet1.1-7"));
        stage.App.Tick();
        float y = Panes.For(1280, 720, stage.Frame.Theme, below: 148).Details.Bottom - 11;
        stage.Mouse(WindowEventKind.MouseDown, 60, y);
        Assert.Equal(0, stage.Screen.FirstLayer);
        stage.Mouse(WindowEventKind.MouseMove, 800, y);
        int last = stage.Screen.FirstLayer;
        Assert.InRange(last, stage.Frame.Network.Layers.Count - 15, stage.Frame.Network.Layers.Count - 1);
        stage.Mouse(WindowEventKind.MouseUp, 800, y);
        stage.Mouse(WindowEventKind.MouseMove, 60, y);
        Assert.Equal(last, stage.Screen.FirstLayer);
    }

    /// <summary>Each class has its bar: where the pointer is over the one of "truck", a click chooses channel 9, and its bar is as long as its share.</summary>
    [Fact]
    public void The_answer_as_a_layer_is_bars_with_the_names_of_the_classes()
    {
        using var stage = new Stage(Model("resnet8-cifar10", "labels/cifar10.txt"));
        stage.App.Tick();
        for (int i = 0; i < 3; i++) stage.Press(Key.Down, Modifiers.Shift);
        Assert.Equal((1, 1), (stage.Frame.Layer.Width, stage.Frame.Layer.Height));
        Rect pane = Panes.For(1280, 720, stage.Frame.Theme, below: 148).Features;
        stage.Mouse(WindowEventKind.MouseDown, pane.X + 60, pane.Bottom - 28);
        stage.App.Tick();
        Assert.Equal(9, stage.Screen.Channel);
        Picture drawn = stage.Draw();
        // Lit pixels of each bar's middle line, against the probabilities of the answer itself.
        int[] lit = new int[10];
        for (int i = 0; i < 10; i++)
        {
            int row = (int)(pane.Y + 49.5f + i * 20);
            lit[i] = Enumerable.Range((int)pane.X + 180, 200).Count(x => drawn.Bytes[(row * drawn.Width + x) * 4 + 2] > 200 && drawn.Bytes[(row * drawn.Width + x) * 4] < 120);
        }
        float[] shares = [.. Enumerable.Range(0, 10).Select(channel => stage.Frame.Layer.States[channel].Mean)];
        Assert.Equal(1, shares.Sum(), 1e-4f);
        for (int i = 0; i < 10; i++) Assert.InRange(lit[i], lit.Max() * shares[i] / shares.Max() - 2, lit.Max() * shares[i] / shares.Max() + 2);
        Assert.InRange(lit.Max(), 140, 190);
    }

    [Fact]
    public void A_held_scale_stays_and_begins_anew()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        for (int i = 0; i < 3; i++) stage.App.Tick();
        stage.Press(Key.D);
        (float, float) held = Scale();
        for (int i = 0; i < 5; i++) stage.App.Tick();
        Assert.Equal(held, Scale());
        stage.Press(Key.D);
        for (int i = 0; i < 5; i++) stage.App.Tick();
        Assert.NotEqual(held, Scale());
        Plugin maps = stage.Frame.Plugins.Single(plugin => plugin.Name == "features");
        Setting limits = maps.Settings.Single(setting => setting.Name == "limits");
        Assert.False(limits.TrySet("6 to 0"));
        Assert.False(limits.TrySet("nothing"));
        Assert.True(limits.TrySet("0 to 2.5"));
        stage.App.Tick();
        Assert.Equal(2.5f, Scale().High);
        stage.Press(Key.D, Modifiers.Shift);
        stage.App.Tick();
        Assert.Equal("auto", limits.Text);
        Assert.NotEqual(2.5f, Scale().High);

        (float Low, float High) Scale() => (stage.Frame.Features!.Value.Low, stage.Frame.Features!.Value.High);
    }

    [Fact]
    public void Weights_of_a_1x1_convolution_and_of_a_matrix_are_those_of_the_file()
    {
        Parameter kernel = new("k", Tensor.Of([2, 3, 1, 1], 1f, 2, 3, 4, 5, 6)), matrix = new("m", Tensor.Of([5, 2], 1f, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        Assert.Equal((3, 6f), (KernelWeights.Inputs(kernel, 2), KernelWeights.At(kernel, 2, 1, 2)));
        // Five outputs of two inputs, and two of five: rows and columns change places.
        Assert.Equal((2, 8f), (KernelWeights.Inputs(matrix, 5), KernelWeights.At(matrix, 5, 3, 1)));
        Assert.Equal((5, 8f), (KernelWeights.Inputs(matrix, 2), KernelWeights.At(matrix, 2, 1, 3)));
        Assert.Equal(0, KernelWeights.Inputs(matrix, 4));
    }

    /// <summary>An infinite bias of one of two channels makes NaN of the sum with its negative, two layers on.</summary>
    [Fact]
    public void An_answer_that_is_no_number_names_the_first_layer_that_went_wrong()
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, Ints.Create([1, 3, 8, 8]));
        Value bias = graph.Parameter("bias", Tensor.Of([1, 3, 1, 1], 0f, float.PositiveInfinity, 0f));
        Value pooled = graph.Add(new MaxPool(Engine.Ops.Window.Square(2, 2)), "pooled", 1, x)[0];
        Value shifted = graph.Add(new Add(), "shifted", 1, pooled, bias)[0];
        Value mean = graph.Add(new Flatten(), "flat", 1, graph.Add(new GlobalAveragePool(), "mean", 1, shifted)[0])[0];
        graph.Output("y", graph.Add(new Softmax(), "y", 1, mean)[0]);
        OnnxExporter.Save(graph, scratch["wrong.onnx"]);
        ImageFile.Save(Scratch.Pattern(64, 48, 2), scratch["still.png"]);
        var model = PictureModel.Load(scratch["wrong.onnx"], null, new Dictionary<string, string>());
        using var live = new LiveProgram(model, new CaptureSettings(scratch["still.png"]) { Stays = true }, scratch.Folder, isWindow: false);
        live.Until(() => live.Frame.Get<LayerCheck>() is not null, "the look at all layers");
        LayerCheck check = live.Frame.Get<LayerCheck>()!;
        Assert.Equal("shifted", live.Frame.Network.Layers[check.FirstWrong].Name);
        Assert.Equal(new LayerHealth(3, 0, 0, 1), check.Layers[check.FirstWrong]);
        Assert.Contains("The first layer that went wrong is 2, Add", check.Sentence);
        Assert.Contains("1 of 3 channels", check.Sentence);
        // What it says stays beside the picture.
        Assert.NotNull(live.Frame.Answer.Trouble);
        live.Until(() => live.Screen.Message.Contains("went wrong", StringComparison.Ordinal));
        Assert.Empty(live.Frame.Faults);
    }
}
