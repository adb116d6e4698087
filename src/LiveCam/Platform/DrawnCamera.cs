using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>A moving test picture that needs no camera. Frame n is a function of n and the size alone, so tests can ask for it again.</summary>
public abstract class DrawnCamera(int width, int height, double framesPerSecond, long? frames) : Camera
{
    private long next;

    public override int Width => width;
    public override int Height => height;
    public override double FramesPerSecond => framesPerSecond;
    public override long? FrameCount => frames;
    public override bool IsLive => false;

    public override bool Read(ref Picture? slot, out TimeSpan time)
    {
        time = TimeSpan.FromSeconds(next / framesPerSecond);
        if (next >= frames) return false;
        Draw(Fit(ref slot, width, height), next++);
        return true;
    }

    /// <summary>Paints a frame into a Bgr8 picture, with operations that every machine rounds alike.</summary>
    protected abstract void Draw(Picture picture, long number);

    public override void Dispose() { }
}
