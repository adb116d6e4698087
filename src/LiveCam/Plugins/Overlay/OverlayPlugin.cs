using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

/// <summary>Composes the frame: camera picture, answers, feature maps, and the strip of times.</summary>
/// <param name="model">The network's name.</param>
/// <param name="device">Where it runs.</param>
/// <param name="source">The camera's name.</param>
/// <param name="legend">For a network without classes: what its channels show, instead of answers.</param>
public sealed class OverlayPlugin(string model, string device, string source, IReadOnlyList<Stat>? legend) : Plugin
{
    // The stage bar is full at thirty ticks a second.
    private const float BudgetMilliseconds = 1000f / 30;

    private readonly string[] lines = [model, device];
    private readonly Stat[] channels = [.. legend ?? []];
    private readonly Stat[] details = new Stat[6];
    private Bar[] bars = [];
    private Theme? theme;

    public override string Name => "overlay";
    public override FrameParts MayRead => FrameParts.Picture | FrameParts.Answer | FrameParts.Features;
    public override FrameParts Writes => FrameParts.Canvas;

    public override void Draw(Frame frame)
    {
        theme ??= new Theme(Theme.ScaleFor(frame.Width, frame.Height));
        Canvas canvas = frame.Canvas!;
        canvas.Begin(frame.Width, frame.Height, theme.Background);
        float aspect = frame.Picture is { } picture ? (float)picture.Width / picture.Height : 16f / 9;
        Panes panes = Panes.For(frame.Width, frame.Height, theme, aspect);
        if (frame.Picture is not null) CameraPane.Draw(canvas, theme, panes.Camera, frame.Picture, mirror: false);
        if (legend is null) AnswerPanel.Draw(canvas, theme, panes.Answers, Bars(frame.Answer));
        else KeyValue.Draw(canvas, theme, Panel.Draw(canvas, theme, panes.Answers, model, "no classes; give a network with --model"), channels);
        if (frame.Features is { } features)
            TileGrid.Draw(canvas, theme, Panel.Draw(canvas, theme, panes.Features, frame.FeaturesTitle, frame.FeaturesNote), features, ColorMap.Viridis);
        if (!panes.Details.IsEmpty) KeyValue.Draw(canvas, theme, Panel.Draw(canvas, theme, panes.Details, source), Details(frame));
        StatusStrip.Draw(canvas, theme, panes.Status, frame.TicksPerSecond, frame.Stages, BudgetMilliseconds, lines);
    }

    private Stat[] Details(Frame frame)
    {
        details[0] = new("frame", frame.Number);
        details[1] = new("time", frame.Time.TotalSeconds, "0.00", "s");
        details[2] = new("latency", frame.Answer?.LatencyMilliseconds ?? 0, "0.0", "ms");
        details[3] = new("picture width", frame.Picture?.Width ?? 0, "0", "px");
        details[4] = new("picture height", frame.Picture?.Height ?? 0, "0", "px");
        details[5] = new("dropped", frame.Dropped);
        return details;
    }

    private ReadOnlySpan<Bar> Bars(Answer? answer)
    {
        if (answer is null) return [];
        ReadOnlySpan<Guess> top = answer.Top;
        if (bars.Length < top.Length) bars = new Bar[top.Length];
        for (int i = 0; i < top.Length; i++) bars[i] = new(top[i].Label, top[i].Probability);
        return bars.AsSpan(0, top.Length);
    }
}
