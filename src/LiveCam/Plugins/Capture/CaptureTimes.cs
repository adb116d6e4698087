namespace LiveCam.Plugins.Capture;

/// <summary>How long capture waits for what. Tests make everything short.</summary>
public sealed record CaptureTimes
{
    /// <summary>What people want.</summary>
    public static CaptureTimes Usual { get; } = new();

    /// <summary>A live source without a new picture for so long is frozen.</summary>
    public TimeSpan Frozen { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A live source that is black for so long is called so.</summary>
    public TimeSpan Black { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between the first failure and the next attempt to open; each further wait is twice as long.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Between attempts at most.</summary>
    public TimeSpan LastRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For a stream to open, as the decoder is told.</summary>
    public TimeSpan Open { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For a stream to send a picture, as the decoder is told; after it the stream is lost.</summary>
    public TimeSpan Read { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>A call that has not come back after so long is given up with its thread. Longer than <see cref="Open"/> and <see cref="Read"/>.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Threads at most, those included that were given up and have not come back.</summary>
    public int Threads { get; init; } = 4;

    /// <summary>Of the jitter that keeps many programs from asking a sender all at once.</summary>
    public int Seed { get; init; } = 1;
}
