using LiveCam.Ui.Widgets;

namespace LiveCam.Loop;

/// <summary>Smoothed milliseconds of the stages that a picture passes on its way to the screen, published by the loop: by the device's time stamps where it works
/// on an OpenGL device, else by the processor's clock.</summary>
public sealed class StageTimes
{
    // Share of the newest time in the smoothed one.
    private const double Newest = 0.1;

    private readonly Stage[] stages = [new("grab", 0), new("upload", 0), new("preprocess", 0), new("infer", 0), new("read back", 0), new("draw", 0)];

    /// <summary>Grab, upload, preprocess, infer, read back, draw.</summary>
    public ReadOnlySpan<Stage> Stages => stages;

    /// <summary>From a picture's arrival to the swap that showed it; 0 before the first.</summary>
    public float ScreenMilliseconds { get; private set; }

    /// <summary>How long this tick's drawing waited for the screen, and what the device that draws last took, in milliseconds; the host writes both.</summary>
    public TimeSpan Waited { get; set; }
    public double DrawnByDevice { get; set; }

    /// <summary>Smoothed.</summary>
    public float TicksPerSecond { get; internal set; }

    /// <summary>Capture: reading and decoding one picture.</summary>
    public void Grab(double milliseconds) => Follow(0, milliseconds);

    /// <summary>The network: from a picture to its answer.</summary>
    public void Network(double upload, double preprocess, double infer, double readBack)
    {
        Follow(1, upload);
        Follow(2, preprocess);
        Follow(3, infer);
        Follow(4, readBack);
    }

    /// <summary>The host: composing and drawing one frame, the wait for the screen left out.</summary>
    public void Draw(double milliseconds) => Follow(5, milliseconds);

    /// <summary>The host: how old a picture was when it came on the screen.</summary>
    public void Screen(double milliseconds) => ScreenMilliseconds = (float)Blend(ScreenMilliseconds, milliseconds);

    private void Follow(int stage, double now) => stages[stage] = stages[stage] with { Milliseconds = (float)Blend(stages[stage].Milliseconds, now) };

    // The first run of all compiles and warms caches: it is forgotten as soon as others take a fraction of it.
    private static double Blend(double old, double now) => old == 0 || now < old / 4 ? now : old + (now - old) * Newest;
}
