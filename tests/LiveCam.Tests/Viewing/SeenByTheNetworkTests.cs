using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Overlay;
using LiveCam.Ui;
using Probe = LiveCam.Plugins.Overlay.Probe;

namespace LiveCam.Tests.Viewing;

/// <summary>What the screen says the network sees, against what preprocessing gives it.</summary>
public sealed class SeenByTheNetworkTests
{
    public static TheoryData<Preprocessing> Contracts => new(
        new Preprocessing { Width = 20, Height = 20, CropFraction = 0.875 },
        new Preprocessing { Width = 30, Height = 15, CropFraction = 0.5 },
        new Preprocessing { Width = 20, Height = 20, Fit = Fit.Stretch },
        new Preprocessing { Width = 20, Height = 20, Region = new(0.25, 0.1, 0.5, 0.6) },
        new Preprocessing { Width = 20, Height = 20, Fit = Fit.Stretch, Region = new(0.5, 0.5, 0.5, 0.25) },
        new Preprocessing { Width = 30, Height = 15, Rotation = 90 });

    /// <summary>Red grows to the right and green downwards, so the numbers at the edges of the input say where they come from.</summary>
    [Theory]
    [MemberData(nameof(Contracts))]
    public void The_outline_is_where_the_numbers_come_from(Preprocessing contract)
    {
        const int width = 240, height = 160;
        var picture = new Picture(width, height, PixelFormat.Bgr8);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) (picture.Row(y)[x * 3 + 2], picture.Row(y)[x * 3 + 1]) = ((byte)x, (byte)y);
        contract = contract with { Scale = 1 };
        int area = contract.Width * contract.Height;
        var numbers = new float[3 * area];
        new PreprocessingCpu(contract).Run(picture, numbers, TensorStrides.Planar(contract.Width, contract.Height));
        Rect seen = Probe.Seen(contract, picture, new Rect(0, 0, width, height));
        // The mean of an area's pixels is its middle, half a pixel before the middle of their edges.
        Assert.Equal(seen.CenterX - 0.5, numbers[..area].Average(), 0.6);
        Assert.Equal(seen.CenterY - 0.5, numbers[area..(2 * area)].Average(), 0.6);
        bool isTurned = contract.Rotation == 90;
        float across = isTurned ? contract.Height : contract.Width, down = isTurned ? contract.Width : contract.Height;
        Assert.Equal(seen.Width * (1 - 1 / across), numbers[..area].Max() - numbers[..area].Min(), 1.5);
        Assert.Equal(seen.Height * (1 - 1 / down), numbers[area..(2 * area)].Max() - numbers[area..(2 * area)].Min(), 1.5);
    }

    [Theory]
    [InlineData(ColourOrder.Rgb)]
    [InlineData(ColourOrder.Bgr)]
    public void The_input_as_a_picture_has_the_colors_of_the_picture(ColourOrder order)
    {
        var picture = new Picture(40, 30, PixelFormat.Bgr8);
        for (int i = 0; i < picture.Bytes.Length; i += 3) (picture.Bytes[i], picture.Bytes[i + 1], picture.Bytes[i + 2]) = (200, 90, 17);
        Picture seen = new InputPicture().Of(Preprocessing.ImageNet with { Width = 16, Height = 8, Order = order }, picture, isNew: true);
        Assert.Equal((16, 8), (seen.Width, seen.Height));
        for (int i = 0; i < seen.Bytes.Length; i += 3)
            foreach ((int channel, int level) in new[] { (0, 200), (1, 90), (2, 17) }) Assert.InRange(seen.Bytes[i + channel], level - 1, level + 1);
    }

    /// <summary>Fields by hand: 3; then 3 + 2 * 2 = 7; a 3x3 at every fourth pixel adds 2 * 4.</summary>
    [Fact]
    public void The_receptive_field_of_a_layer_is_that_of_the_network_as_it_was_written()
    {
        var model = PictureModel.Load(Requirements.Data("models/squeezenet1.1-7/model.onnx"), null, new Dictionary<string, string>());
        using var stage = new Stage(model);
        stage.App.Tick();
        IReadOnlyList<LayerInfo> layers = stage.Frame.Network.Layers;
        Assert.Equal([(3, 3), (7, 7), (7, 7)], layers.Take(3).Select(layer => layer.Field!.Value));
        Assert.Contains(layers, layer => layer.Title == "Conv 3x3 + ReLU" && layer.Field == (15, 15));
        Assert.Equal(layers[0].Field!.Value.Width + 2 * 2, layers[1].Field!.Value.Width);
        Picture before = stage.Draw();
        Rect pane = Panes.For(1280, 720, stage.Frame.Theme, below: 148).Features;
        stage.Mouse(WindowEventKind.MouseMove, pane.X + 100, pane.CenterY);
        stage.App.Tick();
        Assert.NotEqual(before.Bytes, stage.Draw().Bytes);
        stage.Press(Key.F4);
        stage.App.Tick();
        Assert.Empty(stage.Frame.Faults);
    }
}
