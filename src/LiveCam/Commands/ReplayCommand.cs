using System.CommandLine;
using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Networks;
using LiveCam.Plugins.Classify;
using LiveCam.Plugins.Record;
using LiveCam.Plugins.Report;
using LiveCam.Recording;
using LiveCam.Plugins.SessionRecording;
using LiveCam.Plugins.Replay;
using LiveCam.Plugins.AnswerCheck;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam replay</c>: a recording in place of the camera and the window; the same answers and events again.</summary>
internal static class ReplayCommand
{
    private sealed record Wishes(string Folder, long Frames, string? Capture, bool Json, bool Check);

    public static Command Create(Terminal terminal)
    {
        var command = new Command("replay", "Run a recording (of run --record-session) again: the same lines as run, or with --window the pictures and what a network says of them");
        var folder = new Argument<string>("recording") { Description = "The folder of a recording" };
        var frames = new Option<long?>("--frames") { Description = "End after so many frames", HelpName = "N" };
        frames.Validators.Add(result => Numbers.Within(result, 1, long.MaxValue));
        var check = new Option<bool>("--check") { Description = "Fail when an answer differs from the recorded one in any digit" };
        var capture = new Option<string?>("--record-session", "--capture") { Description = "Record the replay", HelpName = "FOLDER" };
        var window = new Option<bool>("--window") { Description = "Watch it in a window, at the pace it was recorded and with keys of one's own" };
        Option<bool> json = Numbers.Json();
        command.Add(folder);
        var model = new ModelOptions(command, "An ONNX file; without one, the network of the recording");
        var device = new DeviceOptions(command);
        var external = new ExternalOption(command);
        var settings = new SettingsOptions(command);
        foreach (Option option in (Option[])[frames, check, capture, json, window]) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(window) is not null && (result.GetResult(check) is not null || result.GetResult(capture) is not null))
                result.AddError("--window is for looking on, and leaves out answers of pictures that a newer one replaced; leave it out with --check and --record-session.");
        });
        command.SetAction(parse =>
        {
            RecordingInfo info = RecordingInfo.Load(parse.GetValue(folder)!);
            bool isNamed = model.IsGiven(parse.CommandResult);
            if (!isNamed) info.CheckPaths(parse.GetValue(folder)!);
            ModelChoice choice = isNamed ? model.Choice(parse, terminal) : info.Model;
            PictureModel network = choice.Load(terminal);
            if (parse.GetValue(window)) return Watch(parse.GetValue(folder)!, parse.GetValue(frames) ?? long.MaxValue, network, device, external, settings, parse, terminal);
            var builder = new NetworkBuilder(network, info.Device, null, kind => device.OpenGivenOr(kind, parse, terminal));
            var wishes = new Wishes(parse.GetValue(folder)!, parse.GetValue(frames) ?? long.MaxValue, parse.GetValue(capture), parse.GetValue(json), parse.GetValue(check));
            PluginList plugins = Chain(builder, info with { Device = builder.Open().Kind, Model = choice.Anywhere() }, wishes, terminal).Build();
            var app = new LiveCamApp(plugins, new Frame(1280, 720, isShown: false), external.Open(parse), note: terminal.Note, settings: settings.Open(parse, isKept: false));
            app.Run(terminal.Stop);
            return app.HasFailed ? CommandLine.Failed : CommandLine.Fine;
        });
        return command;
    }

    private static int Watch(string folder, long limit, PictureModel network, DeviceOptions device, ExternalOption external, SettingsOptions settings, ParseResult parse, Terminal terminal)
    {
        var frame = new Frame(1280, 720, isShown: true);
        using WindowHost window = WindowHost.TryOpen(frame.Width, frame.Height, out string reason) ?? throw new LiveCamException($"Watching the recording \"{folder}\": {reason}");
        window.Begin(frame);
        var chain = new PluginChain
        {
            Source = new ReplayPlugin(folder, limit, isWatched: true), IsShown = true, Input = window.Input, Present = window.Present,
            Network = new ConcurrentNetwork(new NetworkBuilder(network, device.Kind(parse), "", kind => device.Open(kind, parse, terminal, window))),
            Outputs = [new RecordPlugin(null, null, frame.Width, frame.Height, 30, isLive: true)],
        };
        var app = new LiveCamApp(chain.Build(), frame, external.Open(parse), note: terminal.Note, settings: settings.Open(parse, isKept: true));
        app.Run(terminal.Stop);
        return app.HasFailed ? CommandLine.Failed : CommandLine.Fine;
    }

    private static PluginChain Chain(NetworkBuilder builder, RecordingInfo info, Wishes wishes, Terminal terminal)
    {
        List<Plugin> made = [];
        try
        {
            var network = new StepwiseNetwork(builder);
            made.Add(new ClassifyPlugin(network));
            var source = new ReplayPlugin(wishes.Folder, wishes.Frames);
            made.Add(source);
            List<Plugin> outputs = [];
            if (wishes.Capture is { } folder) made.Add(new RecordingPlugin(folder, info, mayWait: true));
            outputs.AddRange(made[2..]);
            if (wishes.Check) outputs.Add(new AnswerCheckPlugin(wishes.Folder));
            outputs.Add(new ReportPlugin(terminal.Output, wishes.Json));
            return new() { Source = source, Network = network, HasKeys = false, Outputs = outputs };
        }
        catch
        {
            foreach (Plugin plugin in made) plugin.Unload();
            throw;
        }
    }
}
