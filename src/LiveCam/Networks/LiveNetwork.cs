using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>A network that looks at the frames of the loop and can be exchanged while it does.</summary>
public abstract class LiveNetwork : IDisposable
{
    /// <summary>The channel of the kept layer and the place in the picture whose value is asked for, where it does not come by itself.</summary>
    public Probe Probe { get; set; } = new(0, (0.5f, 0.5f));

    /// <summary>When the newest scene began, in the time of the source: answers of the one before are not smoothed into its own.</summary>
    public TimeSpan Cut { get; set; } = TimeSpan.MinValue;

    /// <summary>Takes what it needs before the first picture.</summary>
    public virtual void Start() { }

    /// <summary>Asks for a change; the old network answers until the new one is ready.</summary>
    public abstract void Want(ChangeNetwork wish);

    /// <summary>Hands over the frame's picture; called in every tick.</summary>
    /// <param name="again">Whether to look at the frame's picture although it is the same.</param>
    public abstract void Offer(Frame frame, bool again);

    /// <summary>The newest result that was not taken yet, valid until the next call; null when there is none.</summary>
    public abstract NetworkResult? Take();

    /// <summary>What went wrong since the last call; null for nothing.</summary>
    public abstract string? TakeError();

    /// <summary>The network that is asked now, whether or not it ever answered; null before the first is ready.</summary>
    public virtual NetworkInfo? Running => null;

    public abstract void Dispose();
}

/// <summary>A channel, and a place as shares of the picture from its top left corner.</summary>
public readonly record struct Probe(int Channel, (float X, float Y) Place);

/// <summary>Answers every picture before the tick goes on, as a run without a window does.</summary>
public sealed class StepwiseNetwork(NetworkBuilder builder, int top = 5) : LiveNetwork
{
    private readonly NetworkResult result = new(top);
    private readonly Steadying steadying = new();
    private Classifier? classifier;
    private NetworkInfo? network;
    private string? complaint;
    private bool isNew;

    public override NetworkInfo? Running => network;

    /// <exception cref="LiveCamException">The first network cannot be had.</exception>
    public override void Start() => Exchange(builder.Build(new()));

    public override void Want(ChangeNetwork wish)
    {
        try
        {
            Exchange(builder.Build(wish));
        }
        catch (LiveCamException error)
        {
            complaint = error.Message;
        }
    }

    private void Exchange(Classifier next)
    {
        classifier?.Dispose();
        classifier = next;
        network = NetworkInfo.Of(next);
    }

    public override void Offer(Frame frame, bool again)
    {
        if (!frame.IsNew && !again || frame.Picture is not { } picture) return;
        steadying.Cut = Cut;
        bool isFirst = classifier!.Plan.StepMilliseconds.Count == 0;
        result.Run(classifier, network!, steadying, picture, frame.Number, frame.Time, frame.Arrived);
        if (result.Answer.Trouble is { } trouble) throw new LiveCamException(trouble);
        // Once, so that the list of layers has its times; a first run would take those of cold caches.
        if (isFirst && frame.IsShown) classifier.Plan.Measure();
        isNew = true;
    }

    public override NetworkResult? Take()
    {
        bool given = isNew;
        isNew = false;
        return given ? result : null;
    }

    public override string? TakeError()
    {
        string? told = complaint;
        complaint = null;
        return told;
    }

    public override void Dispose()
    {
        classifier?.Dispose();
        builder.Dispose();
    }
}
