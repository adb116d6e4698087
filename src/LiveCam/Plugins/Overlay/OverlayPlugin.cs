using System.Globalization;
using LiveCam.Engine.Models;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

/// <summary>Composes the frame: camera picture or a large channel, answers, feature maps with their kernels, the list of layers, and the strip of times.</summary>
/// <param name="framesPerSecond">The rate at which the stage bar is full.</param>
public sealed partial class OverlayPlugin(float framesPerSecond = 30) : Plugin
{
    // The strip's texts change at most twice a second, so that they can be read.
    private static readonly TimeSpan TextsEvery = TimeSpan.FromMilliseconds(500);

    private readonly StageTimes untimed = new();
    private readonly string[] lines = ["", ""];
    private readonly Bar[] bars = new Bar[16];
    private TimeSpan written = TimeSpan.MinValue;
    private string layersNote = "", kernelTitle = "";
    private object? noted;
    private bool notedCustom;
    private readonly InputPicture input = new();
    private Engine.Vision.Preprocessing? inputOf;
    private string inputText = "";
    private int notedChannel = -1, collections;
    private (string Label, string Text) doubted = ("", ""), nearestOf = ("", "");
    private (string Source, string Title) named = ("", "");

    private readonly CameraPlace place = new();

    public override string Name => "overlay";

    public override IReadOnlyList<Type> MayRead =>
    [
        typeof(WindowEvent), typeof(Focus), typeof(Picture), typeof(CameraReport), typeof(Answer), typeof(NetworkInfo), typeof(LayerData), typeof(LayerTimes), typeof(FeatureView), typeof(TeachingState), typeof(LessonState), typeof(LayerCheck),
    ];

    public override IReadOnlyList<Type> Writes => [typeof(Canvas), typeof(CameraPlace)];
    public override IEnumerable<Setting> Settings => [kernelView, isLargeText, isHighContrast];

    public override void Draw(Frame frame)
    {
        Theme theme = frame.Theme;
        Canvas canvas = frame.Canvas!;
        NetworkInfo? network = frame.Get<NetworkInfo>();
        FeatureView? features = frame.Get<FeatureView>();
        canvas.Begin(frame.Width, frame.Height, theme.Background);
        bool isGallery = Kernel3x3.Chosen(frame) >= 0;
        panes = Panes.For(frame.Width, frame.Height, theme, split, isGallery ? frame.Height * 0.4f : theme.Px(theme.LargeText ? 168 : 148));
        Texts(frame);
        if (showsInput && network is not null && !ReferenceEquals(inputOf, network.Model.Contract))
        {
            inputOf = network.Model.Contract;
            inputText = $"what the network is given: {inputOf.Width} x {inputOf.Height}";
        }
        (camera, zoomed, maps, kernels, paper, layers) = (default, default, default, default, default, default);

        // Over a large channel nothing is drawn.
        place.Pane = isZoomed ? default : panes.Camera;
        frame.Set(place);
        if (isZoomed && features is not null) DrawZoomed(canvas, theme, frame, features);
        else DrawCamera(canvas, theme, frame, panes.Camera);
        DrawAnswers(canvas, theme, frame);
        if (features is not null) DrawMaps(canvas, theme, frame, features);
        else if (network is null) Label.Draw(canvas, Panel.Draw(canvas, theme, panes.Features), "Preparing the network …", theme.Strong, theme.Caption.Size, theme.TextFaint, Align.Center);
        if (isGallery && features is not null) DrawResult(canvas, theme, features);
        else if (!panes.Details.IsEmpty) DrawLayers(canvas, theme, frame, network);
        StageTimes times = frame.Get<StageTimes>() ?? untimed;
        StatusStrip.Draw(canvas, theme, panes.Status, times.TicksPerSecond, times.Stages, 1000 / framesPerSecond, lines);
        if (frame.Get<Focus>()?.Page is null && frame.Get<Messages>() is { } messages) Toast.Draw(canvas, theme, panes.Camera, messages.Text, messages.IsWarning);
    }

    private void DrawLayers(Canvas canvas, Theme theme, Frame frame, NetworkInfo? network)
    {
        Rect inner = Panel.Draw(canvas, theme, panes.Details, "Layers", network is null ? "" : layersNote);
        if (network is null) return;
        int wish = LayerWish(network);
        layers = LayerList.Draw(canvas, theme, inner, network.Layers, frame.Get<LayerTimes>()?.Milliseconds ?? [], wish, firstLayer, wish == network.KeptIndex, frame.Get<LayerCheck>()?.Layers);
    }

    private void DrawCamera(Canvas canvas, Theme theme, Frame frame, Rect pane)
    {
        CameraReport? report = frame.Get<CameraReport>();
        CameraStatus status = report?.Status ?? CameraStatus.None;
        if (frame.Picture is not { } picture)
        {
            Label.Draw(canvas, Panel.Draw(canvas, theme, pane), status.Text, theme.Headline, theme.Body.Size, theme.TextFaint, Align.Center);
            return;
        }
        NetworkInfo? network = frame.Get<NetworkInfo>();
        if (showsInput && network is not null)
        {
            camera = CameraPane.Draw(canvas, theme, pane, input.Of(network.Model.Contract, picture, frame.IsNew), mirror: false);
            Chip(canvas, theme, camera, inputText, theme.Accent);
            DrawField(canvas, theme, frame, network);
            return;
        }
        Rect drawn = CameraPane.Draw(canvas, theme, pane, picture, mirror: false);
        // Who publishes no report is no camera: a replay.
        if (report is not null && status.State is not (CameraState.Live or CameraState.Opening)) Chip(canvas, theme, drawn, status.Text, theme.Bad);
        else if (report is { IsFrozen: true }) Chip(canvas, theme, drawn, "frozen", theme.Warn);
        if (network is null) return;
        camera = Probe.Seen(network.Model.Contract, picture, drawn);
        Outline(canvas, theme, drawn, camera);
        DrawField(canvas, theme, frame, network);
        if (Kernel3x3.Chosen(frame) >= 0) Cross(canvas, theme, camera, probe);
    }

    private void DrawAnswers(Canvas canvas, Theme theme, Frame frame)
    {
        if (Kernel3x3.Chosen(frame) is >= 0 and var kernel)
        {
            DrawPaper(canvas, theme, frame, kernel);
            return;
        }
        Answer? answer = frame.Get<Answer>();
        int count = answer is null || IsUntaught(frame) ? 0 : Math.Min(bars.Length, answer.Count);
        if (answer?.Certainty == Certainty.Unknown && count > 0)
        {
            DrawUnknown(canvas, theme, answer.Steady[0].Label);
            return;
        }
        for (int i = 0; i < count; i++)
        {
            SteadyGuess guess = answer!.Steady[i];
            bars[i] = new(guess.Label ?? "", guess.Smooth, guess.Raw);
        }
        if (answer?.Trouble is not null)
        {
            DrawTrouble(canvas, theme, frame);
            return;
        }
        AnswerPanel.Draw(canvas, theme, panes.Answers, bars.AsSpan(0, count), waiting: Waiting(frame), isSure: answer?.IsSure,
            said: answer?.Certainty == Certainty.Unsure ? Doubted(answer.Steady[0].Label) : null);
    }

    /// <summary>The answer is not a number: where that began, as far as somebody has looked.</summary>
    private void DrawTrouble(Canvas canvas, Theme theme, Frame frame)
    {
        Rect inner = Panel.Draw(canvas, theme, panes.Answers);
        Label.Draw(canvas, inner.CutTop(theme.LineHeight(theme.Answer), out inner), "not a number", theme.Answer, theme.Body.Size, theme.Bad);
        string sentence = frame.Get<LayerCheck>()?.Sentence ?? frame.Get<Answer>()!.Trouble!;
        Span<Range> parts = stackalloc Range[6];
        int count = Toast.Wrap(canvas, theme.Row, sentence, inner.Width, parts);
        for (int i = 0; i < count; i++) canvas.Text(sentence.AsSpan()[parts[i]], inner.CutTop(theme.LineHeight(theme.Row) + theme.Px(3), out inner), theme.Row, theme.TextDim);
    }

    private static string Waiting(Frame frame) =>
        frame.Get<NetworkInfo>() is null ? "Preparing the network …" : frame.Get<Answer>() is null ? frame.Get<Picture>() is null ? "Waiting for the camera …" : "No answer" : frame.Get<TeachingState>() is null ? "" : Teaching(frame);

    /// <summary>Whether a project has not learned anything yet: the classes the network came with are not its own.</summary>
    private static bool IsUntaught(Frame frame) => frame.Get<TeachingState>() is not null && frame.Get<LessonState>() is { Live: null };

    /// <summary>What a project waits for.</summary>
    private static string Teaching(Frame frame) =>
        frame.Get<LessonState>() is { Progress: { } progress } ? progress : frame.Get<LessonState>() is { IsLearning: true } ? "Learning …"
            : frame.Get<TeachingState>() is { Count: > 0 } ? "Now something else: hold 2, or nothing: hold 0" : "Show it something and hold 1";

    /// <summary>Nothing that was taught: only what is nearest to it, and no share.</summary>
    private void DrawUnknown(Canvas canvas, Theme theme, string nearest)
    {
        if (nearestOf.Label != nearest) nearestOf = (nearest, $"nearest: {nearest}");
        Rect inner = Panel.Draw(canvas, theme, panes.Answers);
        var name = theme.Answer with { Size = MathF.Min(theme.Answer.Size, inner.Height * 0.18f) };
        Label.Draw(canvas, inner.CutTop(theme.LineHeight(name), out inner), "unknown", name, name.Size * 0.5f, theme.TextDim);
        canvas.Text(nearestOf.Text, inner.CutTop(theme.LineHeight(theme.Strong) + theme.Px(8), out _), theme.Row, theme.TextDim, cut: Cut.Middle);
    }

    /// <summary>A class that is likely and not sure.</summary>
    private string Doubted(string label)
    {
        if (doubted.Label != label) doubted = (label, $"{label} ?");
        return doubted.Text;
    }

    /// <summary>The numbers under the probe, the chosen kernel, and their sum.</summary>
    private void DrawPaper(Canvas canvas, Theme theme, Frame frame, int kernel)
    {
        LayerData layer = frame.Get<LayerData>()!;
        int channel = frame.Get<FeatureView>()!.Channel, colour = channel % 3, x = LayerData.Pixel(probe.X, layer.InputWidth), y = LayerData.Pixel(probe.Y, layer.InputHeight);
        Span<float> window = stackalloc float[9];
        layer.Window(colour, x, y, window);
        Span<char> where = stackalloc char[48];
        int used = Figures.Write(where, x, "'at pixel '0", ", ").Length;
        used += Figures.Write(where[used..], y, "0").Length;
        bool isCustom = Kernel3x3.IsCustom(layer, kernel);
        if (notedChannel != channel || isCustom != notedCustom)
        {
            (notedChannel, notedCustom) = (channel, isCustom);
            string name = LectureKernels.ChannelNames[Math.Clamp(channel, 0, LectureKernels.ChannelNames.Count - 1)];
            kernelTitle = isCustom ? $"custom{name[name.LastIndexOf(',')..]}" : name;
        }
        Rect inner = Panel.Draw(canvas, theme, panes.Answers, kernelTitle, where[..used]);
        paper = KernelPaper.Draw(canvas, theme, inner, window, Kernel3x3.Numbers(layer, kernel), tap, KernelRange);
    }

    private void Texts(Frame frame)
    {
        NetworkInfo? network = frame.Get<NetworkInfo>();
        if (written != TimeSpan.MinValue && frame.Now - written < TextsEvery && frame.Now >= written && ReferenceEquals(noted, network)) return;
        (written, noted) = (frame.Now, network);
        if (network is null) return;
        CameraReport? report = frame.Get<CameraReport>();
        lines[0] = string.Create(CultureInfo.InvariantCulture, $"{network.Name}  ·  {frame.Get<Answer>()?.InferMilliseconds ?? 0:0.0} ms  ·  {ShortDevice(network)}{(network.Model.IsGuess ? $"  ·  pixels guessed as {PreprocessingPresets.NameOf(network.Model.Contract) ?? "usual"}, I changes it" : "")}");
        string file = report?.File is { } path && path != report.Source ? $"  ·  {Path.GetFileName(path)}" : "";
        // Nothing is in a hurry any more when all pictures have come.
        string pace = report is { IsOver: true } ? file.Length > 0 ? "end of folder" : "the end" : Latency(frame);
        lines[1] = string.Create(CultureInfo.InvariantCulture, $"{TitleOf(report?.Source ?? "")}{file}  ·  {pace}  ·  {report?.Dropped ?? 0} dropped  ·  GC {(report is { IsOver: true } ? collections : collections = GC.CollectionCount(0))}");
        double total = 0;
        foreach (double time in frame.Get<LayerTimes>()?.Milliseconds ?? []) total += time;
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
    private static string Latency(Frame frame)
    {
        double answer = frame.Get<Answer>()?.LatencyMilliseconds ?? 0;
        return frame.Get<StageTimes>() is { ScreenMilliseconds: > 0 and var screen }
            ? string.Create(CultureInfo.InvariantCulture, $"to screen {screen:0} ms, to answer {answer:0} ms") : string.Create(CultureInfo.InvariantCulture, $"to answer {answer:0} ms");
    }
}
