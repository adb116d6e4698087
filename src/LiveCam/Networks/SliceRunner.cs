using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Networks;

/// <summary>
/// A network on the display's own OpenGL context: each tick runs as much of it as its budget holds, and what comes back is asked for
/// and never waited for. Feature maps stay where they are.
/// </summary>
internal sealed class SliceRunner : NetworkRunner
{
    private const int Upload = 0, Preprocess = 1, Infer = 2, ReadBack = 3, Stages = 4;

    // Runs and ticks under way at the same time at most, with room to spare.
    private const int Kept = 16;

    private readonly GlClassifier classifier;
    private readonly GpuTimer timer;
    private readonly NetworkResult result;
    private readonly double[] times = new double[Stages];
    private readonly double[] expected = new double[Kept];
    private readonly (long Number, TimeSpan Time, long Arrived)[] runs = new (long, TimeSpan, long)[Kept];
    private Probe probed;
    private bool isWaiting, isRunning, isUnsent, hasResult, hasLayer;
    private string? complaint;
    private long run = -1;

    // From a picture to its answer, the last time; more before the first.
    private double latency = double.PositiveInfinity;

    public SliceRunner(GlClassifier classifier, int top) : base(classifier)
    {
        this.classifier = classifier;
        timer = new GpuTimer(classifier.GlDevice.Gl, Stages);
        result = new NetworkResult(top);
    }

    public override void Offer(Frame frame, bool again)
    {
        try
        {
            Run(frame, again);
        }
        catch (LiveCamException error)
        {
            (isRunning, complaint) = (false, error.Message);
        }
    }

    private void Run(Frame frame, bool again)
    {
        long tick = timer.BeginFrame();
        isWaiting |= frame.IsNew || again;
        if (!isRunning && isWaiting && frame.Picture is { } picture && classifier.TryPrepare(picture))
        {
            isWaiting = false;
            isRunning = true;
            runs[++run % Kept] = (frame.Number, frame.Time, frame.Arrived);
            timer.Begin(Upload);
            classifier.Upload(picture);
            timer.End(Upload);
            timer.Begin(Preprocess);
            classifier.Preprocess();
            timer.End(Preprocess);
        }
        bool isFinished = false;
        expected[tick % Kept] = 0;
        if (isRunning)
        {
            timer.Begin(Infer);
            isFinished = classifier.GlPlan.RunFor(frame.Budget);
            timer.End(Infer);
            expected[tick % Kept] = classifier.GlPlan.LastExpected;
            frame.Spend(expected[tick % Kept]);
        }
        timer.Begin(ReadBack);
        if (isFinished)
        {
            isRunning = false;
            classifier.Send(run);
            hasLayer |= classifier.Atlas is not null;
        }
        if (hasLayer) Ask(isFinished);
        timer.End(ReadBack);
        timer.EndFrame();
        // A run without an answer and without a layer has nothing that comes back.
        if (isFinished && classifier is { Atlas: null, Answers: false }) Fill(run);
    }

    public override NetworkResult? Take()
    {
        try
        {
            return Receive();
        }
        catch (LiveCamException error)
        {
            complaint = error.Message;
            return null;
        }
    }

    public override string? TakeError()
    {
        string? told = complaint;
        complaint = null;
        return told;
    }

    private NetworkResult? Receive()
    {
        if (timer.TryRead(times, out long tick))
        {
            classifier.GlPlan.Learn(expected[tick % Kept], times[Infer]);
            result.Time(times[Upload], times[Preprocess], Math.Min(latency, classifier.GlPlan.ExpectedMilliseconds), times[ReadBack]);
        }
        bool isLayer = classifier.Atlas?.TryReceive() == true;
        if (isLayer)
        {
            result.Layer.Adopt(classifier, classifier.Atlas!);
            result.Layer.Refresh();
        }
        if (classifier.TryReceive(out long came)) Fill(came);
        else if (isLayer && !classifier.Answers) Fill(classifier.Atlas!.ArrivedRun);
        bool given = hasResult && (classifier.Atlas is null || result.Layer.OnDevice is not null);
        if (given) hasResult = false;
        return given ? result : null;
    }

    /// <summary>States of all channels after a run, and the value at the probe whenever it has moved.</summary>
    private void Ask(bool isFinished)
    {
        Probe wanted = Probe with { Channel = Math.Clamp(Probe.Channel, 0, classifier.Atlas!.Count - 1) };
        if (!isFinished && !isUnsent && wanted == probed) return;
        probed = wanted;
        classifier.Probe(probed.Channel, probed.Place);
        isUnsent = !classifier.Atlas.TrySend(run);
    }

    private void Fill(long came)
    {
        (long number, TimeSpan time, long arrived) = runs[came % Kept];
        // No run takes longer than its answer, whatever its steps are expected to take.
        latency = Stopwatch.GetElapsedTime(arrived).TotalMilliseconds;
        result.Fill(classifier, Network, Steadying, number, time, latency, Math.Min(latency, classifier.GlPlan.ExpectedMilliseconds));
        hasResult = true;
    }

    public override void Dispose()
    {
        timer.Dispose();
        classifier.Dispose();
    }
}
