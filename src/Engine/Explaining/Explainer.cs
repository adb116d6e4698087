using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// A method prepared for a network on a device. A map is made in one pass or many; passes run one by one or in slices of time, and a map can be looked at after any of
/// them. One thread at a time.
/// </summary>
internal abstract class Explainer(ExplainMethod method, ExplainNetwork network) : IDisposable
{
    private Plan? running;
    private bool isStale;

    public ExplainMethod Method => method;
    public ExplainNetwork Network => network;

    /// <summary>How many passes a whole map takes.</summary>
    public abstract int Passes { get; }

    /// <summary>How many of them are finished.</summary>
    public int Done { get; private set; }

    public bool IsFinished => Done >= Passes;

    /// <summary>The picture as the network's input, and what is asked about it.</summary>
    protected Tensor Picture { get; private set; } = Tensor.Scalar(0f);
    protected ExplainTarget Target { get; private set; } = ExplainTarget.Class(0);

    /// <summary>Begins a map; one under way is given up.</summary>
    /// <param name="picture">What the contract made of a picture, of <see cref="Pictures.PictureModel.InputShape"/>.</param>
    /// <param name="target">Of the layer that the explainer was prepared for.</param>
    /// <exception cref="LiveCamException">There is no such target.</exception>
    public void Begin(Tensor picture, ExplainTarget target)
    {
        (Picture, Target, Done) = (picture, target, 0);
        isStale = running is not null;
        Start();
    }

    /// <summary>Runs until the pass under way is finished or the time is spent.</summary>
    /// <returns>Whether the whole map is finished.</returns>
    public bool RunFor(TimeSpan budget)
    {
        if (IsFinished) return true;
        running ??= Prepare(Done);
        return running.RunFor(budget) && Finish();
    }

    /// <summary>Runs one pass to its end.</summary>
    /// <returns>Whether the whole map is finished.</returns>
    public bool RunPass()
    {
        if (IsFinished) return true;
        running ??= Prepare(Done);
        running.Run();
        return Finish();
    }

    /// <summary>Runs all passes.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(CancellationToken stop = default)
    {
        while (!RunPass()) stop.ThrowIfCancellationRequested();
    }

    /// <summary>The map of the passes so far, at least one.</summary>
    public abstract ExplainMap Map();

    public abstract void Dispose();

    /// <summary>Forgets what the map before added up.</summary>
    protected abstract void Start();

    /// <summary>Fills the inputs of a pass, and says which plan runs it.</summary>
    protected abstract Plan Prepare(int pass);

    /// <summary>Takes what a pass has computed.</summary>
    protected abstract void Collect(int pass);

    private bool Finish()
    {
        running = null;
        // A pass that began on the picture before says nothing about this one.
        if (isStale)
        {
            isStale = false;
            return false;
        }
        Collect(Done++);
        return IsFinished;
    }
}
