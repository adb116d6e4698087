using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>What is captured and how.</summary>
/// <param name="Source">In any of the forms of <see cref="CameraSource.Open"/>.</param>
public sealed record CaptureSettings(string Source)
{
    /// <summary>What a camera device is asked for, and how long slides are shown. The time-outs come from <see cref="Times"/>.</summary>
    public CameraWish Wish { get; init; }

    public CameraView View { get; init; } = CameraView.Plain;

    /// <summary>Files and folders start again at their end.</summary>
    public bool Loop { get; init; }

    /// <summary>
    /// Files and folders: 1 plays at their own rate and 2 twice as fast, the newest picture wins; null delivers every picture once, as fast as
    /// they are taken.
    /// </summary>
    public double? Speed { get; init; }

    /// <summary>
    /// Without a window: an update waits for a picture, and a source that cannot be opened the first time is an error. Otherwise no update
    /// waits, and whatever fails is tried again.
    /// </summary>
    public bool Waits { get; init; }

    /// <summary>The last picture of a file stays, and the loop goes on.</summary>
    public bool Stays { get; init; }

    /// <summary>Pictures after which it ends.</summary>
    public long Limit { get; init; } = long.MaxValue;

    public CaptureTimes Times { get; init; } = CaptureTimes.Usual;

    /// <summary>Opens a source; called on the capture thread.</summary>
    public Func<string, CameraWish, Camera> Open { get; init; } = CameraSource.Open;

    /// <summary>The wish with the time-outs.</summary>
    internal CameraWish FullWish => Wish with { OpenMilliseconds = (int)Times.Open.TotalMilliseconds, ReadMilliseconds = (int)Times.Read.TotalMilliseconds };
}

/// <summary>What an opened source says of itself; see the properties of <see cref="Camera"/>.</summary>
public sealed record CameraFacts(string Name, int Width, int Height, double FramesPerSecond, long? FrameCount, bool IsLive);
