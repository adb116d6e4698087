using LiveCam.Engine.Devices.Cpu;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Networks;
using LiveCam.Plugins.Classify;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Report;

namespace LiveCam.Tests.Loop;

/// <summary>A steady tick costs next to no garbage.</summary>
public sealed class SteadyTickTests
{
    /// <summary>Bytes one tick may allocate: a handful of stride lists, no picture, no list, no closure over one.</summary>
    private const long Bound = 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_steady_tick_allocates_below_the_bound(bool isShown)
    {
        var model = PictureModel.BuiltIn(new Dictionary<string, string> { ["width"] = "64", ["height"] = "48" });
        var builder = new NetworkBuilder(model, "cpu", "", _ => new CpuDevice(threads: 1));
        var frame = new Frame(640, 360, isShown);
        PluginList plugins =
        [
            new CapturePlugin(new CaptureSettings("pattern:64x48") { Waits = true }, _ => { }, CancellationToken.None),
            new ClassifyPlugin(new StepwiseNetwork(builder)),
            new FeatureMapsPlugin(),
            new OverlayPlugin("pattern"),
            new ReportPlugin(TextWriter.Null, json: true),
        ];
        var app = new LiveCamApp(plugins, frame);
        app.Load();
        for (int i = 0; i < 20; i++) app.Tick();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) app.Tick();
        long perTick = (GC.GetAllocatedBytesForCurrentThread() - before) / 50;
        app.Unload();
        Assert.Empty(frame.Faults);
        Assert.True(frame.Number == 69, $"the loop saw frame {frame.Number}");
        Assert.True(perTick <= Bound, $"{perTick} bytes a tick");
    }
}
