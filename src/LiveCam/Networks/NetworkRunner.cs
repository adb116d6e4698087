namespace LiveCam.Networks;

/// <summary>One network at work beside the loop: pictures in, results out, and no call waits. All members are for the loop's thread.</summary>
internal abstract class NetworkRunner(Classifier classifier) : IDisposable
{
    public NetworkInfo Network { get; } = NetworkInfo.Of(classifier);

    /// <summary>See <see cref="LiveNetwork.Probe"/>.</summary>
    public Probe Probe { get; set; }

    /// <summary>See <see cref="LiveNetwork.Cut"/>.</summary>
    public TimeSpan Cut
    {
        set => Steadying.Cut = value;
    }

    protected Steadying Steadying { get; } = new();

    /// <summary>Hands over the frame's picture where it is new; called in every tick.</summary>
    /// <param name="again">Whether to look at the frame's picture although it is the same.</param>
    public abstract void Offer(Frame frame, bool again);

    /// <summary>The newest result that was not taken yet, valid until the next call; null when there is none.</summary>
    public abstract NetworkResult? Take();

    /// <summary>What went wrong since the last call; null for nothing.</summary>
    public virtual string? TakeError() => null;

    /// <summary>Ends the work and gives the network back, as soon as it can.</summary>
    public abstract void Dispose();

    /// <summary>Waits until the network has been given back, or gives up.</summary>
    public virtual void Join(TimeSpan patience) { }

    /// <summary>The runner that suits where the network lies.</summary>
    public static NetworkRunner For(Classifier classifier, int top) =>
        classifier is GlClassifier { GlDevice.IsOnDisplay: true } sliced ? new SliceRunner(sliced, top) : new ThreadRunner(classifier, top);
}
