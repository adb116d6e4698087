using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// Measures <see cref="Faithfulness"/>. Pixels are taken out by <see cref="Imputation"/>, as ROAD does, so that the shape of what is missing tells nothing. A channel's
/// strengths are parts of that for the whole picture.
/// </summary>
/// <param name="parts">How many parts a curve has.</param>
internal sealed class FaithfulnessTest(ExplainNetwork network, Device device, ExplainTarget target, int parts = 10) : IDisposable
{
    // The noise's standard deviation as a part of the input's range, as ROAD has it.
    private const double Noise = 0.01;
    private const int Seed = 1;

    private readonly ScorePass pass = new(network, device, target);

    /// <param name="picture">The network's input.</param>
    /// <param name="map">What is tested; of any number of places.</param>
    /// <param name="target">Of the layer that the test was made for.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Faithfulness Run(Tensor picture, ExplainMap map, ExplainTarget target, CancellationToken stop = default)
    {
        (int width, int height) = (network.Model.Contract.Width, network.Model.Contract.Height);
        int[] order = Order(map.Resized(width, height).Values);
        double whole = network.Strength(target, pass.Run(picture)), scale = target.Layer is null || whole == 0 ? 1 : Math.Abs(whole);
        double[] deletion = new double[parts + 1], insertion = new double[parts + 1];
        for (int part = 0; part <= parts; part++)
        {
            int count = (int)((long)order.Length * part / parts);
            deletion[part] = Strength(order.AsSpan(0, count));
            insertion[part] = Strength(order.AsSpan(count));
        }
        return new(deletion, insertion);

        double Strength(ReadOnlySpan<int> taken)
        {
            stop.ThrowIfCancellationRequested();
            return taken.Length == 0 ? whole / scale : network.Strength(target, pass.Run(Without(picture, taken))) / scale;
        }
    }

    /// <summary>Pixels by their value, largest first; equal ones in an order of chance, so that no corner of the picture is preferred.</summary>
    private static int[] Order(float[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        new Random(Seed).Shuffle(order);
        return [.. order.OrderByDescending(pixel => values[pixel])];
    }

    private Tensor Without(Tensor picture, ReadOnlySpan<int> taken)
    {
        (int width, int height, int channels) = (network.Model.Contract.Width, network.Model.Contract.Height, network.Model.Contract.Channels);
        var isOut = new bool[width * height];
        foreach (int pixel in taken) isOut[pixel] = true;
        ReadOnlySpan<float> from = picture.Span<float>();
        var pixels = new float[width * height * channels];
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = from[Place(i)];
            (low, high) = (Math.Min(low, pixels[i]), Math.Max(high, pixels[i]));
        }
        // With nothing left there is nothing to go by: the picture's mean.
        if (taken.Length == isOut.Length)
            for (int c = 0; c < channels; c++)
            {
                double mean = 0;
                for (int i = c; i < pixels.Length; i += channels) mean += pixels[i];
                for (int i = c; i < pixels.Length; i += channels) pixels[i] = (float)(mean / isOut.Length);
            }
        else new Imputation(width, height, channels).Fill(pixels, isOut);
        var result = new Tensor(ElementType.Float32, picture.Shape);
        Span<float> to = result.Span<float>();
        var random = new Random(Seed);
        for (int i = 0; i < pixels.Length; i++)
            to[Place(i)] = pixels[i] + (isOut[i / channels] ? (float)(Noise * (high - low) * SmoothGrad.Normal(random)) : 0);
        return result;

        int Place(int i) => i / channels / width * network.Strides.Y + i / channels % width * network.Strides.X + i % channels * network.Strides.C;
    }

    public void Dispose() => pass.Dispose();
}
