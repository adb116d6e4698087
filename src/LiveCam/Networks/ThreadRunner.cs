using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Networks;

/// <summary>A network on a thread of its own with lower priority: the newest picture wins and results change hands without a wait.</summary>
/// <remarks>Three pictures and three results each: one being written, one ready, one in the loop's hands.</remarks>
internal sealed class ThreadRunner : NetworkRunner
{
    // How often the time of every step is taken.
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(4);

    private readonly object gate = new();
    private readonly Classifier classifier;
    private readonly Thread thread;
    private Look waiting, looking;
    private NetworkResult ready, writing, held;
    private string? complaint;
    private bool hasPicture, hasResult, isEnding, looksAgain;
    private long measured;

    private struct Look
    {
        public Picture? Picture;
        public long Number, Arrived;
        public TimeSpan Time;
    }

    public ThreadRunner(Classifier classifier, int top) : base(classifier)
    {
        this.classifier = classifier;
        (ready, writing, held) = (new(top), new(top), new(top));
        thread = new Thread(Run) { IsBackground = true, Name = "network" };
        thread.Start();
    }

    public override void Offer(Frame frame, bool again)
    {
        if (!frame.IsNew && !again || frame.Picture is not { } from) return;
        lock (gate)
        {
            if (frame.IsNew || looking.Picture is null && !hasPicture)
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

    public override string? TakeError()
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
                writing.Run(classifier, Network, Steadying, looking.Picture!, looking.Number, looking.Time, looking.Arrived);
                if (Stopwatch.GetElapsedTime(measured, now) > MeasureEvery || classifier.Plan.StepMilliseconds.Count == 0)
                {
                    measured = now;
                    classifier.Plan.Measure();
                }
            }
            catch (LiveCamException error)
            {
                lock (gate) complaint = error.Message;
                continue;
            }
            lock (gate) (ready, writing, hasResult) = (writing, ready, true);
        }
        classifier.Dispose();
    }

    /// <summary>Waits for something to look at.</summary>
    private bool Await()
    {
        lock (gate)
        {
            while (!isEnding && !hasPicture && !looksAgain) Monitor.Wait(gate);
            if (isEnding) return false;
            if (hasPicture) (looking, waiting, hasPicture) = (waiting, looking, false);
            looksAgain = false;
            return true;
        }
    }

    public override void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }
    }

    public override void Join(TimeSpan patience) => thread.Join(patience);
}
