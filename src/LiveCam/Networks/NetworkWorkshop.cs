using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Networks;

/// <summary>A thread that builds the networks somebody wishes for, one after the other.</summary>
/// <param name="builder">Only used on that thread once it runs; disposed of with the workshop.</param>
internal sealed class NetworkWorkshop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly NetworkBuilder builder;
    private readonly Queue<ChangeNetwork> wishes = new();
    // Compilers of shaders recurse deeply; threads of the devices opened here inherit the lower priority.
    private readonly BackgroundWorker worker = new("network workshop", isBehind: true, stack: 16 << 20);
    private Classifier? next;
    private string? complaint;
    private bool isEnding;

    public NetworkWorkshop(NetworkBuilder builder)
    {
        this.builder = builder;
        // The first network is the one the builder begins with.
        wishes.Enqueue(new());
    }

    public void Start() => worker.Post(Build);

    public void Want(ChangeNetwork wish)
    {
        lock (gate)
        {
            // Walking the layers faster than they can be planned skips some.
            if (wish is { Layer: not null, Model: null, Labels: null, Device: null, Features: null } && wishes.TryPeek(out ChangeNetwork? first) && first.Layer is not null) wishes.Dequeue();
            wishes.Enqueue(wish);
        }
        worker.Post(Build);
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

    public string? TakeError()
    {
        lock (gate)
        {
            string? told = complaint;
            complaint = null;
            return told;
        }
    }

    /// <summary>Builds the next network that is still wished for.</summary>
    private void Build()
    {
        ChangeNetwork? wish;
        lock (gate)
            if (isEnding || !wishes.TryDequeue(out wish)) return;
        Classifier? made = null;
        string? failure = null;
        try
        {
            made = builder.Build(wish);
        }
        catch (Exception error) when (error is LiveCamException or OutOfMemoryException)
        {
            failure = Sentences.Of(error);
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

    /// <summary>Ends the thread and closes the devices. A network that is being built is waited for, but not for ever: then the process's end takes it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
        }
        worker.Finish();
        if (!worker.Join(Patience)) return;
        next?.Dispose();
        builder.Dispose();
    }
}
