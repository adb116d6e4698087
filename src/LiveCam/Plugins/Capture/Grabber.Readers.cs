using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Plugins.Capture;

// What readers call, each on its own thread. Whoever is not the current reader is told to end and changes nothing.
internal sealed partial class Grabber
{
    /// <summary>Since capturing began.</summary>
    public TimeSpan Running => Stopwatch.GetElapsedTime(beganAt);

    public bool Wants(Reader by)
    {
        lock (gate) return reader == by || trial == by;
    }

    /// <summary>The source is open.</summary>
    public void Greet(Reader by, Camera camera)
    {
        lock (gate)
        {
            var known = new CameraFacts(camera.Name, camera.Width, camera.Height, camera.FramesPerSecond, camera.FrameCount, camera.IsLive);
            if (trial == by) trialFacts = known;
            if (reader != by) return;
            facts = known;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The source could not be opened.</summary>
    public void Miss(Reader by, LiveCamException why)
    {
        lock (gate)
        {
            if (trial == by) Refuse(why.Message);
            if (reader != by) return;
            if (settings.Waits && captured == 0) error = why;
            else health.Missed(why.Message, Stopwatch.GetTimestamp());
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The source was open and went away.</summary>
    /// <returns>Whether it shall be opened again.</returns>
    public bool Lose(Reader by, LiveCamException? why)
    {
        lock (gate)
        {
            if (trial == by) Refuse((why ?? Nothing(trialFacts, trialSource)).Message);
            if (reader != by) return false;
            if (settings.Waits && captured == 0) error = why ?? Nothing(facts, source);
            else health.Away(why?.Message ?? "It ended the connection.", Stopwatch.GetTimestamp());
            Monitor.PulseAll(gate);
            return error is null;
        }
    }

    /// <summary>Waits until the source shall be opened again.</summary>
    /// <returns>False when somebody else reads now, or nobody.</returns>
    public bool Pause(Reader by)
    {
        lock (gate) return error is null && WaitFor(by, Stopwatch.GetTimestamp() + Ticks(backoff.Next()));
    }

    /// <summary>Waits until a moment in Stopwatch ticks, or until the reader is not wanted any more.</summary>
    public void WaitUntil(Reader by, long moment)
    {
        lock (gate) WaitFor(by, moment);
    }

    /// <summary>Gives a picture and takes another to fill.</summary>
    /// <param name="keepsAll">Waits until the picture before was taken, instead of replacing it.</param>
    /// <param name="isSame">It is the one before, bit for bit.</param>
    /// <param name="isBlack">It is evenly black.</param>
    /// <returns>False when no other shall follow.</returns>
    public bool HandOver(Reader by, ref Grab filling, bool keepsAll, bool isSame, bool isBlack)
    {
        lock (gate)
        {
            if (trial == by) Promote();
            while (isReady && keepsAll && reader == by) Monitor.Wait(gate);
            if (reader != by) return false;
            filling.Number = captured++;
            if (isReady) dropped++;
            if (isSame) duplicated++;
            (ready, filling, isReady) = (filling, ready, true);
            health.Arrived(isSame, isBlack, facts!.IsLive, Stopwatch.GetTimestamp());
            backoff.Reset();
            hasEnded = captured >= settings.Limit;
            Monitor.PulseAll(gate);
            return !hasEnded;
        }
    }

    /// <summary>A file has come to its end.</summary>
    /// <param name="seen">The view its last picture was shaped by.</param>
    /// <returns>Whether it shall be read again: a still picture, of which another view is wanted by now.</returns>
    public bool Finish(Reader by, CameraView seen)
    {
        lock (gate)
        {
            if (trial == by) Refuse(Nothing(trialFacts, trialSource).Message);
            if (reader != by) return false;
            if (settings.Stays && facts is { FrameCount: 1 } && seen != view) return true;
            if (captured == 0 && settings.Waits) error = Nothing(facts, source);
            health.Ended();
            isOver = true;
            hasEnded = !settings.Stays;
            Monitor.PulseAll(gate);
            return false;
        }
    }

    /// <summary>Something failed that trying again does not help.</summary>
    public void Break(Reader by, Exception failure)
    {
        lock (gate)
        {
            if (trial == by) Refuse(Sentences.Of(failure));
            if (reader == by) error = failure;
            Monitor.PulseAll(gate);
        }
    }

    /// <param name="isLoss">Whether something that should have been there is missing.</param>
    public void Tell(string sentence, bool isLoss = false)
    {
        lock (gate) told.Enqueue((sentence, isLoss));
    }

    /// <summary>A reader's thread ends.</summary>
    public void Leave()
    {
        lock (gate)
        {
            threads--;
            Monitor.PulseAll(gate);
        }
    }

    private static LiveCamException Nothing(CameraFacts? facts, string source) => new($"\"{facts?.Name ?? source}\" holds no picture that can be shown.");

    /// <summary>The source on trial has a picture and takes the old one's place.</summary>
    private void Promote()
    {
        if (isReady) dropped++;
        (reader, facts, source, trial) = (trial, trialFacts, trialSource, null);
        (isReady, isOver, hasEnded, startAt) = (false, false, captured >= settings.Limit, 0);
        backoff.Reset();
        health.Opening(CameraSource.Title(source), Path.Exists(source), Stopwatch.GetTimestamp());
    }

    private void Refuse(string why)
    {
        trial = null;
        refusals.Enqueue(why);
    }

    private bool WaitFor(Reader by, long moment)
    {
        while (reader == by && moment - Stopwatch.GetTimestamp() is > 0 and var left) Monitor.Wait(gate, Span(left));
        return reader == by;
    }
}
