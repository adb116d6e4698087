using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Models;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Networks;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Ui.Widgets;

namespace LiveCam.Tests.Loop;

/// <summary>The atlas against the kernels applied by hand.</summary>
public sealed class FeatureMapsTests
{
    private const int Width = 40, Height = 30;

    [Fact]
    public void Tiles_are_the_kernels_applied_to_the_picture()
    {
        Picture picture = Platform.Scratch.Noise(Width, Height, PixelFormat.Bgr8);
        var model = PictureModel.BuiltIn(new Dictionary<string, string> { ["width"] = $"{Width}", ["height"] = $"{Height}" });
        using var network = new StepwiseNetwork(new NetworkBuilder(model, "cpu", "", _ => new CpuDevice(threads: 1)));
        var frame = new Frame(640, 360, isShown: true) { IsNew = true, Picture = picture };
        network.Start();
        network.Offer(frame, again: true);
        network.Take()!.Show(frame);
        var plugin = new FeatureMapsPlugin();
        plugin.Update(frame);
        TileAtlas atlas = frame.Features!.Value;
        Assert.Equal((Width, Height, 21), (atlas.TileWidth, atlas.TileHeight, atlas.Count));
        Assert.True(atlas.Low < 0 && atlas.High > 0);
        for (int map = 0; map < atlas.Count; map++)
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                {
                    double value = Convolved(picture, LectureKernels.Kernels[map / 3].Taps, 2 - map % 3, x, y);
                    double grey = Math.Clamp((value - atlas.Low) / (atlas.High - atlas.Low) * 255, 0, 255);
                    byte drawn = atlas.Picture!.Row(map / atlas.Columns * Height + y)[map % atlas.Columns * Width + x];
                    Assert.True(Math.Abs(grey - drawn) < 0.51, $"map {map} at {x},{y}: {drawn}, expected {grey:F2}");
                }
    }

    [Fact]
    public void Red_green_and_blue_keep_their_order() =>
        Assert.Equal(["identity, red", "identity, green", "identity, blue"], LectureKernels.ChannelNames.Take(3));

    [Fact]
    public void The_scale_follows_slowly()
    {
        var scale = new MapScale();
        float[] dim = [.. Enumerable.Range(0, 100).Select(i => i / 99f)], bright = [.. dim.Select(x => x * 11)];
        scale.Follow(dim, 1, 100, [100, 1, 10, 1]);
        float before = scale.High;
        scale.Follow(bright, 1, 100, [100, 1, 10, 1]);
        Assert.InRange(scale.High, before * 1.5f, before * 2.5f);
        for (int i = 0; i < 100; i++) scale.Follow(bright, 1, 100, [100, 1, 10, 1]);
        Assert.Equal(before * 11, scale.High, 2);
    }

    [Fact]
    public void A_constant_layer_has_a_scale()
    {
        var scale = new MapScale();
        scale.Follow(new float[64], 4, 16, [64, 16, 4, 1]);
        Assert.True(scale.High > scale.Low);
    }

    /// <summary>A 3x3 kernel over one byte of the pixels, black beyond the edges; not mirrored, as in every network.</summary>
    private static double Convolved(Picture picture, float[] taps, int channel, int x, int y)
    {
        double sum = 0;
        for (int r = 0; r < 3; r++)
            for (int s = 0; s < 3; s++)
            {
                int py = y + r - 1, px = x + s - 1;
                if (py >= 0 && py < picture.Height && px >= 0 && px < picture.Width) sum += taps[r * 3 + s] * picture.Row(py)[px * 3 + channel] / 255.0;
            }
        return sum;
    }
}
