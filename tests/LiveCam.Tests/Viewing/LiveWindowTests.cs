using LiveCam.Commands;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tests;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Networks;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Viewing;

/// <summary>The program in a real window, its network on a thread of its own.</summary>
[Collection(WindowCollection.Name)]
public sealed class LiveWindowTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Layers_are_walked_a_broken_model_is_survived_and_Q_ends_it()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))) throw Requirements.Missing("display", "no display (DISPLAY is not set); xvfb-run gives one");
        var model = PictureModel.Load(Requirements.Data("models/resnet8-cifar10/model.onnx"), null, new Dictionary<string, string>());
        using WindowHost host = WindowHost.TryOpen(640, 360, out string reason) ?? throw new InvalidOperationException(reason);
        var frame = new Frame(640, 360, isShown: true);
        host.Begin(frame);
        var chain = new PluginChain
        {
            Source = new CapturePlugin(new CaptureSettings("pattern:96x64") { Stays = true }, CancellationToken.None), IsShown = true, IsStrict = true, Input = host.Input, Present = host.Present,
            Network = new ConcurrentNetwork(new NetworkBuilder(model, "cpu", "", _ => new CpuDevice(threads: 1))),
        };
        var app = new LiveCamApp(chain.Build(), frame);
        app.Load();
        try
        {
            Until(() => frame.Features is not null);
            int index = frame.Network!.KeptIndex;
            Press(Key.Down);
            Until(() => frame.Network!.KeptIndex == index + 1 && frame.FeaturesTitle == frame.Network.Layers[index + 1].Name);
            frame.Events.Add(new(WindowEventKind.Drop) { Path = "missing.onnx" });
            Until(() => frame.Said.IsWarning && frame.Said.Text.Contains("missing.onnx"));
            long answered = frame.Answer!.Number;
            Until(() => frame.Answer!.Number > answered);
            Press(Key.Space);
            long number = frame.Number;
            for (int i = 0; i < 5; i++) app.Tick();
            Assert.Equal(number, frame.Number);
            Press(Key.Z);
            Assert.True(new Seen(frame, app).IsZoomed);
            Press(Key.Q);
            Assert.True(frame.HasEnded);
        }
        finally
        {
            app.Unload();
        }

        void Press(Key key)
        {
            frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key });
            app.Tick();
        }

        void Until(Func<bool> happened)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            while (!happened())
            {
                Assert.True(clock.Elapsed < Patience, "it did not happen in a minute");
                app.Tick();
            }
        }
    }
}
