using System.Diagnostics;
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
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim changed = new(0);
    private readonly SemaphoreSlim taken = new(0);
    private readonly CancellationTokenSource ending = new();
    private readonly Func<Camera>? reopen;
    private readonly Action<string> note;
    private readonly long limit;
    private readonly bool isLive;
    private readonly Thread thread;
    private Camera camera;
    private Grab ready, filling;
    private bool isReady, hasEnded;
    private LiveCamException? error;

    /// <summary>A picture and what is known of it.</summary>
    public struct Grab
    {
        public Picture? Picture;
        public TimeSpan Time;
        public long Number, Arrived;
    }

    public long Captured { get; private set; }
    public long Dropped { get; private set; }

    /// <param name="reopen">Opens a live source again that went away; null gives it up.</param>
    /// <param name="limit">Pictures after which it ends.</param>
    /// <param name="note">Told what the user should know.</param>
    public Grabber(Camera camera, Func<Camera>? reopen, long limit, Action<string> note)
    {
        (this.camera, this.reopen, this.limit, this.note, isLive) = (camera, reopen, limit, note, camera.IsLive);
        thread = new Thread(Loop) { IsBackground = true, Name = "camera" };
        thread.Start();
    }

    /// <summary>Waits for the next picture and gives back the last one's memory.</summary>
    /// <param name="held">In: a picture that may be overwritten. Out: the new one, held until the next call.</param>
    /// <returns>False at the end of the source or when somebody wants to stop.</returns>
    /// <exception cref="LiveCamException">The source failed.</exception>
    public bool Take(ref Grab held, CancellationToken stop)
    {
        while (true)
        {
            lock (gate)
            {
                if (isReady)
                {
                    (held, ready, isReady) = (ready, held, false);
                    break;
                }
                if (hasEnded) return error is null ? false : throw error;
            }
            try
            {
                changed.Wait(stop);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
        taken.Release();
        return true;
    }

    private void Loop()
    {
        try
        {
            while (!ending.IsCancellationRequested && Captured < limit && Next())
            {
                filling.Arrived = Stopwatch.GetTimestamp();
                filling.Number = Captured;
                while (!isLive && IsWaiting()) taken.Wait(ending.Token);
                lock (gate)
                {
                    Captured++;
                    if (isReady) Dropped++;
                    (ready, filling, isReady) = (filling, ready, true);
                }
                changed.Release();
            }
            if (Captured == 0 && !ending.IsCancellationRequested) error = new LiveCamException($"\"{camera.Name}\" holds no picture that can be shown.");
        }
        catch (OperationCanceledException)
        {
        }
        catch (LiveCamException failure)
        {
            error = failure;
        }
        finally
        {
            camera.Dispose();
            lock (gate) hasEnded = true;
            changed.Release();
        }
    }

    private bool IsWaiting()
    {
        lock (gate) return isReady;
    }

    /// <summary>Reads one picture. A damaged file in a folder is told and left out; a live source that went away is opened again.</summary>
    private bool Next()
    {
        while (true)
        {
            try
            {
                if (camera.Read(ref filling.Picture, out filling.Time)) return true;
                if (!isLive || Captured == 0 || reopen is null) return false;
                note($"{camera.Name} went away; waiting for it to come back.");
            }
            catch (LiveCamException damaged) when (camera is FolderCamera { FrameCount: > 1 })
            {
                note(damaged.Message);
                continue;
            }
            if (!Reconnect()) return false;
        }
    }

    private bool Reconnect()
    {
        camera.Dispose();
        while (!ending.Token.WaitHandle.WaitOne(Retry))
        {
            try
            {
                camera = reopen!();
                return true;
            }
            catch (LiveCamException)
            {
            }
        }
        return false;
    }

    public void Dispose()
    {
        ending.Cancel();
        // A device that never answers keeps its thread; it ends with the program.
        if (!thread.Join(Patience)) return;
        ending.Dispose();
        changed.Dispose();
        taken.Dispose();
    }
}
