using System.Diagnostics;

namespace LiveCam.Plugins.Capture;

/// <summary>From a file's own times to the moments at which its pictures are due, in Stopwatch ticks.</summary>
/// <param name="speed">2 is twice as fast.</param>
internal sealed class Pacer(double speed)
{
    // A picture later than this (half a second) starts the count anew: nothing is caught up in a rush.
    private static readonly long Late = Stopwatch.Frequency / 2;

    private bool hasBegun;
    private long began;
    private TimeSpan first;

    public long Due(TimeSpan time, long now)
    {
        long due = began + (long)((time - first).TotalSeconds / speed * Stopwatch.Frequency);
        if (hasBegun && now - due <= Late) return due;
        (hasBegun, began, first) = (true, now, time);
        return now;
    }
}
