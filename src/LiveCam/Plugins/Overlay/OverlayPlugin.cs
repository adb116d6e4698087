using System.Globalization;
using LiveCam.Engine.Models;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Networks;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

/// <summary>Composes the frame: camera picture or a large channel, answers, feature maps with their kernels, the list of layers, and the strip of times.</summary>
/// <param name="framesPerSecond">The rate at which the stage bar is full.</param>
public sealed partial class OverlayPlugin(float framesPerSecond = 30) : Plugin
{
    // The strip's texts change at most twice a second, so that they can be read.
    private static readonly TimeSpan TextsEvery = TimeSpan.FromMilliseconds(500);

    private readonly string[] lines = ["", ""];
    private readonly Bar[] bars = new Bar[16];
    private TimeSpan written = TimeSpan.MinValue;
    private string layersNote = "", kernelTitle = "";
    private object? noted;
    private int notedChannel = -1;
    private (string Label, string Text) doubted = ("", "");
    private (string Source, string Title) named = ("", "");

    public override string Name => "overlay";
    public override FrameParts MayRead => FrameParts.Events | FrameParts.Picture | FrameParts.Answer | FrameParts.Features;
    public override FrameParts Writes => FrameParts.Canvas;

    public override void Draw(Frame frame)
    {
        Screen screen = frame.Screen;
        Theme theme = frame.Theme;
        Canvas canvas = frame.Canvas!;
        canvas.Begin(frame.Width, frame.Height, theme.Background);
        float aspect = frame.Picture is { } picture ? (float)picture.Width / picture.Height : 16f / 9;
        float list = frame.Network is { Layers.Count: > 1 } ? theme.Px(theme.LargeText ? 168 : 148) : 0;
        panes = Panes.For(frame.Width, frame.Height, theme, aspect, screen.Split, list);
        Texts(frame);
        (camera, zoomed, maps, kernels, paper, layers) = (default, default, default, default, default, default);

        frame.CameraPane = panes.Camera;
        if (screen.IsZoomed && frame.Features is not null) DrawZoomed(canvas, theme, frame);
        else DrawCamera(canvas, theme, frame, panes.Camera);
        DrawAnswers(canvas, theme, frame);
        if (frame.Features is { } features) DrawMaps(canvas, theme, frame, features);
        else if (frame.Network is null) Label.Draw(canvas, Panel.Draw(canvas, theme, panes.Features), "Preparing the network …", theme.Strong, theme.Caption.Size, theme.TextFaint, Align.Center);
        if (!panes.Details.IsEmpty && frame.Network is { Layers.Count: > 1 } network)
        {
            int wish = screen.LayerWish(network);
            layers = LayerList.Draw(canvas, theme, Panel.Draw(canvas, theme, panes.Details, "Layers", layersNote), network.Layers, frame.StepMilliseconds,
                wish, screen.FirstLayer, wish == network.KeptIndex);
        }
        StatusStrip.Draw(canvas, theme, panes.Status, frame.TicksPerSecond, frame.Times.Stages, 1000 / framesPerSecond, lines);
        if (screen.ShowsHelp) HelpScreen.Draw(canvas, theme, canvas.Bounds, Keys.All);
        if (!screen.ShowsPlugins && !screen.ShowsTeaching) Toast.Draw(canvas, theme, canvas.Bounds with { Height = panes.Status.Y }, screen.Message, screen.IsComplaint);
    }

    private void DrawCamera(Canvas canvas, Theme theme, Frame frame, Rect pane)
    {
        if (frame.Picture is not { } picture)
        {
            Label.Draw(canvas, Panel.Draw(canvas, theme, pane), frame.Camera.Text, theme.Headline, theme.Body.Size, theme.TextFaint, Align.Center);
            return;
        }
        Rect drawn = CameraPane.Draw(canvas, theme, pane, picture, mirror: false);
        if (frame.Camera.State is not (CameraState.Live or CameraState.Opening)) Chip(canvas, theme, drawn, frame.Camera.Text, theme.Bad);
        else if (frame.Screen.IsFrozen) Chip(canvas, theme, drawn, "frozen", theme.Warn);
        if (frame.Network is null) return;
        camera = Probe.Seen(frame.Network.Model.Contract, picture, drawn);
        if (Kernel3x3.Chosen(frame) >= 0) Cross(canvas, theme, camera, frame.Screen.Probe);
    }

    private void DrawAnswers(Canvas canvas, Theme theme, Frame frame)
    {
        if (Kernel3x3.Chosen(frame) is >= 0 and var kernel)
        {
            DrawPaper(canvas, theme, frame, kernel);
            return;
        }
        Answer? answer = frame.Answer;
        int count = answer is null ? 0 : Math.Min(bars.Length, answer.Count);
        for (int i = 0; i < count; i++)
        {
            SteadyGuess guess = answer!.Steady[i];
            bars[i] = new(guess.Label ?? "", guess.Smooth, guess.Raw);
        }
        AnswerPanel.Draw(canvas, theme, panes.Answers, bars.AsSpan(0, count), waiting: Waiting(frame), isSure: answer?.IsSure,
            said: answer?.Certainty switch { Certainty.Unknown => "unknown", Certainty.Unsure => Doubted(answer.Steady[0].Label), _ => null },
            hasShare: answer?.Certainty != Certainty.Unknown);
    }

    private static string Waiting(Frame frame) =>
        frame.Network is null ? "Preparing the network …" : frame.Answer is null ? frame.Picture is null || !frame.Screen.IsComplaint ? "Waiting for the camera …" : "No answer" : frame.Teaching is null ? "" : "Show it something and hold 1";

    /// <summary>A class that is likely and not sure.</summary>
    private string Doubted(string label)
    {
        if (doubted.Label != label) doubted = (label, $"{label} ?");
        return doubted.Text;
    }

    /// <summary>The numbers under the probe, the chosen kernel, and their sum.</summary>
    private void DrawPaper(Canvas canvas, Theme theme, Frame frame, int kernel)
    {
        LayerData layer = frame.Layer!;
        int colour = frame.Screen.Channel % 3, x = LayerData.Pixel(frame.Screen.Probe.X, layer.InputWidth), y = LayerData.Pixel(frame.Screen.Probe.Y, layer.InputHeight);
        Span<float> window = stackalloc float[9];
        layer.Window(colour, x, y, window);
        Span<char> where = stackalloc char[48];
        int used = Figures.Write(where, x, "'at pixel '0", ", ").Length;
        used += Figures.Write(where[used..], y, "0").Length;
        if (notedChannel != frame.Screen.Channel) kernelTitle = LectureKernels.ChannelNames[Math.Clamp(notedChannel = frame.Screen.Channel, 0, LectureKernels.ChannelNames.Count - 1)];
        Rect inner = Panel.Draw(canvas, theme, panes.Answers, kernelTitle, where[..used]);
        paper = KernelPaper.Draw(canvas, theme, inner, window, Kernel3x3.Numbers(layer, kernel), frame.Screen.Tap, KernelRange);
    }

    private void Texts(Frame frame)
    {
        if (written != TimeSpan.MinValue && frame.Now - written < TextsEvery && frame.Now >= written && ReferenceEquals(noted, frame.Network)) return;
        (written, noted) = (frame.Now, frame.Network);
        if (frame.Network is not { } network) return;
        lines[0] = string.Create(CultureInfo.InvariantCulture, $"{network.Name}  ·  {frame.Answer?.InferMilliseconds ?? 0:0.0} ms  ·  {ShortDevice(network)}{(network.Model.IsGuess ? $"  ·  pixels guessed as {PreprocessingPresets.NameOf(network.Model.Contract) ?? "usual"}, I changes it" : "")}");
        lines[1] = string.Create(CultureInfo.InvariantCulture, $"{TitleOf(frame.Source)}  ·  {Latency(frame)}  ·  {frame.Dropped} dropped  ·  GC {GC.CollectionCount(0)}");
        double total = 0;
        foreach (double time in frame.StepMilliseconds) total += time;
        layersNote = total > 0 ? string.Create(CultureInfo.InvariantCulture, $"{network.Layers.Count} layers, {total:0.0} ms") : $"{network.Layers.Count} layers";
    }

    /// <summary>A camera's name is looked up in the system's files: once.</summary>
    private string TitleOf(string source)
    {
        if (named.Source != source) named = (source, CameraSource.Title(source));
        return named.Title;
    }

    private static string ShortDevice(NetworkInfo network) => network.Kind == "cpu" ? "CPU" : "OpenGL";

    /// <summary>How old what is seen is: the picture on the screen, and its answer.</summary>
    private static string Latency(Frame frame) => frame.Times.ScreenMilliseconds > 0
        ? string.Create(CultureInfo.InvariantCulture, $"to screen {frame.Times.ScreenMilliseconds:0} ms, to answer {frame.Answer?.LatencyMilliseconds ?? 0:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"to answer {frame.Answer?.LatencyMilliseconds ?? 0:0} ms");
}
