using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Planning;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Teaching;

// Fine-tuning takes long, and learning goes on meanwhile.
public sealed partial class Learner
{
    private readonly BackgroundWorker tuner = new("fine-tuning", isBehind: true, stack: 16 << 20);
    private volatile bool isTuning;
    private volatile string tuning = "";
    private volatile TrainingCurve? tuningCurve;
    private volatile FineTuning.Outcome? tuned;

    private void Tune(PictureModel model, Device device, bool isWhole)
    {
        if (state.Live is not { } live)
        {
            Tell("nothing is taught yet that the backbone could be tuned to");
            return;
        }
        if (isTuning)
        {
            Tell(tuning);
            return;
        }
        tuning = "fine-tuning begins";
        var work = new FineTuning(store, model, isWhole, device as GlDevice, live, progress => tuning = progress, curve => tuningCurve = curve, ending.Token);
        if (waits)
        {
            TuneNow(work);
            return;
        }
        isTuning = true;
        tuner.Post(() =>
        {
            TuneNow(work);
            isTuning = false;
        });
    }

    private void TuneNow(FineTuning work)
    {
        try
        {
            tuned = work.Run();
        }
        catch (Exception error) when (Trouble.IsOfFiles(error) || error is OutOfMemoryException)
        {
            tuned = new(null, Trouble.Sentence("Fine-tuning", store.Project, error));
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            tuning = "";
        }
    }

    /// <summary>Tells how fine-tuning goes on, and what came of it.</summary>
    private void FollowTuning()
    {
        string? now = tuning.Length > 0 ? tuning : null;
        if (state.Progress != now) state = state with { Progress = now };
        if (tuningCurve is { } curve && state.Curve != curve) state = state with { Curve = curve };
        if (tuned is not { } outcome) return;
        tuningCurve = null;
        tuned = null;
        Tell(outcome.Sentence);
        if (outcome.Path is { } path) state = state with { NextBackbone = new(path, null) };
    }
}
