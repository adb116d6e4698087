using LiveCam.Engine.Training.Augmentation;

namespace LiveCam.Engine.Data;

/// <summary>How a set becomes batches.</summary>
public sealed record BatchOptions
{
    /// <summary>Rows of a batch, 1 to 65536.</summary>
    public int Size { get; init; } = 64;

    /// <summary>Whether each epoch has its own random order; else the set's.</summary>
    public bool Shuffle { get; init; }

    /// <summary>
    /// Whether every batch is full, as learning wants it: the last one goes on with the epoch's first samples, and a sample that cannot be
    /// read is replaced by the one after it in the set. Else such a sample is left out and the last batch is shorter, as judging wants it.
    /// </summary>
    public bool Full { get; init; }

    /// <summary>How pictures vary.</summary>
    public VariationList Augment { get; init; } = VariationList.None;

    /// <summary>With the epoch, what all order and chance come from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads that decode and vary pictures ahead, 1 to 64. Their number changes no bit of any batch.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>The most batches that lie ready, the one in use counted: memory is that many times a batch.</summary>
    public int Ahead { get; init; } = 4;

    /// <summary>
    /// The most bytes of decoded pictures that stay in memory from one epoch to the next, where the set reads files (<see cref="DataSet.ReadsFiles"/>):
    /// reduced where they are varied, else as the network's input. What finds no room is decoded anew. It changes no bit of any batch.
    /// </summary>
    public long MostKeptBytes { get; init; }

    /// <summary>Whether pictures are N, H, W, C in memory instead of N, C, H, W.</summary>
    public bool ChannelsLast { get; init; }
}
