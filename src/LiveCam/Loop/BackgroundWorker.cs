using System.Threading.Channels;
using LiveCam.Platform;

namespace LiveCam.Loop;

/// <summary>A thread that does one thing after the other, in the order they were posted. Nobody who posts waits.</summary>
public sealed class BackgroundWorker : IDisposable
{
    private readonly Channel<Action> work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread thread;

    /// <param name="name">Of the thread.</param>
    /// <param name="isBehind">Whether it gets a processor only after the loop's thread.</param>
    /// <param name="stack">Bytes of its stack; 0 for the usual.</param>
    public BackgroundWorker(string name, bool isBehind = false, int stack = 0)
    {
        thread = new Thread(() => Run(isBehind), stack) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Hands over something to do, which must not throw. From any thread.</summary>
    /// <returns>Whether it will be done: not after <see cref="Finish"/>.</returns>
    public bool Post(Action action) => work.Writer.TryWrite(action);

    /// <summary>Takes nothing more, and lets what was posted be done.</summary>
    public void Finish() => work.Writer.TryComplete();

    /// <summary>Waits until all is done, or gives up. After <see cref="Finish"/>.</summary>
    /// <returns>Whether it is done.</returns>
    public bool Join(TimeSpan patience) => thread.Join(patience);

    /// <summary>Finishes and waits.</summary>
    public void Dispose()
    {
        Finish();
        thread.Join();
    }

    private void Run(bool isBehind)
    {
        if (isBehind) ThreadPriorities.Lower();
        while (Wait())
            while (work.Reader.TryRead(out Action? action)) action();
    }

    private bool Wait()
    {
        ValueTask<bool> ready = work.Reader.WaitToReadAsync();
        return ready.IsCompletedSuccessfully ? ready.Result : ready.AsTask().GetAwaiter().GetResult();
    }
}
