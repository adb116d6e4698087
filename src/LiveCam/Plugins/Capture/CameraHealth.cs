using System.Diagnostics;
using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>From what happens to a source to its <see cref="CameraStatus"/>. Knows no thread and no clock: each call says when it is.</summary>
internal sealed class CameraHealth(CaptureTimes times)
{
    // A loop that never asks must not fill the memory.
    private const int Remembered = 256;

    private readonly Queue<CameraStatus> changes = [];
    private readonly long frozen = Ticks(times.Frozen), black = Ticks(times.Black);
    private string name = "";
    private bool wasSeen, isThere;
    private long lastArrival, lastFresh, blackSince;

    public CameraStatus Status { get; private set; } = CameraStatus.None;

    /// <summary>Every change of the state once, oldest first.</summary>
    public bool TryTakeChange(out CameraStatus status) => changes.TryDequeue(out status!);

    /// <summary>Another source is opened.</summary>
    /// <param name="title">Begins every sentence.</param>
    /// <param name="exists">Whether it is a file or a folder that is there.</param>
    public void Opening(string title, bool exists, long now)
    {
        (name, isThere, wasSeen, blackSince, Status) = (title, exists, false, 0, CameraStatus.None);
        Become(CameraState.Opening, "is being opened.", now);
    }

    /// <summary>Opening failed, or it did not answer.</summary>
    public void Missed(string why, long now)
    {
        Away(why, now);
        Status = Status with { Attempts = Status.Attempts + 1, Detail = why };
    }

    /// <summary>It went away after it was open.</summary>
    public void Away(string why, long now)
    {
        if (wasSeen) Become(CameraState.Lost, "went away; trying to reach it again.", now, why);
        else Become(CameraState.Absent, isThere ? "cannot be shown; trying again." : "is not there; trying again.", now, why);
    }

    /// <summary>A picture came.</summary>
    /// <param name="isSame">It is the one before, bit for bit.</param>
    /// <param name="isBlack">It is evenly black.</param>
    /// <param name="isLive">The source is a camera or a stream; others may repeat themselves and be black.</param>
    public void Arrived(bool isSame, bool isBlack, bool isLive, long now)
    {
        wasSeen = true;
        lastArrival = now;
        if (!isSame) lastFresh = now;
        if (!isBlack) blackSince = 0;
        else if (blackSince == 0) blackSince = now;
        if (!isLive)
        {
            lastArrival = long.MaxValue;
            Become(CameraState.Live, "is playing.", now);
        }
        else if (isBlack && now - blackSince >= black) Become(CameraState.Black, "sends a black picture; is the lens covered?", now);
        else if (isSame && now - lastFresh >= frozen) Become(CameraState.Frozen, "keeps sending the same picture.", now);
        else if (!isBlack && !isSame || Status.State is not (CameraState.Live or CameraState.Black or CameraState.Frozen)) Become(CameraState.Live, "is live.", now);
    }

    /// <summary>Time went by: a live source may have fallen silent.</summary>
    public void Watch(long now)
    {
        if (Status.State is CameraState.Live or CameraState.Black && now - lastArrival >= frozen)
            Become(CameraState.Frozen, "has stopped sending pictures.", now);
    }

    /// <summary>A file has come to its end.</summary>
    public void Ended() => Status = Status with { Text = $"{name} is at its end." };

    private void Become(CameraState state, string text, long now, string detail = "")
    {
        if (Status.State == state && Status != CameraStatus.None) return;
        Status = new CameraStatus(state, now, $"{name} {text}", detail);
        if (changes.Count == Remembered) changes.Dequeue();
        changes.Enqueue(Status);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
