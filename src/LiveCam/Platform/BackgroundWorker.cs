using System.Threading.Channels;

namespace LiveCam.Platform;

/// <summary>A thread that does one thing after the other, in the order they were posted. Nobody who posts waits. The thread begins with the first.</summary>
/// <param name="name">Of the thread.</param>
/// <param name="isBehind">Whether it gets a processor only after the loop's thread.</param>
/// <param name="stack">Bytes of its stack; 0 for the usual.</param>
public sealed class BackgroundWorker(string name, bool isBehind = false, int stack = 0) : IDisposable
{
    private readonly Channel<Action> work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock gate = new();
    private Thread? thread;

    /// <summary>Done again and again while nothing is posted, such as a look at a folder, and how long after the last; set before the thread begins.</summary>
    public (TimeSpan Every, Action Do)? Idle { get; init; }

    /// <summary>Begins before anything was posted: <see cref="Idle"/> alone.</summary>
    public void Start()
    {
        lock (gate)
        {
            if (thread is not null) return;
            thread = new Thread(Run, stack) { IsBackground = true, Name = name };
            thread.Start();
        }
    }

    /// <summary>Hands over something to do, which must not throw. From any thread.</summary>
    /// <returns>Whether it will be done: not after <see cref="Finish"/>.</returns>
    public bool Post(Action action)
    {
        if (!work.Writer.TryWrite(action)) return false;
        Start();
        return true;
    }

    /// <summary>Takes nothing more, and lets what was posted be done.</summary>
    public void Finish() => work.Writer.TryComplete();

    /// <summary>After <see cref="Finish"/>: waits until all is done, or gives up.</summary>
    /// <returns>Whether it is done.</returns>
    public bool Join(TimeSpan patience) => thread?.Join(patience) ?? true;

    /// <summary>Finishes and waits.</summary>
    public void Dispose()
    {
        Finish();
        thread?.Join();
    }

    private void Run()
    {
        if (isBehind) ThreadPriorities.Lower();
        while (Await())
            while (work.Reader.TryRead(out Action? action)) action();
    }

    /// <summary>Waits for something to do.</summary>
    /// <returns>False when there never will be.</returns>
    private bool Await()
    {
        Task<bool> ready = work.Reader.WaitToReadAsync().AsTask();
        while (Idle is { } idle && !ready.Wait(idle.Every)) idle.Do();
        return ready.GetAwaiter().GetResult();
    }
}
