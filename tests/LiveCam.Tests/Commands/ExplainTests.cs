using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

public sealed partial class ExplainTests
{
    private static string Squeezenet => Requirements.Data("models/squeezenet1.1-7/model.onnx");
    private static string Small => Requirements.Data("models/resnet8-cifar10/model.onnx");
    private static string Labels => Requirements.Data("labels/imagenet-1000.txt");

    [Fact]
    public void A_photograph_gets_two_files_and_a_line_of_exactly_these_fields()
    {
        using var scratch = new Scratch();
        string folder = Path.Combine(scratch.Folder, "new", "maps");
        Call call = Call.Run("explain", Requirements.Data("photos/chelsea-cat.png"), "--model", Squeezenet, "--labels", Labels, "--out", folder, "--json", "--device", "cpu");
        Assert.True(call.Exit == 0, call.Error);
        JsonElement line = Assert.Single(call.Json);
        Assert.Equal(["file", "method", "target", "milliseconds", "npy", "deletion", "insertion"], Call.Fields(line));
        Assert.Equal("grad-cam", line.GetProperty("method").GetString());
        Assert.Equal("Egyptian Mau", line.GetProperty("target").GetString());
        Assert.True(line.GetProperty("milliseconds").GetDouble() > 0);
        Assert.Equal(Path.Combine(folder, "chelsea-cat-grad-cam.npy"), line.GetProperty("npy").GetString());
        Assert.InRange(line.GetProperty("deletion").GetDouble(), 0, 1);
        Assert.InRange(line.GetProperty("insertion").GetDouble(), 0, 1);
        (int height, int width, float[] map) = Npy(line.GetProperty("npy").GetString()!);
        Assert.Equal((300, 451), (height, width));
        Assert.True(map.Min() >= 0 && map.Max() > 0);
        Picture overlay = ImageFile.Load(Path.Combine(folder, "chelsea-cat-grad-cam.png"));
        Assert.Equal((451, 300), (overlay.Width, overlay.Height));
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    /// <summary>Where the thing is, in pixels, by eye: of the cat its face from brow to chin. On a uniform map the box has its part of the picture.</summary>
    private static readonly (string Photo, int Left, int Top, int Right, int Bottom)[] Things =
    [
        ("chelsea-cat.png", 121, 60, 360, 264), ("eagle.jpg", 146, 71, 618, 450), ("coffee.png", 168, 12, 432, 220), ("dog-bike-truck.jpg", 130, 218, 314, 547),
        ("hotdog.jpg", 87, 84, 430, 230), ("piano.jpg", 224, 127, 563, 383),
    ];

    [Fact]
    public void Maps_of_photographs_lie_on_what_is_seen()
    {
        using var scratch = new Scratch();
        Call call = Call.Run(["explain", .. Things.Select(thing => Requirements.Data($"photos/{thing.Photo}")), "--model", Squeezenet, "--out", scratch.Folder, "--json", "--device", "cpu"]);
        Assert.True(call.Exit == 0, call.Error);
        for (int i = 0; i < Things.Length; i++)
        {
            (string photo, int left, int top, int right, int bottom) = Things[i];
            (int height, int width, float[] map) = Npy(call.Json[i].GetProperty("npy").GetString()!);
            double inside = 0, all = map.Sum(value => (double)value);
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++) inside += map[y * width + x];
            double times = inside / all / ((right - left) * (bottom - top) / (double)(width * height));
            Assert.True(times >= 2, $"{photo}: the box holds {times:F2} times what it would of a uniform map");
        }
    }

    /// <summary>Every method runs on a small network, and each has a sentence in the page of methods.</summary>
    [Fact]
    public void Every_method_runs_by_its_name()
    {
        using var scratch = new Scratch();
        string photo = Requirements.Data("photos/kitten.jpg");
        Call call = Call.Run("explain", photo, "--model", Small, "--method", "all", "--out", scratch.Folder, "--json", "--device", "cpu", "--check");
        Assert.True(call.Exit == 0, call.Error);
        string[] names = [.. call.Json.Select(line => line.GetProperty("method").GetString()!)];
        Assert.Equal(ExplainMethods.All.Select(method => method.Name), names);
        foreach (string name in (string[])["input-gradient", "gradient-x-input", "smoothgrad", "integrated-gradients", "guided-backprop", "deconvnet", "guided-grad-cam", "grad-cam", "grad-cam++",
            "hires-cam", "layer-cam", "xgrad-cam", "eigen-cam", "ablation-cam", "score-cam", "occlusion", "rise", "contrast", "cam"])
            Assert.Contains(name, names);
        foreach (JsonElement line in call.Json)
        {
            (int height, int width, float[] map) = Npy(line.GetProperty("npy").GetString()!);
            Picture picture = ImageFile.Load(photo);
            Assert.Equal((picture.Height, picture.Width), (height, width));
            Assert.All(map, value => Assert.True(float.IsFinite(value)));
            Assert.InRange(line.GetProperty("shuffled_likeness").GetDouble(), -1, 1);
        }
        Assert.InRange(call.Json.Single(line => line.GetProperty("method").GetString() == "integrated-gradients").GetProperty("completeness_error").GetDouble(), 0, 0.05);
    }

    [Theory]
    [InlineData("gray", 37, 23)]
    [InlineData("alpha", 24, 61)]
    [InlineData("color", 1, 1)]
    public void Odd_pictures_get_maps_of_their_own_size(string kind, int width, int height)
    {
        using var scratch = new Scratch();
        var picture = new Picture(width, height, kind switch { "gray" => PixelFormat.Gray8, "alpha" => PixelFormat.Rgba8, _ => PixelFormat.Bgr8 });
        new Random(1).NextBytes(picture.Bytes);
        string file = Path.Combine(scratch.Folder, "odd one.png");
        ImageFile.Save(picture, file);
        Call call = Call.Run("explain", file, "--model", Small, "--target", "3", "--method", "grad-cam,input-gradient", "--out", scratch.Folder, "--json", "--device", "cpu");
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal(["grad-cam", "input-gradient"], call.Json.Select(line => line.GetProperty("method").GetString()));
        foreach (JsonElement line in call.Json)
        {
            (int rows, int columns, _) = Npy(line.GetProperty("npy").GetString()!);
            Assert.Equal((height, width), (rows, columns));
            Assert.Equal("3", line.GetProperty("target").GetString());
        }
    }

    [Fact]
    public void A_channel_of_a_layer_is_a_target()
    {
        using var scratch = new Scratch();
        string photo = Requirements.Data("photos/kitten.jpg");
        string layer = Call.Run("inspect", Small, "--json").Json[0].GetProperty("layers").EnumerateArray().Last(one => one.GetProperty("op").GetString() == "Conv").GetProperty("name").GetString()!;
        Call call = Call.Run("explain", photo, "--model", Small, "--target", $"{layer}:2", "--method", "deconvnet", "--out", scratch.Folder, "--json", "--device", "cpu");
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal($"{layer}:2", Assert.Single(call.Json).GetProperty("target").GetString());
        Assert.Contains("no channel 9999", Call.Run("explain", photo, "--model", Small, "--target", $"{layer}:9999", "--out", scratch.Folder, "--device", "cpu").AssertFailed(1));
        Assert.Contains("no layer \"nosuch\"", Call.Run("explain", photo, "--model", Small, "--target", "nosuch:1", "--out", scratch.Folder, "--device", "cpu").AssertFailed(1));
        Assert.Contains("tells 10 classes apart", Call.Run("explain", photo, "--model", Small, "--target", "10", "--out", scratch.Folder, "--device", "cpu").AssertFailed(1));
        Assert.Contains("neither a class", Call.Run("explain", photo, "--model", Small, "--target", "unicorn", "--out", scratch.Folder, "--device", "cpu").AssertFailed(1));
    }

    [Fact]
    public void What_is_missing_or_unknown_is_said_in_a_sentence()
    {
        string sentence = Call.Run("explain", "a.png", "--model", "b.onnx", "--method", "gradcam", "--out", "c").AssertFailed(2);
        Assert.All(ExplainMethods.All, method => Assert.Contains(method.Name, sentence));
        Assert.Contains("--out", Call.Run("explain", "a.png", "--model", "b.onnx").AssertFailed(2));
        Assert.Contains("--model", Call.Run("explain", "a.png", "--out", "c").AssertFailed(2));
    }

    [Fact]
    public void Files_of_one_name_do_not_write_over_each_other()
    {
        using var scratch = new Scratch();
        string photo = Requirements.Data("photos/kitten.jpg");
        string copy = Path.Combine(scratch.Folder, "kitten.jpg");
        File.Copy(photo, copy);
        Assert.Contains("folder of its own", Call.Run("explain", photo, copy, "--model", Small, "--out", scratch.Folder, "--device", "cpu").AssertFailed(1));
        string damaged = scratch.Write("damaged.jpg", "no picture"u8);
        Call call = Call.Run("explain", damaged, photo, "--model", Small, "--out", scratch.Folder, "--json", "--device", "cpu");
        Assert.Contains("damaged.jpg", call.AssertFailed(1));
        Assert.EndsWith("kitten.jpg", Assert.Single(call.Json).GetProperty("file").GetString());
    }

    /// <summary>The header by NumPy's format 1.0, and the numbers behind it.</summary>
    private static (int Height, int Width, float[] Map) Npy(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], file[..8]);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        Assert.Equal(0, (10 + length) % 64);
        Match header = Header().Match(Encoding.ASCII.GetString(file, 10, length));
        Assert.True(header.Success);
        (int height, int width) = (int.Parse(header.Groups[1].Value), int.Parse(header.Groups[2].Value));
        Assert.Equal(10 + length + height * width * 4, file.Length);
        return (height, width, [.. Enumerable.Range(0, height * width).Select(i => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(10 + length + 4 * i)))]);
    }

    [GeneratedRegex(@"^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\), \} *\n$")]
    private static partial Regex Header();
}
