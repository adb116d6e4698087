namespace LiveCam.Plugins.Capture;

/// <summary>Waits that double from <see cref="CaptureTimes.FirstRetry"/> to <see cref="CaptureTimes.LastRetry"/>, each up to a quarter shorter by chance.</summary>
internal sealed class Backoff(CaptureTimes times)
{
    private const double Jitter = 0.25;

    private readonly Random random = new(times.Seed);
    private int failures;

    public TimeSpan Next()
    {
        // 2^30 of the shortest wait is beyond any longest one.
        double doubled = times.FirstRetry.TotalSeconds * (1L << Math.Min(failures++, 30));
        return TimeSpan.FromSeconds(Math.Min(doubled, times.LastRetry.TotalSeconds) * (1 - Jitter * random.NextDouble()));
    }

    public void Reset() => failures = 0;
}
