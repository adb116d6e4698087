using System.Diagnostics;
using LiveCam.Engine.Planning;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Teaching;

/// <summary>
/// Learns from a project's samples while the loop goes on: the newest set of samples wins, a new lesson answers only when the guard has nothing against it, and lessons
/// are kept to go back to. On a thread of its own below the loop's, or, for runs that have to repeat, within the call.
/// </summary>
/// <param name="store">Stays the caller's; disposed of after this.</param>
/// <param name="open">Opens the device that features of samples are computed on where the network runs on the processor; on OpenGL it is the network's own.</param>
/// <param name="waits">Whether <see cref="Follow"/> does the work itself and comes back when it is done.</param>
/// <param name="chosen">How to learn at first; null as the project did before.</param>
public sealed partial class Learner(SampleStore store, Func<Device> open, bool waits = false, HeadKind? chosen = null) : IDisposable
{
    // Until the same network is tried again with which something went wrong.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Queue<LessonCommand> wishes = new();
    private readonly CancellationTokenSource ending = new();
    private CancellationTokenSource studying = new();
    private readonly LessonBook book = new(store.Project, new SampleFiles());
    private volatile LessonState state = new(null, HeadKind.Usual);
    private readonly BackgroundWorker worker = new("learner", isBehind: true, stack: 16 << 20);
    private TeachingState? looked;
    private bool isLooking, looksAgain;
    private NetworkInfo? wanted;
    private bool isRecording;
    private (NetworkInfo? Network, long At) failed;

    /// <summary>How learning stands. From any thread.</summary>
    public LessonState State => state;

    public void Want(LessonCommand wish)
    {
        lock (gate) wishes.Enqueue(wish);
    }

    /// <summary>Tells what the loop sees; called in every tick.</summary>
    /// <param name="network">The network whose features are taught with.</param>
    /// <param name="recording">Whether more samples come at once: what is learned meanwhile is not worth keeping on disk.</param>
    public void Follow(NetworkInfo network, bool recording)
    {
        bool hasChanged;
        lock (gate)
        {
            hasChanged = !ReferenceEquals(network, wanted) || recording != isRecording || wishes.Count > 0;
            // Features of many samples take long: nobody waits for those of a network that is not wanted any more.
            if (wanted is not null && !waits && (network.Model.Graph != wanted.Model.Graph || network.Features != wanted.Features)) studying.Cancel();
            (wanted, isRecording) = (network, recording);
        }
        if (waits)
        {
            store.Settle();
            Work();
            return;
        }
        // While fine-tuning goes on, or something has to be tried again, every tick is a reason to look.
        if (hasChanged || !ReferenceEquals(store.State, looked) || isTuning || tuned is not null || state.Progress is not null || failed.Network is not null) Look();
    }

    /// <summary>Has the thread look at samples and wishes, once more where it does already.</summary>
    private void Look()
    {
        looked = store.State;
        lock (gate)
        {
            (bool isUnderWay, isLooking, looksAgain) = (isLooking, true, isLooking);
            if (isUnderWay) return;
        }
        worker.Post(Work);
        worker.Post(LookOn);
    }

    private void LookOn()
    {
        lock (gate)
        {
            if (!looksAgain || ending.IsCancellationRequested)
            {
                isLooking = false;
                return;
            }
            looksAgain = false;
        }
        worker.Post(Work);
        worker.Post(LookOn);
    }

    private void Work()
    {
        if (ending.IsCancellationRequested) return;
        (NetworkInfo network, bool recording) = (null!, false);
        try
        {
            lock (gate)
            {
                (network, recording) = (wanted!, isRecording);
                if (studying.IsCancellationRequested && !ending.IsCancellationRequested)
                {
                    studying.Dispose();
                    studying = new();
                }
            }
            // Planning a network only to fail again is not done without pause.
            if (!waits && ReferenceEquals(network, failed.Network) && Stopwatch.GetElapsedTime(failed.At) < Pause) return;
            Study(network);
            if (!recording) Keep();
            if (state.Trouble is not null && trouble is null) state = state with { Trouble = null };
            if (trouble is not null && state.Trouble != trouble) state = state with { Trouble = trouble };
        }
        catch (Exception error) when (Trouble.IsOfFiles(error))
        {
            failed = (network, Stopwatch.GetTimestamp());
            string sentence = Trouble.Sentence("Learning", store.Project, error);
            if (state.Trouble != sentence) state = state with { Trouble = sentence, IsLearning = false };
        }
        catch (OperationCanceledException)
        {
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        lock (gate) studying.Cancel();
        worker.Dispose();
        tuner.Dispose();
        // What was learned while samples came is kept when nothing more comes.
        if (backbone is not null)
        {
            try { Keep(); }
            catch (Exception error) when (Trouble.IsOfFiles(error))
            {
                // Nobody is left to tell; the samples are there, and the lesson is learned again from them.
            }
        }
        Close();
        processor?.Dispose();
        ending.Dispose();
        studying.Dispose();
    }
}
