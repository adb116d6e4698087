using System.Diagnostics;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Controls;
using LiveCam.Loop.Loading;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Plugins;

/// <summary>The examples as somebody would use them: built, dropped into a folder, run.</summary>
public sealed class ExampleTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Frame frame = new(640, 360, isShown: true);

    public void Dispose() => scratch.Dispose();

    /// <summary>Stands for camera, network and overlay: pictures of one level each.</summary>
    private sealed class Host(params byte[] levels) : Plugin
    {
        private readonly CameraPlace place = new() { Pane = new(0, 0, 400, 300) };
        private int next;

        public override string Name => "host";
        public override IReadOnlyList<Type> Writes => [typeof(Picture), typeof(Answer), typeof(Canvas), typeof(CameraPlace)];

        public override void Update(Frame frame)
        {
            frame.Picture = new Picture(40, 30, PixelFormat.Bgr8);
            frame.Picture.Bytes.AsSpan().Fill(levels[next++ % levels.Length]);
            (frame.IsNew, frame.Number) = (true, next);
            frame.Set(new Answer(1));
            frame.Set(place);
        }

        public override void Draw(Frame frame) => frame.Canvas!.Begin(frame.Width, frame.Height, default);
    }

    private LiveCamApp Start(string library, Plugin host, params string[] asked)
    {
        var app = new LiveCamApp([new ControlsPlugin(), host], frame, new PluginFolder(Path.GetDirectoryName(library)!, isWatched: false), settings: new SettingsStore(asked: asked));
        app.Load();
        app.Tick();
        Assert.Empty(frame.Faults);
        return app;
    }

    private string Drop(string name)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "examples", name), scratch[name], overwrite: true);
        return scratch[name];
    }

    private void Press(LiveCamApp app, Key key)
    {
        frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key });
        app.Tick();
    }

    private int Red()
    {
        var picture = new Picture(frame.Width, frame.Height, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(frame.Canvas!, picture);
        int red = 0;
        for (int i = 0; i < picture.Bytes.Length; i += 4)
            if (picture.Bytes[i] > 150 && picture.Bytes[i + 1] < 60) red++;
        return red;
    }

    [Fact]
    public void The_motion_meter_publishes_what_moves_draws_it_in_its_colour_and_hides_by_its_key()
    {
        // From 0 to 51 and back is a fifth of the range each time.
        LiveCamApp app = Start(Drop("MotionMeter.dll"), new Host(0, 51), "motion-meter.calm=0", "motion-meter.color=#FF0000");
        app.Tick();
        Assert.Equal(0.2, Level(), 6);
        Assert.True(Red() > 50, $"{Red()} red pixels");
        Assert.Contains(frame.Get<KeyTable>()!.Commands, command => command.Group == "Motion meter");
        Press(app, Key.J);
        Assert.Equal("motion shown: off", frame.Said.Text);
        app.Tick();
        Assert.Equal(0, Red());
        // Switched off, nobody takes its last level for a new one.
        frame.Plugins.Enable("motion meter", false);
        app.Tick();
        Assert.Null(Motion());
        app.Unload();

        object? Motion()
        {
            Type type = frame.Plugins.First(plugin => plugin.Name == "motion meter").GetType().Assembly.GetType("MotionMeter.Motion")!;
            return typeof(Frame).GetMethod(nameof(Frame.Get))!.MakeGenericMethod(type).Invoke(frame, null);
        }

        double Level() => (double)Motion()!.GetType().GetProperty("Level")!.GetValue(Motion())!;
    }

    /// <summary>What a version was set to, the next one finds.</summary>
    [Fact]
    public void A_library_that_is_exchanged_keeps_its_settings()
    {
        string file = Drop("MotionMeter.dll");
        var folder = new PluginFolder(scratch.Folder, isWatched: false);
        var app = new LiveCamApp([new ControlsPlugin(), new Host(0)], frame, folder, settings: new SettingsStore());
        app.Load();
        app.Tick();
        Plugin before = frame.Plugins.First(plugin => plugin.Name == "motion meter");
        Press(app, Key.J);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(5));
        folder.Look(atOnce: false);
        folder.Look(atOnce: false);
        app.Tick();
        Assert.NotSame(before, frame.Plugins.First(plugin => plugin.Name == "motion meter"));
        Assert.Equal("off", frame.Plugins.Find("motion meter").Settings[0].Text);
        app.Unload();
    }

    [Fact]
    public void A_copy_of_the_template_outside_the_repository_builds_and_runs()
    {
        string copy = scratch["Copy"];
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(Path.Combine(Requirements.Root, "examples", "PluginTemplate"))) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var start = new ProcessStartInfo("dotnet", ["build", copy, "-c", "Release", "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", $"-p:LiveCamFolder={AppContext.BaseDirectory}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = copy,
        };
        using Process build = Process.Start(start)!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, output);
        string built = Path.Combine(copy, "bin", "Release", "net10.0");
        Assert.Equal(["PluginTemplate.dll"], Directory.GetFiles(built, "*.dll").Select(Path.GetFileName));
        LiveCamApp app = Start(Path.Combine(built, "PluginTemplate.dll"), new Host(0), "plugintemplate.loud=on");
        app.Tick();
        Press(app, Key.J);
        Assert.Equal("2 answers", frame.Said.Text);
        app.Unload();
    }
}
