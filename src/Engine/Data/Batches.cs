using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>
/// A set as batches of a network's input. While one is used the next are read, varied and preprocessed on other threads; what is in them depends on
/// the set, the options and the epoch's number alone.
/// </summary>
public sealed class Batches
{
    /// <exception cref="LiveCamException">The set is empty, or an option is out of bounds.</exception>
    public Batches(DataSet set, Preprocessing contract, BatchOptions? options = null)
    {
        (Set, Contract, Options) = (set, contract.Check(), options ?? new());
        if (set.Count == 0) throw new LiveCamException($"Cannot make batches of {set.Name}: it holds no sample.");
        if (set.ReadsFiles && Options.MostKeptBytes > 0)
        {
            if (Options.Augment.LeavesPictures) KeptInputs = new(set.Count, Options.MostKeptBytes);
            else KeptPictures = new(set.Count, Options.MostKeptBytes);
        }
        Require(Options.Size is >= 1 and <= 65536, "batch size", Options.Size, "1 to 65536");
        Require(Options.Threads is >= 1 and <= 64, "number of threads", Options.Threads, "1 to 64");
        Require(Options.Ahead is >= 2 and <= 1024, "number of batches ahead", Options.Ahead, "2 to 1024");

        static void Require(bool holds, string what, int value, string allowed)
        {
            if (!holds) throw new LiveCamException($"Cannot make batches: the {what} is {value}, but has to be {allowed}.");
        }
    }

    public DataSet Set { get; }
    public Preprocessing Contract { get; }
    public BatchOptions Options { get; }

    /// <summary>Decoded and reduced pictures, where pictures are varied and some are kept.</summary>
    internal KeptSamples<Picture>? KeptPictures { get; }

    /// <summary>Rows of the network's input, where pictures are not varied and some are kept.</summary>
    internal KeptSamples<float[]>? KeptInputs { get; }

    /// <summary>Batches of one epoch.</summary>
    public int PerEpoch => (Set.Count + Options.Size - 1) / Options.Size;

    /// <summary>
    /// The batches of an epoch in order, from <paramref name="first"/> on (a run that was stopped goes on there). Each is valid until the next is taken.
    /// </summary>
    /// <exception cref="LiveCamException">No sample can be read.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int first = 0)
    {
        using var run = new BatchRun(this, epoch, first);
        for (int number = first; number < PerEpoch; number++)
            yield return run.Take(number);
    }

    /// <summary>The samples of an epoch in the order in which they come.</summary>
    public int[] Order(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, Set.Count)];
        if (Options.Shuffle) new SampleRandom(Options.Seed, epoch, -1).Shuffle(order);
        return order;
    }
}
