using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Explaining;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Networks;
using LiveCam.Plugins.Classify;
using LiveCam.Plugins.Controls;
using LiveCam.Plugins.Faults;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Plugins.Lessons;
using LiveCam.Loop.Loading;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Record;
using LiveCam.Plugins.Report;
using LiveCam.Plugins.Shaders;
using LiveCam.Plugins.Switchboard;
using LiveCam.Recording;
using LiveCam.Teaching;
using LiveCam.Plugins.SessionRecording;
using LiveCam.Plugins.Scripting;
using LiveCam.Input;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam run</c>: pictures in, answers and a composed picture out, in a window or without one, until the source ends or a person does.</summary>
internal static class RunCommand
{
    private const double UsualFramesPerSecond = 30, DisplayFramesPerSecond = 60;
    private const string UsualSnapshot = "livecam.png";

    private sealed record Wishes(CaptureSettings Source, string? Layer, string? Snapshot, string? Record, (int Width, int Height) Size, bool Json, PluginFolder External,
        string? Capture, string? Script, ModelChoice Model, string? Shaders, float? ContentScale, string? Project, HeadKind? Way, SettingsOptions Kept, IReadOnlyList<Plugin> Seen, string? Explained, ParseResult Parse)
    {
        public SettingsStore Settings(bool hasWindow) => Kept.Open(Parse, hasWindow);

        /// <summary>Whether anybody looks at composed frames.</summary>
        public bool Composes => Snapshot is not null || Record is not null;
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command("run", "Show what a network sees in a camera, a video or pictures (the default verb)");
        var headless = new Option<bool>("--headless") { Description = "Without a window" };
        var frames = new Option<long?>("--frames") { Description = "End after so many captured frames", HelpName = "N" };
        frames.Validators.Add(result => Numbers.Within(result, 1, long.MaxValue));
        var layer = new Option<string?>("--layer") { Description = "The layer whose channels are shown; else one in the middle of the network", HelpName = "NAME" };
        var snapshot = new Option<string?>("--snapshot") { Description = "Write the last composed frame to a picture file", HelpName = "FILE" };
        var record = new Option<string?>("--record") { Description = "Write every composed frame to a video file (.mp4, .avi)", HelpName = "FILE" };
        var size = new Option<string>("--size") { Description = "Of the window or the composed frame, in pixels", HelpName = "WIDTHxHEIGHT", DefaultValueFactory = _ => "1280x720" };
        size.Validators.Add(CheckSize);
        var contentScale = new Option<double?>("--content-scale") { Description = "Pixels per logical unit, 1 to 3: larger text where there is room; else as the display asks", HelpName = "FACTOR" };
        contentScale.Validators.Add(result => Numbers.Between(result, 1, 3));
        Option<bool> json = Numbers.Json();
        var capture = new Option<string?>("--record-session", "--capture") { Description = "Keep pictures, events and answers in a new folder, for livecam replay (--capture is the same)", HelpName = "FOLDER" };
        var script = new Option<string?>("--script") { Description = "Key and mouse events with their times, one JSON object a line", HelpName = "FILE" };
        var project = new Option<string?>("--project") { Description = "Teach in this folder, made where there is none; the model's features are what is taught with", HelpName = "FOLDER" };
        var way = new Option<string?>("--way") { Description = $"How to learn, with --project: {string.Join(", ", HeadKind.All.Select(one => one.Name))}; else as it did before", HelpName = "NAME" };
        way.AcceptOnlyFromAmong([.. HeadKind.All.Select(one => one.Name)]);
        var explain = new Option<string?>("--explain") { Description = "What in the picture the answer stands on, found by this method of livecam explain, over the picture", HelpName = "METHOD" };
        explain.AcceptOnlyFromAmong([.. ExplainMethods.All.Select(one => one.Name)]);
        var seen = new SeenOptions(command);
        var source = new CaptureOptions(command);
        var model = new ModelOptions(command, "An ONNX file, the name of a trained network (`livecam models`), or kernels for the kernels of the lectures; without one, the best that is here", "FILE|NAME|kernels");
        var device = new DeviceOptions(command);
        var external = new ExternalOption(command);
        var settings = new SettingsOptions(command);
        foreach (Option option in (Option[])[headless, frames, layer, snapshot, record, size, contentScale, json, capture, script, project, way, explain]) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(way) is not null && result.GetResult(project) is null)
                result.AddError("--way says how a project learns, and none is given; add --project FOLDER or leave --way out.");
            if (result.GetResult(project) is not null && result.GetResult(capture) is not null)
                result.AddError("--record-session keeps a network's own answers, and with --project they are taught ones; leave one of the two out.");
        });
        command.SetAction(parse =>
        {
            ModelChoice choice = parse.GetValue(project) is { } taught ? TeachingParts.Backbone(model.Choice(parse, terminal), taught) : UsualNetwork.For(model.Choice(parse, terminal), source.From(parse), terminal);
            // Of what came with the program all is known.
            PictureModel network = OwnModels.Has(choice.Model) ? choice.Load() : choice.Load(terminal);
            if (parse.GetValue(project) is not null && OwnModels.IsSmall(choice.Model))
                terminal.Note("this build came without the network that teaching stands on (models/resnet18.onnx, of a NuGet package), so the small one serves, which finds less of what is unknown; build again where the package can be had, or give another network with --model.");
            (int width, int height) = Size(parse.GetValue(size)!)!.Value;
            string reason = "";
            WindowHost? window = parse.GetValue(headless) ? null : WindowHost.TryOpen(width, height, out reason);
            using (window)
            {
                var wishes = new Wishes(source.Settings(parse, hasWindow: window is not null, terminal) with { Limit = parse.GetValue(frames) ?? long.MaxValue }, parse.GetValue(layer),
                    parse.GetValue(snapshot), parse.GetValue(record), (width, height), parse.GetValue(json), external.Open(parse), parse.GetValue(capture), parse.GetValue(script), choice,
                    device.ShaderFolder(parse), (float?)parse.GetValue(contentScale), parse.GetValue(project), parse.GetValue(way) is { } name ? HeadKind.Named(name) : null, settings, seen.Open(parse), parse.GetValue(explain), parse);
                if (reason.Length > 0)
                {
                    wishes = wishes with { Snapshot = wishes.Snapshot ?? (wishes.Record is null ? UsualSnapshot : null) };
                    terminal.Note($"{reason.TrimEnd('.')}; it runs without a window and leaves its last frame in {wishes.Snapshot ?? wishes.Record}.");
                }
                var builder = new NetworkBuilder(network, device.Kind(parse), wishes.Layer ?? (window is not null || wishes.Composes ? "" : null),
                    kind => device.Open(kind, parse, terminal, window), wishes.Project is { } folder ? model => TeachingParts.Layer(model, folder) : null);
                return Run(window, builder, wishes, network.Classifies ? MapScope.Layer : MapScope.Unit, terminal);
            }
        });
        return command;
    }

    private static int Run(WindowHost? window, NetworkBuilder builder, Wishes wishes, MapScope scope, Terminal terminal)
    {
        var frame = new Frame(wishes.Size.Width, wishes.Size.Height, window is not null || wishes.Composes);
        window?.Begin(frame);
        if (wishes.ContentScale is { } scale) frame.ContentScale = scale;
        List<Plugin> made = [];
        PluginList plugins;
        bool goesByClock;
        SettingsStore settings;
        try
        {
            settings = wishes.Settings(window is not null);
            plugins = Chain(made, window, frame, builder, scope, wishes, terminal, out goesByClock).Build();
        }
        catch
        {
            foreach (Plugin plugin in made) plugin.Unload();
            throw;
        }
        var app = new LiveCamApp(plugins, frame, wishes.External, goesByClock ? null : new SourceClock(frame), terminal.Note, settings);
        app.Run(terminal.Stop);
        return app.HasFailed ? CommandLine.Failed : CommandLine.Fine;
    }

    /// <summary>What the run was asked for, as plugins.</summary>
    /// <param name="made">Those that hold something, should another one fail to be made.</param>
    /// <param name="goesByClock">Whether the loop goes by the machine's clock, and not by the source's.</param>
    private static PluginChain Chain(List<Plugin> made, WindowHost? window, Frame frame, NetworkBuilder builder, MapScope scope, Wishes wishes, Terminal terminal, out bool goesByClock)
    {
        bool isLive = window is not null;
        LiveNetwork network = isLive ? new ConcurrentNetwork(builder) : new StepwiseNetwork(builder);
        made.Add(new ClassifyPlugin(network));
        var capture = new CapturePlugin(wishes.Source, terminal.Stop);
        made.Add(capture);
        // With a window the camera may take its time; without one the run depends on what it is.
        CameraFacts? camera = isLive ? null : capture.AwaitOpen();
        goesByClock = camera is not { IsLive: false };
        TeachingParts? teaching = wishes.Project is { } folder ? TeachingParts.Open(folder, waits: !isLive, wishes.Way) : null;
        if (teaching is not null) made.AddRange([teaching.Samples, teaching.Teach]);
        List<Plugin> extras = [], outputs = [];
        if (wishes.Shaders is { } shaders && builder.Open() is GlDevice gl) extras.Add(new ShaderReloadPlugin(gl, shaders));
        if (wishes.Script is { } script) extras.Add(new ScriptPlugin(Script.Load(script)));
        double rate = camera is { FramesPerSecond: > 0 } ? camera.FramesPerSecond : UsualFramesPerSecond;
        if (frame.IsShown) outputs.Add(new RecordPlugin(wishes.Snapshot, wishes.Record, frame.Width, frame.Height, rate, isLive));
        made.AddRange(outputs);
        if (wishes.Capture is { } recording)
            outputs.Add(new RecordingPlugin(recording, new(RecordingInfo.Newest, camera?.Name ?? CameraSource.Title(wishes.Source.Source), builder.Open().Kind, wishes.Model.Anywhere()),
                mayWait: camera is { IsLive: false }));
        outputs.AddRange(wishes.Seen);
        if (!isLive || wishes.Json) outputs.Add(new ReportPlugin(terminal.Output, wishes.Json));
        return new()
        {
            Source = capture, Network = network, Samples = teaching?.Samples, Teach = teaching?.Teach, IsShown = frame.IsShown, Scope = scope,
            FramesPerSecond = isLive ? DisplayFramesPerSecond : UsualFramesPerSecond, Input = window?.Input, Present = window?.Present, Explained = wishes.Explained, ExplainsEach = !isLive, Extras = extras, Outputs = outputs,
        };
    }

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
