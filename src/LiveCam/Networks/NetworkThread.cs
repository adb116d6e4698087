using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Networks;

/// <summary>
/// A network on a thread of its own with lower priority: the newest picture wins, results change hands without a wait, and another
/// thread builds what was wished for.
/// </summary>
/// <remarks>Three pictures and three results each: one being written, one ready, one in the loop's hands.</remarks>
public sealed class NetworkThread : LiveNetwork
{
    // How often the time of every step is taken, and how long a run may last before ending is given up.
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(4), Patience = TimeSpan.FromSeconds(20);

    private readonly object gate = new();
    private readonly NetworkBuilder builder;
    private readonly Steadying steadying = new();
    private readonly Queue<NetworkWish> wishes = new();
    private readonly Thread runner, workshop;
    private Look waiting, looking;
    private NetworkResult ready, writing, held;
    private Classifier? next, classifier;
    private NetworkInfo? network;
    private string? complaint;
    private bool hasPicture, hasResult, isEnding, looksAgain, isBuilding;
    private long measured;

    private struct Look
    {
        public Picture? Picture;
        public long Number, Arrived;
        public TimeSpan Time;
    }

    /// <summary>Whether wishes are waiting or being built.</summary>
    public bool IsBuilding
    {
        get { lock (gate) return isBuilding || wishes.Count > 0 || next is not null; }
    }

    /// <param name="builder">Disposed of with the thread; only used on the thread that builds.</param>
    public NetworkThread(NetworkBuilder builder, int top = 5)
    {
        this.builder = builder;
        (ready, writing, held) = (new(top), new(top), new(top));
        wishes.Enqueue(new());
        runner = new Thread(Run) { IsBackground = true, Name = "network" };
        // Compilers of shaders recurse deeply.
        workshop = new Thread(Build, maxStackSize: 16 << 20) { IsBackground = true, Name = "network workshop" };
    }

    public override void Start()
    {
        workshop.Start();
        runner.Start();
    }

    public override void Want(NetworkWish wish)
    {
        lock (gate)
        {
            // Walking the layers faster than they can be planned skips some.
            if (wish is { Layer: not null, Model: null, Labels: null, Device: null } && wishes.TryPeek(out NetworkWish? first) && first.Layer is not null) wishes.Dequeue();
            wishes.Enqueue(wish);
            Monitor.PulseAll(gate);
        }
    }

    public override void Offer(Frame frame)
    {
        lock (gate)
        {
            if (frame.IsNew && frame.Picture is { } from)
            {
                if (waiting.Picture is not { } to || to.Width != from.Width || to.Height != from.Height || to.Format != from.Format)
                    waiting.Picture = to = new Picture(from.Width, from.Height, from.Format);
                from.Bytes.CopyTo(to.Bytes, 0);
                (waiting.Number, waiting.Time, waiting.Arrived) = (frame.Number, frame.Time, frame.Arrived);
                hasPicture = true;
            }
            else
            {
                looksAgain = true;
            }
            Monitor.PulseAll(gate);
        }
    }

    public override NetworkResult? Take()
    {
        lock (gate)
        {
            if (!hasResult) return null;
            (held, ready, hasResult) = (ready, held, false);
            return held;
        }
    }

    public override string? TakeComplaint()
    {
        lock (gate)
        {
            string? told = complaint;
            complaint = null;
            return told;
        }
    }

    private void Run()
    {
        ThreadPriorities.Lower();
        while (Await())
        {
            try
            {
                long now = Stopwatch.GetTimestamp();
                writing.Run(classifier!, network!, steadying, looking.Picture!, looking.Number, looking.Time, looking.Arrived);
                if (Stopwatch.GetElapsedTime(measured, now) > MeasureEvery || classifier!.Plan.StepMilliseconds.Count == 0)
                {
                    measured = now;
                    classifier!.Plan.Measure();
                }
            }
            catch (LiveCamException error)
            {
                lock (gate) complaint = error.Message;
                continue;
            }
            lock (gate) (ready, writing, hasResult) = (writing, ready, true);
        }
        classifier?.Dispose();
    }

    /// <summary>Waits for something to look at and takes a new network in.</summary>
    private bool Await()
    {
        Classifier? old = null;
        lock (gate)
        {
            while (!isEnding && !(hasPicture && (classifier ?? next) is not null) && !(looking.Picture is not null && (next is not null || looksAgain && classifier is not null)))
                Monitor.Wait(gate);
            if (isEnding) return false;
            if (hasPicture) (looking, waiting, hasPicture) = (waiting, looking, false);
            looksAgain = false;
            if (next is not null)
            {
                (old, classifier, next) = (classifier, next, null);
                network = NetworkInfo.Of(classifier);
            }
        }
        old?.Dispose();
        return true;
    }

    private void Build()
    {
        // Threads of the devices opened here inherit the lower priority.
        ThreadPriorities.Lower();
        while (NextWish() is { } wish)
        {
            Classifier? made = null;
            string? failure = null;
            try
            {
                made = builder.Build(wish);
            }
            catch (Exception error) when (error is LiveCamException or OutOfMemoryException)
            {
                failure = error.Message;
            }
            Classifier? unused;
            lock (gate)
            {
                (isBuilding, complaint) = (false, failure ?? complaint);
                unused = made is null ? null : next;
                next = made ?? next;
                Monitor.PulseAll(gate);
            }
            unused?.Dispose();
        }
        runner.Join();
        next?.Dispose();
        builder.Dispose();
    }

    private NetworkWish? NextWish()
    {
        lock (gate)
        {
            while (!isEnding && wishes.Count == 0) Monitor.Wait(gate);
            isBuilding = !isEnding;
            return isEnding ? null : wishes.Dequeue();
        }
    }

    public override void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }
        if (workshop.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted)) builder.Dispose();
        else workshop.Join(Patience);
    }
}
