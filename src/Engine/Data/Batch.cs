using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>Pictures as a network's input, and what they show. Its memory is used again once the next batch is taken.</summary>
public sealed class Batch
{
    private readonly int[] samples;
    private readonly List<string> unreadable = [];

    internal Batch(int size, Preprocessing contract, int classes, bool channelsLast)
    {
        (int c, int h, int w) = (contract.Channels, contract.Height, contract.Width);
        Images = new Tensor(ElementType.Float32, channelsLast ? [size, h, w, c] : [size, c, h, w]);
        Targets = new Tensor(ElementType.Float32, [size, classes]);
        Labels = new Tensor(ElementType.Int64, [size]);
        Strides = channelsLast ? TensorStrides.ChannelsLast(w, c) : TensorStrides.Planar(w, h);
        samples = new int[size];
    }

    /// <summary>Its place in the epoch, 0 for the first.</summary>
    public int Number { get; private set; }

    /// <summary>Rows that hold samples, from the first on; the others are left from earlier batches, their targets zero.</summary>
    public int Count { get; private set; }

    /// <summary>Float32 NxCxHxW (or NxHxWxC) after the contract.</summary>
    public Tensor Images { get; }

    /// <summary>Float32 N x classes: 1 for the sample's class, or for each of its classes, or shares where samples were mixed.</summary>
    public Tensor Targets { get; }

    /// <summary>Int64 N: the sample's class, the first of several, -1 for none.</summary>
    public Tensor Labels { get; }

    /// <summary>Which sample of the set each row holds.</summary>
    public ReadOnlySpan<int> Samples => samples.AsSpan(0, Count);

    /// <summary>A sentence for each sample that could not be read.</summary>
    public IReadOnlyList<string> Unreadable => unreadable;

    internal TensorStrides Strides { get; }
    internal int RowFloats => Images.Count / samples.Length;

    internal Span<float> Row(int row) => Images.Span<float>().Slice(row * RowFloats, RowFloats);

    internal void Begin(int number)
    {
        (Number, Count) = (number, 0);
        unreadable.Clear();
        Targets.Bytes.Span.Clear();
        Labels.Span<long>().Fill(-1);
    }

    /// <summary>Takes the row after the last as filled.</summary>
    internal void Add(int sample, ReadOnlySpan<int> classes)
    {
        int width = Targets.Shape[1];
        foreach (int own in classes) Targets.Span<float>()[Count * width + own] = 1;
        Labels.Span<long>()[Count] = classes.IsEmpty ? -1 : classes[0];
        samples[Count++] = sample;
    }

    internal void Miss(string reason) => unreadable.Add(reason);
}
