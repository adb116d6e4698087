using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Networks;

/// <summary>A thread that builds the networks somebody wishes for, one after the other.</summary>
/// <param name="builder">Only used on that thread once it runs; disposed of with the workshop.</param>
internal sealed class NetworkWorkshop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly object gate = new();
    private readonly NetworkBuilder builder;
    private readonly Queue<ChangeNetwork> wishes = new();
    private readonly Thread thread;
    private Classifier? next;
    private string? complaint;
    private bool isEnding;

    public NetworkWorkshop(NetworkBuilder builder)
    {
        this.builder = builder;
        // The first network is the one the builder begins with.
        wishes.Enqueue(new());
        // Compilers of shaders recurse deeply.
        thread = new Thread(Build, maxStackSize: 16 << 20) { IsBackground = true, Name = "network workshop" };
    }

    public void Start() => thread.Start();

    public void Want(ChangeNetwork wish)
    {
        lock (gate)
        {
            // Walking the layers faster than they can be planned skips some.
            if (wish is { Layer: not null, Model: null, Labels: null, Device: null, Features: null } && wishes.TryPeek(out ChangeNetwork? first) && first.Layer is not null) wishes.Dequeue();
            wishes.Enqueue(wish);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The newest network that is ready; the caller disposes of it.</summary>
    public Classifier? Take()
    {
        lock (gate)
        {
            Classifier? made = next;
            next = null;
            return made;
        }
    }

    public string? TakeComplaint()
    {
        lock (gate)
        {
            string? told = complaint;
            complaint = null;
            return told;
        }
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
            catch (OperationCanceledException)
            {
                // The window closes.
            }
            Classifier? unused;
            lock (gate)
            {
                complaint = failure ?? complaint;
                unused = made is null ? null : next;
                next = made ?? next;
            }
            unused?.Dispose();
        }
    }

    private ChangeNetwork? NextWish()
    {
        lock (gate)
        {
            while (!isEnding && wishes.Count == 0) Monitor.Wait(gate);
            return isEnding ? null : wishes.Dequeue();
        }
    }

    /// <summary>Ends the thread and closes the devices. A network that is being built is waited for, but not for ever: then the process's end takes it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }
        if (!thread.ThreadState.HasFlag(ThreadState.Unstarted) && !thread.Join(Patience)) return;
        next?.Dispose();
        builder.Dispose();
    }
}
