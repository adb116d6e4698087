using System.Diagnostics;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;

namespace LiveCam.Tests.Capture;

/// <summary>A loop that takes pictures as a window's would, and remembers the states of the camera.</summary>
internal sealed class Watcher : IDisposable
{
    /// <summary>Short waits; what a test is not about is long, so that a busy machine does not bring it in.</summary>
    public static CaptureTimes Times { get; } = new()
    {
        Frozen = TimeSpan.FromSeconds(20), Black = TimeSpan.FromSeconds(20), FirstRetry = TimeSpan.FromMilliseconds(20), LastRetry = TimeSpan.FromMilliseconds(80),
        Open = TimeSpan.FromSeconds(8), Read = TimeSpan.FromSeconds(8), GiveUp = TimeSpan.FromSeconds(20),
    };

    private Grab held;

    public Watcher(CaptureSettings settings) => Grabber = new Grabber(settings);

    public Watcher(string source, CaptureTimes? times = null) : this(new CaptureSettings(source) { Speed = 1, Stays = true, Times = times ?? Times }) { }

    public Grabber Grabber { get; }
    public List<CameraStatus> Changes { get; } = [];
    public IEnumerable<CameraState> States => Changes.Select(change => change.State);
    public Picture? Picture => held.Picture;
    public Grab Held => held;
    public int Taken { get; private set; }

    /// <summary>Takes pictures until the condition is met; fails after a time that only a hang needs.</summary>
    public void Until(Func<bool> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); !condition();)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"it did not come that far; states: {string.Join(", ", States)}; {Grabber.Status}");
            if (Grabber.Take(ref held, TimeSpan.FromMilliseconds(10), CancellationToken.None)) Taken++;
            while (Grabber.TryTakeChange(out CameraStatus change)) Changes.Add(change);
        }
    }

    public void Until(CameraState state) => Until(() => Changes.Count > 0 && Changes[^1].State == state);

    /// <summary>Until so many more pictures came.</summary>
    public void UntilMore(int pictures)
    {
        int until = Taken + pictures;
        Until(() => Taken >= until);
    }

    public void Dispose() => Grabber.Dispose();
}
