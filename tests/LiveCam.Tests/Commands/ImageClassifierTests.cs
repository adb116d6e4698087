using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Teaching;

namespace LiveCam.Tests.Commands;

/// <summary>The engine as a library says of photographs what others say, and what the program says.</summary>
[Collection(GlCollection.Name)]
public sealed class ImageClassifierTests(GlFixture gl)
{
    private static string Model => Requirements.Data("models/squeezenet1.1-7/model.onnx");

    private static ClassifierOptions Options => new() { Device = DeviceKind.Cpu, Labels = Requirements.Data("labels/imagenet-1000.txt") };

    [Fact]
    public void Photographs_get_the_expected_labels()
    {
        JsonElement expected = JsonDocument.Parse(File.ReadAllText(Requirements.Data("expected/top5.json"))).RootElement.GetProperty("models").GetProperty("squeezenet1.1-7");
        using var net = ImageClassifier.Load(Model, Options);
        foreach (string photo in (string[])["hotdog.jpg", "coffee.png", "pizza.jpg"])
        {
            Picture picture = ImageFile.Load(Requirements.Data($"photos/{photo}"));
            PictureAnswer top = net.Classify(picture.Bytes, picture.Width, picture.Height, picture.Format);
            JsonElement best = expected.GetProperty(photo)[0];
            Assert.Equal(5, top.Count);
            Assert.Equal(best.GetProperty("class").GetInt32(), top[0].Index);
            Assert.Equal(net.Labels[top[0].Index], top[0].Label);
            // Made with another resampler.
            Assert.InRange(top[0].Probability, best.GetProperty("p").GetDouble() - 0.2, best.GetProperty("p").GetDouble() + 0.2);
            Assert.Null(top.Certainty);
            Assert.False(top.IsUnknown);
        }
    }

    [Fact]
    public void The_program_says_the_same()
    {
        string photo = Requirements.Data("photos/hotdog.jpg");
        Call call = Call.Run("classify", "--json", "--device", "cpu", "--top", "3", "--model", Model, "--labels", Options.Labels!, photo);
        using var net = ImageClassifier.Load(Model, Options);
        PictureAnswer top = net.Classify(ImageFile.Load(photo), top: 3);
        Assert.Equal(call.Json[0].GetProperty("top").EnumerateArray().Select(guess => (guess.GetProperty("index").GetInt32(), guess.GetProperty("label").GetString())),
            top.Select(guess => (guess.Index, (string?)guess.Label)));
        Assert.Equal(1, net.Probabilities.ToArray().Sum(), 1e-4);
    }

    /// <summary>The same picture in every order of bytes and with gaps between its rows, written byte by byte here.</summary>
    [Theory]
    [InlineData(PixelFormat.Bgr8, 2, 1, 0)]
    [InlineData(PixelFormat.Rgb24, 0, 1, 2)]
    [InlineData(PixelFormat.Rgba8, 0, 1, 2)]
    [InlineData(PixelFormat.Bgra32, 2, 1, 0)]
    public void Pixels_come_in_any_order_and_with_gaps(PixelFormat format, int red, int green, int blue)
    {
        Picture photo = ImageFile.Load(Requirements.Data("photos/hotdog.jpg"));
        Assert.Equal(PixelFormat.Bgr8, photo.Format);
        int step = format is PixelFormat.Bgr8 or PixelFormat.Rgb24 ? 3 : 4, stride = photo.Width * step + 13;
        var pixels = new byte[stride * photo.Height];
        pixels.AsSpan().Fill(0xA5);
        for (int y = 0; y < photo.Height; y++)
            for (int x = 0; x < photo.Width; x++)
            {
                Span<byte> to = pixels.AsSpan(y * stride + x * step, 3), from = photo.Row(y).Slice(x * 3, 3);
                (to[red], to[green], to[blue]) = (from[2], from[1], from[0]);
            }
        using var net = ImageClassifier.Load(Model, Options);
        Assert.Equal(net.Classify(photo), net.Classify(pixels, photo.Width, photo.Height, format, stride: stride));
        Assert.Throws<ArgumentException>(() => net.Classify(pixels.AsSpan(0, pixels.Length - stride), photo.Width, photo.Height, format, stride: stride));
    }

    [Theory]
    [InlineData(DeviceKind.Cpu)]
    [InlineData(DeviceKind.Gl)]
    public void What_was_not_taught_is_unknown(DeviceKind device)
    {
        if (device == DeviceKind.Gl) Assert.NotNull(gl.Caps);
        using var program = new TeachProgram();
        program.TeachThree();
        string file = program.Project["taught.onnx"];
        Assert.Equal(0, Call.Run("export", "--project", program.Project.Folder, "--out", file).Exit);
        using var net = ImageClassifier.Load(file, new() { Device = device });
        PictureAnswer known = net.Classify(ImageFile.Load(Path.Combine(program.Film("one", "red"), "0003.png")));
        PictureAnswer other = net.Classify(ImageFile.Load(Path.Combine(program.Film("other", "yellow"), "0003.png")));
        Assert.Equal(("class 1", false, true), (known[0].Label, known.IsUnknown, other.IsUnknown));
    }

    [Fact]
    public void A_network_that_ranks_no_classes_is_refused() => Assert.Contains("features",
        Assert.Throws<LiveCamException>(() => ImageClassifier.Load(Requirements.Data("models/mobilenetv2-features/model.onnx"), new() { Device = DeviceKind.Cpu })).Message);
}
