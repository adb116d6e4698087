using System.Diagnostics;

namespace LiveCam.Loop;

/// <summary>Keeps a loop at 60 frames a second where the display does not hold it back itself.</summary>
internal sealed class FramePacer
{
    private const double Usual = 1.0 / 60, Instant = 0.0005;
    private const int Sure = 8;

    private long last;
    private int instant;

    /// <summary>Waits when showing frames has come back at once several times in a row, which a display that waits for its screen never does.</summary>
    /// <param name="swapped">How long showing the frame took.</param>
    public void Wait(TimeSpan swapped)
    {
        instant = swapped.TotalSeconds < Instant ? Math.Min(instant + 1, Sure) : 0;
        double left = Usual - Stopwatch.GetElapsedTime(last).TotalSeconds;
        if (instant == Sure && last != 0 && left > 0) Thread.Sleep(TimeSpan.FromSeconds(left));
        last = Stopwatch.GetTimestamp();
    }
}
