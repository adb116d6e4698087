using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Plugins.Classify;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>The kept layer's channels as grey tiles in one picture, on a scale all channels share.</summary>
public sealed class FeatureMapsPlugin : Plugin
{
    /// <summary>Most pixels of the atlas; of a larger layer the first channels are shown.</summary>
    private const int MostPixels = 16 << 20;

    private readonly Classifier classifier;
    private readonly MapScale scale = new();
    private readonly int channels, height, width, columns, shown;
    private readonly string title, note;
    private readonly Picture atlas;
    private float[] buffer = [];

    /// <param name="classifier">Keeps a layer.</param>
    /// <exception cref="Engine.LiveCamException">The layer has no channels.</exception>
    public FeatureMapsPlugin(Classifier classifier)
    {
        this.classifier = classifier;
        Shape shape = classifier.LayerShape;
        if (shape.Rank < 2 || shape.ElementCount == 0)
            throw new Engine.LiveCamException($"Cannot show layer \"{classifier.Layer}\": its shape is {shape}, which has no channels; choose another with --layer.");
        (channels, width) = (shape[1], shape.Rank > 2 ? shape[shape.Rank - 1] : 1);
        height = shape.CountOf(2, shape.Rank) / width;
        shown = Math.Clamp(MostPixels / Math.Max(1, width * height), 1, channels);
        // Near-square in pixels.
        columns = Math.Clamp((int)Math.Round(Math.Sqrt((double)shown * height / width)), 1, shown);
        atlas = new Picture(columns * width, (shown + columns - 1) / columns * height, PixelFormat.Gray8);
        title = classifier.Layer!;
        note = $"{(shown < channels ? $"{shown} of " : "")}{channels} channels, {width} x {height}";
    }

    public override string Name => "features";
    public override FrameParts Reads => FrameParts.Answer;
    public override FrameParts Writes => FrameParts.Features;

    public override void Update(Frame frame)
    {
        if (!frame.IsNew || !frame.IsShown) return;
        ReadOnlySpan<float> values = classifier.ReadLayer(ref buffer, out Form form);
        long[] strides = form.Strides;
        scale.Follow(values, channels, height * width, strides);
        Paint(values, strides);
        atlas.MarkChanged();
        frame.Features = new TileAtlas(atlas, width, height, columns, shown, scale.Low, scale.High);
        (frame.FeaturesTitle, frame.FeaturesNote) = (title, note);
    }

    private void Paint(ReadOnlySpan<float> values, long[] strides)
    {
        float low = scale.Low, gain = 255 / (scale.High - scale.Low);
        int column = strides.Length > 2 ? (int)strides[^1] : 0;
        // Axes between channel and column follow each other like rows.
        int row = strides.Length > 3 ? (int)strides[^2] : 0, channel = (int)strides[1];
        for (int k = 0; k < shown; k++)
        {
            int left = k % columns * width, top = k / columns * height;
            for (int y = 0; y < height; y++)
            {
                Span<byte> line = atlas.Row(top + y).Slice(left, width);
                int at = k * channel + y * row;
                for (int x = 0; x < line.Length; x++, at += column)
                    line[x] = (byte)Math.Clamp((values[at] - low) * gain + 0.5f, 0, 255);
            }
        }
    }
}
