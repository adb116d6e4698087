namespace LiveCam.Loop;

/// <summary>
/// The time of the newest picture: the clock of a run that nobody watches and that takes a file as fast as it can. So a script's events meet the
/// same pictures on every machine. It never goes back.
/// </summary>
internal sealed class SourceClock(Frame frame) : TimeProvider
{
    private long latest;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => latest = Math.Max(latest, frame.Time.Ticks);
}
