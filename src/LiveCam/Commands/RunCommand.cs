using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Classify;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Plugins.Loading;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Record;
using LiveCam.Plugins.Report;
using LiveCam.Plugins.Shaders;
using LiveCam.Recording;
using LiveCam.Ui.Widgets;

namespace LiveCam.Commands;

/// <summary><c>livecam run</c>: pictures in, answers and a composed picture out, until the source ends.</summary>
internal static class RunCommand
{
    private const double UsualFramesPerSecond = 30;

    private sealed record Wishes(CaptureSettings Source, string? Layer, string? Snapshot, string? Record, (int Width, int Height) Size, bool Json, PluginFolder Guests,
        string? Capture, string? Script, ModelChoice Model, string? Shaders)
    {
        /// <summary>Whether anybody looks at composed frames.</summary>
        public bool Composes => Snapshot is not null || Record is not null;
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command("run", "Show what a network sees in a camera, a video or pictures (the default verb)");
        var headless = new Option<bool>("--headless") { Description = "Without a window" };
        var frames = new Option<long>("--frames") { Description = "End after so many captured frames", DefaultValueFactory = _ => long.MaxValue };
        frames.Validators.Add(result => Numbers.Within(result, 1, long.MaxValue));
        var layer = new Option<string?>("--layer") { Description = "The layer whose channels are shown; else one in the middle of the network", HelpName = "NAME" };
        var snapshot = new Option<string?>("--snapshot") { Description = "Write the last composed frame to a picture file", HelpName = "FILE" };
        var record = new Option<string?>("--record") { Description = "Write every composed frame to a video file (.mp4, .avi)", HelpName = "FILE" };
        var size = new Option<string>("--size") { Description = "Of the composed frame, in pixels", HelpName = "WIDTHxHEIGHT", DefaultValueFactory = _ => "1280x720" };
        size.Validators.Add(CheckSize);
        Option<bool> json = Numbers.Json();
        var capture = new Option<string?>("--capture") { Description = "Keep pictures, events and answers in a new folder, for livecam replay", HelpName = "FOLDER" };
        var script = new Option<string?>("--script") { Description = "Key and mouse events with their times, one JSON object a line", HelpName = "FILE" };
        var source = new CaptureOptions(command);
        var model = new ModelOptions(command);
        var device = new DeviceOptions(command);
        var guests = new GuestOption(command);
        foreach (Option option in (Option[])[headless, frames, layer, snapshot, record, size, json, capture, script]) command.Add(option);
        command.SetAction(parse =>
        {
            if (!parse.GetValue(headless)) terminal.Note("this version has no window yet and runs headless; --snapshot and --record show what it sees.");
            ModelChoice choice = model.Choice(parse);
            PictureModel network = choice.Load();
            using Device on = device.Open(parse, terminal);
            return Run(network, on, new(source.Settings(parse, hasWindow: false, terminal) with { Limit = parse.GetValue(frames) }, parse.GetValue(layer), parse.GetValue(snapshot), parse.GetValue(record),
                Size(parse.GetValue(size)!)!.Value, parse.GetValue(json), guests.Open(parse, terminal), parse.GetValue(capture), parse.GetValue(script), choice, device.ShaderFolder(parse)), terminal);
        });
        return command;
    }

    private static int Run(PictureModel network, Device device, Wishes wishes, Terminal terminal)
    {
        PluginList plugins = [];
        bool isLive;
        try
        {
            isLive = AddPlugins(plugins, network, device, wishes, terminal);
        }
        catch
        {
            foreach (Plugin plugin in plugins) plugin.Unload();
            throw;
        }
        var frame = new Frame(wishes.Size.Width, wishes.Size.Height, wishes.Composes);
        var app = new LiveCamApp(plugins, frame, wishes.Guests, isLive ? null : new SourceClock(frame), terminal.Note);
        app.Run(terminal.Stop);
        return app.HasFailed ? CommandLine.Failed : CommandLine.Fine;
    }

    /// <summary>The stages in the order of a tick.</summary>
    /// <returns>Whether the source is live.</returns>
    private static bool AddPlugins(PluginList plugins, PictureModel network, Device device, Wishes wishes, Terminal terminal)
    {
        var capture = new CapturePlugin(wishes.Source, terminal.Note, terminal.Stop);
        plugins.Add(capture, isEssential: true);
        CameraFacts? camera = capture.AwaitOpen();
        bool isLive = camera is { IsLive: true };
        string title = CameraSource.Title(wishes.Source.Source);
        if (device is GlDevice gl && wishes.Shaders is { } shaders) plugins.Add(new ShaderReloadPlugin(gl, shaders, terminal.Note));
        if (wishes.Script is { } script) plugins.Add(new ScriptPlugin(Script.Load(script)));
        Classifier classifier = Classifier.Create(network, device, wishes.Layer ?? (wishes.Composes ? "" : null));
        plugins.Add(new ClassifyPlugin(classifier), isEssential: true);
        if (wishes.Composes)
        {
            if (classifier.Layer is not null) plugins.Add(new FeatureMapsPlugin(classifier));
            plugins.Add(new OverlayPlugin(network.Name, device.Description, title, network.Classifies ? null : Legend()));
            plugins.Add(new RecordPlugin(wishes.Snapshot, wishes.Record, wishes.Size.Width, wishes.Size.Height,
                camera is { FramesPerSecond: > 0 } ? camera.FramesPerSecond : UsualFramesPerSecond));
        }
        if (wishes.Capture is { } recording)
            plugins.Add(new RecordingPlugin(recording, new(RecordingInfo.Newest, camera?.Name ?? title, device.Kind, wishes.Model.Anywhere()), mayWait: !isLive, terminal.Note), isEssential: true);
        plugins.Add(new ReportPlugin(terminal.Output, wishes.Json, device.Kind), isEssential: true);
        return isLive;
    }

    private static List<Stat> Legend() => [.. LectureKernels.Kernels.Select((kernel, i) => new Stat($"maps {i * 3 + 1} to {i * 3 + 3}", kernel.Name))];

    private static void CheckSize(OptionResult result)
    {
        if (result.Tokens.Count > 0 && Size(result.Tokens[0].Value) is null)
            result.AddError($"--size is \"{result.Tokens[0].Value}\", but has to be WIDTHxHEIGHT with sides from 160 to 8192, as in 1280x720.");
    }

    private static (int Width, int Height)? Size(string text)
    {
        string[] sides = text.Split('x');
        return sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height ? (width, height) : null;

        static int? Side(string side) => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) && pixels is >= 160 and <= 8192 ? pixels : null;
    }
}
