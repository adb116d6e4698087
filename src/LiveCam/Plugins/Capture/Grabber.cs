using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>
/// Where readers leave pictures and the loop takes them. From a live source, or a file played at its own rate, the newest picture wins and an
/// older one nobody took is dropped; otherwise every picture waits until it is taken.
/// </summary>
/// <remarks>
/// Three pictures change hands: one being filled, one ready, one in the loop's hands. Nothing is copied. One reader is current; those that were
/// let go of, because the source was switched or a call did not come back, are refused by every method below. Another one may be on trial: with
/// its first picture it becomes the current one, and where it fails before that nothing changes.
/// </remarks>
internal sealed partial class Grabber : IDisposable
{
    // How soon a wish to stop is noticed, how long a camera may take to let go, and after what silence it is not waited for.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(3), Silence = TimeSpan.FromMilliseconds(500);

    private readonly object gate = new();
    private readonly CaptureSettings settings;
    private readonly CameraHealth health;
    private readonly Backoff backoff;
    private readonly Queue<(string Sentence, bool IsLoss)> told = [];
    private readonly Queue<string> refusals = [];
    private readonly long beganAt = Stopwatch.GetTimestamp();
    private volatile CameraView view;
    private Reader? reader, trial;
    private CameraFacts? facts, trialFacts;
    private string source, trialSource = "";
    private Grab ready;
    private bool isReady, hasEnded, isOver, isEnding;
    private long captured, dropped, duplicated, startAt;
    private int threads;
    private Exception? error;

    public Grabber(CaptureSettings settings)
    {
        (this.settings, source, view, health, backoff) = (settings, settings.Source, settings.View, new(settings.Times), new(settings.Times));
        lock (gate) Start();
    }

    public long Captured => Interlocked.Read(ref captured);

    /// <summary>Captured pictures that a newer one replaced before they were taken.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Captured pictures that were the one before, bit for bit.</summary>
    public long Duplicated => Interlocked.Read(ref duplicated);

    public CameraStatus Status
    {
        get { lock (gate) return health.Status; }
    }

    /// <summary>Whether the source's pictures are all captured, and the last one stays.</summary>
    public bool IsOver
    {
        get { lock (gate) return isOver && !isReady; }
    }

    public string Source
    {
        get { lock (gate) return source; }
    }

    /// <summary>What is done to pictures from the next one on. A still picture is read again to show it.</summary>
    public CameraView View
    {
        get => view;
        set
        {
            lock (gate)
            {
                view = value;
                if (isOver && facts is { FrameCount: 1 }) Start();
            }
        }
    }

    /// <summary>Whether every picture was taken and none comes any more.</summary>
    public bool HasEnded
    {
        get { lock (gate) return hasEnded && !isReady; }
    }

    /// <summary>Waits for the next picture and gives back the last one's memory. Allocates nothing.</summary>
    /// <param name="held">In: a picture that may be overwritten. Out: the new one, held until the next call.</param>
    /// <returns>False when the time is over, at the end of the source, or when somebody wants to stop.</returns>
    /// <exception cref="LiveCamException">The source failed for good.</exception>
    public bool Take(ref Grab held, TimeSpan patience, CancellationToken stop)
    {
        long until = Stopwatch.GetTimestamp() + Ticks(patience);
        lock (gate)
        {
            while (!isReady)
            {
                long now = Stopwatch.GetTimestamp();
                Watch(now);
                if (error is not null) ExceptionDispatchInfo.Throw(error);
                if (hasEnded || stop.IsCancellationRequested || now >= until) return false;
                Monitor.Wait(gate, Span(Math.Min(until - now, Ticks(Notice))));
            }
            Watch(Stopwatch.GetTimestamp());
            (held, ready, isReady) = (ready, held, false);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Waits until the source is open and says what it is; null when somebody wants to stop.</summary>
    /// <exception cref="LiveCamException">It cannot be opened.</exception>
    public CameraFacts? AwaitFacts(CancellationToken stop)
    {
        lock (gate)
        {
            while (facts is null)
            {
                Watch(Stopwatch.GetTimestamp());
                if (error is not null) ExceptionDispatchInfo.Throw(error);
                if (hasEnded || stop.IsCancellationRequested) return null;
                Monitor.Wait(gate, Notice);
            }
            return facts;
        }
    }

    /// <summary>Every change of the camera's state once, oldest first.</summary>
    public bool TryTakeChange(out CameraStatus status)
    {
        lock (gate) return health.TryTakeChange(out status);
    }

    /// <summary>Everything else worth telling once, oldest first.</summary>
    public bool TryTakeNote(out (string Sentence, bool IsLoss) note)
    {
        lock (gate) return told.TryDequeue(out note);
    }

    /// <summary>Why a source that was to be switched to was not; once, oldest first.</summary>
    public bool TryTakeRefusal(out string sentence)
    {
        lock (gate) return refusals.TryDequeue(out sentence!);
    }

    /// <summary>Captures another source from its first picture on. Until then, and where it fails before, the old one goes on.</summary>
    public void Switch(string to)
    {
        lock (gate)
        {
            if (isEnding || error is not null) return;
            trial = null;
            if (threads >= settings.Times.Threads)
            {
                refusals.Enqueue($"Switching to {CameraSource.Title(to)}: {threads} sources that were tried before have not answered yet. Try it again later.");
                return;
            }
            threads++;
            (trial, trialSource, trialFacts) = (new Reader(this, settings, to), to, null);
            trial.Start();
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Takes a switch back that has not come about yet.</summary>
    public void Keep()
    {
        lock (gate) trial = null;
    }

    public void Dispose()
    {
        Reader? last;
        lock (gate)
        {
            isEnding = true;
            (last, reader, trial) = (reader, null, null);
            Monitor.PulseAll(gate);
        }
        // A source that does not answer keeps its thread, which ends with the program; nobody who quits waits for it.
        if (last is null || last.IsStuckSince(Stopwatch.GetTimestamp() - Ticks(Silence))) return;
        last.Join(Patience);
    }

    /// <summary>Begins with a source from its title on: the state is opening, whatever it was.</summary>
    private void Start()
    {
        health.Opening(CameraSource.Title(source), Path.Exists(source), Stopwatch.GetTimestamp());
        (reader, isOver, startAt) = (null, false, 0);
        StartReader(0);
    }

    /// <summary>Gives up a call that does not come back, and starts a reader where there is none.</summary>
    private void Watch(long now)
    {
        health.Watch(now);
        if (reader is not null && reader.IsStuckSince(now - Ticks(settings.Times.GiveUp)))
        {
            var silence = new LiveCamException($"{CameraSource.Title(source)} has not answered for {settings.Times.GiveUp.TotalSeconds:0.#} seconds; it was given up.");
            if (settings.Waits && facts is not { IsLive: true }) error = silence;
            reader = null;
            health.Missed(silence.Message, now);
            startAt = now + Ticks(backoff.Next());
        }
        if (trial is not null && trial.IsStuckSince(now - Ticks(settings.Times.GiveUp)))
            Refuse($"{CameraSource.Title(trialSource)} has not answered for {settings.Times.GiveUp.TotalSeconds:0.#} seconds; it was given up.");
        StartReader(now);
    }

    private void StartReader(long now)
    {
        if (reader is not null || isOver || hasEnded || isEnding || error is not null || now < startAt || threads >= settings.Times.Threads) return;
        threads++;
        reader = new Reader(this, settings, source);
        reader.Start();
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    // Rounded up to whole milliseconds, which is what waiting knows: a moment too late is better than a turn too many.
    private static TimeSpan Span(long ticks) => TimeSpan.FromMilliseconds(Math.Ceiling(ticks * 1e3 / Stopwatch.Frequency));
}
