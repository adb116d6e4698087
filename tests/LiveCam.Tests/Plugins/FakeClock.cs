namespace LiveCam.Tests.Plugins;

/// <summary>A clock that stands until the test moves it.</summary>
internal sealed class FakeClock : TimeProvider
{
    private long now = 1_000_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => now;
    public void Advance(TimeSpan time) => now += time.Ticks;
}
