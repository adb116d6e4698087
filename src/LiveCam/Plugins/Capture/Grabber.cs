using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>
/// Reads a camera on a thread of its own, one picture ahead of the loop. From a live source the newest picture wins and an older one nobody
/// took is dropped; from a file every picture waits until it is taken.
/// </summary>
/// <remarks>Three pictures change hands: one being filled, one ready, one in the loop's hands. Nothing is copied.</remarks>
internal sealed class Grabber : IDisposable
{
    // How soon a wish to stop is noticed, how often a lost camera is tried, how long a camera may take to let go.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(50), Retry = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(3);

    private readonly object gate = new();
    private readonly Func<Camera>? reopen;
    private readonly Action<string> note;
    private readonly long limit;
    private readonly bool isLive;
    private readonly Thread thread;
    private Camera camera;
    private Grab ready, filling;
    private bool isReady, hasEnded;
    private volatile bool isEnding;
    private long captured, dropped;
    private Exception? error;

    /// <summary>A picture and what is known of it: source time, number from 0, arrival in Stopwatch ticks.</summary>
    public struct Grab
    {
        public Picture? Picture;
        public TimeSpan Time;
        public long Number, Arrived;
    }

    public long Captured => Interlocked.Read(ref captured);

    /// <summary>Captured pictures that a newer one replaced before they were taken.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <param name="reopen">Opens a live source again that went away; null gives it up.</param>
    /// <param name="limit">Pictures after which it ends.</param>
    /// <param name="note">Told what the user should know.</param>
    public Grabber(Camera camera, Func<Camera>? reopen, long limit, Action<string> note)
    {
        (this.camera, this.reopen, this.limit, this.note, isLive) = (camera, reopen, limit, note, camera.IsLive);
        thread = new Thread(Loop) { IsBackground = true, Name = "camera" };
        thread.Start();
    }

    /// <summary>Waits for the next picture and gives back the last one's memory. Allocates nothing.</summary>
    /// <param name="held">In: a picture that may be overwritten. Out: the new one, held until the next call.</param>
    /// <returns>False at the end of the source or when somebody wants to stop.</returns>
    /// <exception cref="LiveCamException">The source failed.</exception>
    public bool Take(ref Grab held, CancellationToken stop)
    {
        lock (gate)
        {
            while (!isReady)
            {
                if (hasEnded && error is not null) ExceptionDispatchInfo.Throw(error);
                if (hasEnded || stop.IsCancellationRequested) return false;
                Monitor.Wait(gate, Notice);
            }
            (held, ready, isReady) = (ready, held, false);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    private void Loop()
    {
        try
        {
            while (captured < limit && Next() && HandOver()) { }
            if (captured == 0 && !isEnding) error = new LiveCamException($"\"{camera.Name}\" holds no picture that can be shown.");
        }
        catch (Exception failure)
        {
            // Thrown again where the picture is missed.
            error = failure;
        }
        finally
        {
            camera.Dispose();
            lock (gate)
            {
                hasEnded = true;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <returns>False when it shall end.</returns>
    private bool HandOver()
    {
        filling.Arrived = Stopwatch.GetTimestamp();
        filling.Number = captured;
        lock (gate)
        {
            while (isReady && !isLive && !isEnding) Monitor.Wait(gate);
            if (isEnding) return false;
            captured++;
            if (isReady) dropped++;
            (ready, filling, isReady) = (filling, ready, true);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Reads one picture. A damaged file in a folder is told and left out; a live source that went away is opened again.</summary>
    private bool Next()
    {
        while (!isEnding)
        {
            try
            {
                if (camera.Read(ref filling.Picture, out filling.Time))
                {
                    filling.Picture!.MarkChanged();
                    return true;
                }
            }
            catch (LiveCamException damaged) when (camera is FolderCamera { FrameCount: > 1 })
            {
                note(damaged.Message);
                continue;
            }
            if (!isLive || captured == 0 || reopen is null) return false;
            note($"{camera.Name} went away; waiting for it to come back.");
            if (!Reconnect(reopen)) return false;
        }
        return false;
    }

    private bool Reconnect(Func<Camera> open)
    {
        camera.Dispose();
        while (true)
        {
            lock (gate)
            {
                if (!isEnding) Monitor.Wait(gate, Retry);
                if (isEnding) return false;
            }
            try
            {
                camera = open();
                return true;
            }
            catch (LiveCamException)
            {
                // Not there yet.
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }
        // A device that never answers keeps its thread, which ends with the program.
        thread.Join(Patience);
    }
}
