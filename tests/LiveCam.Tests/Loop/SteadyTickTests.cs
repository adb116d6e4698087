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
            new CapturePlugin(new CaptureSettings("pattern:64x48") { Waits = true }, CancellationToken.None),
            new ClassifyPlugin(new StepwiseNetwork(builder)),
            new FeatureMapsPlugin(),
            new OverlayPlugin(),
            new ReportPlugin(TextWriter.Null, json: true),
        ];
        var app = new LiveCamApp(plugins, frame);
        app.Load();
        for (int i = 0; i < 20; i++) app.Tick();
        // Tick by tick: one in which a text or a list is longer than ever before is not a steady one.
        var bytes = new long[50];
        for (int i = 0; i < bytes.Length; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            app.Tick();
            bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        app.Unload();
        Array.Sort(bytes);
        Assert.Empty(frame.Faults);
        Assert.True(frame.Number == 69, $"the loop saw frame {frame.Number}");
        Assert.True(bytes[^6] <= Bound, $"nine ticks in ten take at most {bytes[^6]} bytes, all of them {bytes[^1]}");
        Assert.True(bytes[^1] <= 1 << 20, $"one tick takes {bytes[^1]} bytes");
    }
}
