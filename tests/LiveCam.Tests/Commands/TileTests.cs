using System.Text.Json;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>A network slid over a picture larger than its input.</summary>
public sealed class TileTests : IDisposable
{
    /// <summary>ImageNet's number of the hot dog.</summary>
    private const int HotDog = 934;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(100, 100, new[] { 0 })]
    [InlineData(60, 100, new[] { 0 })]
    [InlineData(150, 100, new[] { 0, 50 })]
    [InlineData(151, 100, new[] { 0, 26, 51 })]
    [InlineData(300, 100, new[] { 0, 50, 100, 150, 200 })]
    public void Tiles_cover_an_axis_to_its_end(int extent, int tile, int[] places) => Assert.Equal(places, TiledRun.Places(extent, tile));

    [Fact]
    public void A_place_has_the_mean_of_the_tiles_it_lies_in()
    {
        var answer = new TileAnswer([0, 2], [0], 4, 2, [[0.25f, 0.75f], [0.5f, 0.5f]]);
        Assert.Equal([0.375f, 0.625f], answer.Mean());
        Assert.Equal([0.25f, 0.25f, 0.375f, 0.375f, 0.5f, 0.5f], answer.Map(0, 6, 2, 1)[..6]);
        Assert.Equal([0.25f, 0.375f, 0.5f], answer.Map(0, 3, 1, 2));
    }

    /// <summary>A photograph at the right end of a gray picture.</summary>
    [Fact]
    public void The_heat_map_is_bright_where_the_class_is()
    {
        string model = Requirements.Data("models/squeezenet1.1-7/model.onnx"), labels = Requirements.Data("labels/imagenet-1000.txt");
        Picture hotdog = ImageFile.Load(Requirements.Data("photos/hotdog.jpg"));
        var wide = new Picture(3 * hotdog.Width, hotdog.Height, hotdog.Format);
        Array.Fill(wide.Bytes, (byte)128);
        for (int y = 0; y < hotdog.Height; y++) hotdog.Row(y).CopyTo(wide.Row(y)[(2 * hotdog.RowBytes)..]);
        ImageFile.Save(wide, scratch["wide.png"]);
        using var device = new CpuDevice();
        using Classifier classifier = Classifier.Create(PictureModel.Load(model, labels, new Dictionary<string, string>()), device);
        float[][] rows = [.. new TiledRun(classifier).Run(wide, CancellationToken.None).Map(HotDog, 30, 10, wide.Width / 30.0).Chunk(30)];
        double right = rows.Average(row => row[20..].Average()), left = rows.Average(row => row[..10].Average());
        Assert.True(right > 10 * left && right > 0.1, $"{right} where it is, {left} where it is not");

        JsonElement line = Assert.Single(Call.Run("classify", "--json", "--device", "cpu", "--tiles", "--heat", scratch.Folder, "--model", model, "--labels", labels, scratch["wide.png"]).Json);
        Assert.Equal(["file", "device", "infer_ms", "top", "tile_columns", "tile_rows", "heat_map"], Call.Fields(line));
        Picture map = ImageFile.Load(line.GetProperty("heat_map").GetString()!);
        Assert.Equal((double)wide.Width / wide.Height, (double)map.Width / map.Height, 0.01);
        Assert.Contains("--heat", Call.Run("classify", "--model", model, "--heat", "x", scratch["wide.png"]).AssertFailed(2));
    }
}
