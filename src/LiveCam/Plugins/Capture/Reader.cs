using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>
/// One source on a thread of its own: opens it, reads it, shapes and judges its pictures, hands them over, opens it again when it went away. A
/// reader that its grabber has let go of ends as soon as the call it is in comes back, and disturbs nobody until then.
/// </summary>
internal sealed class Reader
{
    private readonly Grabber grabber;
    private readonly CaptureSettings settings;
    private readonly string source;
    private readonly Thread thread;
    private readonly PictureWatch watch = new();
    private readonly Pacer? pacer;
    private Grab filling;
    private Picture? raw;
    private CameraView seen = CameraView.Plain;
    private TimeSpan shift, last;   // what earlier rounds of a loop lasted; the newest picture's time
    private long calledAt;          // when the call began that may not come back, in Stopwatch ticks; 0 outside of one

    public Reader(Grabber grabber, CaptureSettings settings, string source)
    {
        (this.grabber, this.settings, this.source) = (grabber, settings, source);
        pacer = settings.Speed is { } speed ? new Pacer(speed) : null;
        thread = new Thread(Run) { IsBackground = true, Name = "camera" };
    }

    public void Start() => thread.Start();

    public void Join(TimeSpan patience) => thread.Join(patience);

    /// <summary>Whether a call has not come back since this moment.</summary>
    public bool IsStuckSince(long moment) => Interlocked.Read(ref calledAt) is not 0 and var at && at < moment;

    private void Run()
    {
        try
        {
            bool goesOn = true;
            while (goesOn && grabber.Wants(this))
            {
                Camera? camera = Open();
                if (camera is null)
                {
                    goesOn = grabber.Pause(this);
                    continue;
                }
                try
                {
                    goesOn = Play(camera);
                }
                finally
                {
                    Begin();
                    camera.Dispose();
                    End();
                }
            }
        }
        catch (Exception failure)
        {
            // Thrown again where the picture is missed.
            grabber.Break(this, failure);
        }
        finally
        {
            grabber.Leave();
        }
    }

    private Camera? Open()
    {
        Begin();
        try
        {
            return settings.Open(source, settings.FullWish);
        }
        catch (LiveCamException error)
        {
            grabber.Miss(this, error);
            return null;
        }
        finally
        {
            End();
        }
    }

    /// <returns>Whether the source shall be opened again.</returns>
    private bool Play(Camera camera)
    {
        grabber.Greet(this, camera);
        watch.Reset();
        bool keepsAll = !camera.IsLive && pacer is null, hasPlayed = false;
        while (grabber.Wants(this))
        {
            try
            {
                if (!Read(camera)) break;
            }
            catch (LiveCamException damaged) when (camera is FolderCamera { FrameCount: > 1 })
            {
                grabber.Tell(damaged.Message);
                continue;
            }
            catch (LiveCamException error) when (camera.IsLive || !settings.Waits)
            {
                return grabber.Lose(this, error) && grabber.Pause(this);
            }
            hasPlayed = true;
            if (!camera.IsLive && pacer is not null) grabber.WaitUntil(this, pacer.Due(filling.Time, Stopwatch.GetTimestamp()));
            bool isSame = watch.IsSame(filling.Picture!, out bool isBlack);
            if (!grabber.HandOver(this, ref filling, keepsAll, isSame, isBlack)) return false;
        }
        if (!grabber.Wants(this)) return false;
        if (camera.IsLive) return grabber.Lose(this, null) && grabber.Pause(this);
        if (camera.Missing is { } missing) grabber.Tell(missing, isLoss: true);
        shift = last + Length(camera);
        if (settings.Loop && hasPlayed) return true;
        if (pacer is not null && hasPlayed && !settings.Stays) grabber.WaitUntil(this, pacer.Due(shift, Stopwatch.GetTimestamp()));
        return grabber.Finish(this, seen);
    }

    private bool Read(Camera camera)
    {
        CameraView view = grabber.View;
        long start = Stopwatch.GetTimestamp();
        Begin();
        bool isThere;
        TimeSpan time;
        try
        {
            isThere = view.IsPlain ? camera.Read(ref filling.Picture, out time) : camera.Read(ref raw, out time);
        }
        finally
        {
            End();
        }
        if (!isThere) return false;
        seen = view;
        filling.File = camera.CurrentFile;
        if (!view.IsPlain) view.Apply(raw!, ref filling.Picture);
        filling.Arrived = Stopwatch.GetTimestamp();
        filling.Took = Stopwatch.GetElapsedTime(start, filling.Arrived);
        filling.Time = last = camera.IsLive ? grabber.Running : shift + time;
        return true;
    }

    /// <summary>How long one picture is shown.</summary>
    private TimeSpan Length(Camera camera)
    {
        double fallback = camera is FolderCamera ? settings.Wish.SlideSeconds : 1.0 / 30;
        return TimeSpan.FromSeconds(camera.FramesPerSecond > 0 ? 1 / camera.FramesPerSecond : fallback > 0 ? fallback : 1);
    }

    private void Begin() => Interlocked.Exchange(ref calledAt, Stopwatch.GetTimestamp());

    private void End() => Interlocked.Exchange(ref calledAt, 0);
}
