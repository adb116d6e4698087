using LiveCam.Engine.Vision;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Tests.Ui;

/// <summary>A whole frame with made-up results, composed the way the program composes its own.</summary>
internal sealed class SampleFrame
{
    private readonly Bar[] answers =
    [
        new("Egyptian cat", 0.873f), new("tabby", 0.082f), new("tiger cat", 0.031f), new("lynx", 0.0089f), new("remote control", 0.0012f),
    ];
    private readonly Stage[] stages = [new("capture", 1.2f), new("preprocess", 0.9f), new("network", 9.4f), new("features", 1.1f), new("draw", 3.3f)];
    private readonly Stat[] details =
    [
        new("Model", "mobilenetv2-1.0"), new("Device", "CPU, AVX-512"), new("Input", "224 × 224"),
        new("Parameters", 3.51, "0.00", "M"), new("Inference", 9.4, "0.0", "ms"), new("Dropped frames", 0),
    ];
    private readonly string[] lines = ["mobilenetv2-1.0-224", "CPU · AVX-512 · 2 threads"];
    private readonly float[] history = new float[240];
    private readonly TileAtlas atlas;

    public Picture Camera { get; }

    public SampleFrame(Picture? camera = null)
    {
        Camera = camera ?? Scene(1280, 720);
        for (int i = 0; i < history.Length; i++) history[i] = 0.72f + 0.2f * MathF.Sin(i * 0.06f) * MathF.Cos(i * 0.017f) - (i is > 90 and < 110 ? 0.35f : 0);
        var tiles = new Picture(8 * 56, 8 * 56, PixelFormat.Gray8);
        for (int y = 0; y < tiles.Height; y++)
            for (int x = 0; x < tiles.Width; x++)
            {
                int unit = y / 56 * 8 + x / 56, u = x % 56, v = y % 56;
                // Each tile: the camera's luminance through an oriented ripple of its own.
                int at = (v * Camera.Height / 56 * Camera.Width + u * Camera.Width / 56) * 3;
                double luminance = (Camera.Bytes[at] + Camera.Bytes[at + 1] * 2 + Camera.Bytes[at + 2]) / 4.0;
                double angle = unit * 0.37, ripple = Math.Sin((u * Math.Cos(angle) + v * Math.Sin(angle)) * (0.15 + unit % 7 * 0.09));
                tiles.Bytes[y * tiles.Width + x] = (byte)Math.Clamp(luminance * (0.45 + 0.4 * ripple) * (0.4 + unit % 5 * 0.25), 0, 255);
            }
        atlas = new(tiles, 56, 56, 8, 64, 0, 6.02f);
    }

    public void Draw(Canvas canvas, Theme theme, int width, int height)
    {
        canvas.Begin(width, height, theme.Background);
        var panes = Panes.For(width, height, theme);
        CameraPane.Draw(canvas, theme, panes.Camera, Camera, mirror: true);
        AnswerPanel.Draw(canvas, theme, panes.Answers, answers);
        var grid = Panel.Draw(canvas, theme, panes.Features, "Feature maps", "block 3 · 64 of 144 channels");
        TileGrid.Draw(canvas, theme, grid, atlas, ColorMap.Viridis, selected: 19);
        if (!panes.Details.IsEmpty)
        {
            var left = panes.Details.CutLeft(MathF.Floor(panes.Details.Width / 2), out var right);
            right = right.CutRight(right.Width - theme.Px(12), out _);
            Plot.Draw(canvas, theme, Panel.Draw(canvas, theme, left, "Confidence", "last 8 s"), history, 240, 0, 1, theme.Accent);
            KeyValue.Draw(canvas, theme, Panel.Draw(canvas, theme, right, "Network"), details);
        }
        StatusStrip.Draw(canvas, theme, panes.Status, 59.8f, stages, 1000 / 60f, lines);
    }

    /// <summary>A smooth picture with edges, the same on every machine.</summary>
    public static Picture Scene(int width, int height)
    {
        var picture = new Picture(width, height, PixelFormat.Bgr8);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int at = (y * width + x) * 3, dx = x - width / 2, dy = y - height / 2;
                bool disc = dx * dx + dy * dy < height * height / 9;
                picture.Bytes[at] = (byte)(disc ? 60 : 90 + x * 100 / width);
                picture.Bytes[at + 1] = (byte)(disc ? 140 + y * 60 / height : 60 + y * 90 / height);
                picture.Bytes[at + 2] = (byte)(disc ? 230 : (x / 40 + y / 40) % 2 * 20 + 40);
            }
        return picture;
    }
}
