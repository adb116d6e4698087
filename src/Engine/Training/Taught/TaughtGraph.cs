using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Training.Taught;

/// <summary>What was taught as a graph: a network up to its features, then the head and the distance, in float32.</summary>
public static class TaughtGraph
{
    /// <summary>Two outputs: <see cref="TaughtNetwork.Output"/>, 1 x classes, and <see cref="TaughtNetwork.DistanceOutput"/>, 1 x 1 and squared, which is what borders are compared with.</summary>
    /// <param name="layer">The layer of the features.</param>
    /// <param name="isMap">Whether it is a map N,C,H,W, whose places are averaged.</param>
    /// <exception cref="LiveCamException">There is no such layer.</exception>
    public static Graph Build(Graph network, string layer, bool isMap, TaughtModel model)
    {
        var taught = new TaughtNetwork(network, layer, isMap, model.Head.Dimension);
        taught.Answer(Scores(taught, model.Head), model.Temperature);
        AddDistance(taught, model.Distance);
        return taught.Graph;
    }

    private static Value Scores(TaughtNetwork network, Head head)
    {
        switch (head)
        {
            case LinearHead linear: return Scores(network, Source(network, linear), linear.Weights, linear.Biases);
            case ClassMeans means: return Scores(network, means.AsLinear());
            case HiddenHead deep:
                LinearHead hidden = deep.Hidden;
                Value inside = network.Linear("hidden", Source(network, hidden), Matrix(hidden.Weights, hidden.Classes), Row(hidden.Biases));
                return Scores(network, network.Relu("hidden.relu", inside), deep.Weights, deep.Biases);
            case NearestNeighbours neighbours: return Nearest(network, neighbours);
            default: throw new ArgumentException($"There is no way to write a {head.GetType().Name} yet.", nameof(head));
        }
    }

    private static Value Source(TaughtNetwork network, LinearHead head) => head.OfDirection ? network.Direction : network.Features;

    /// <summary>W x + b less what all classes have in common, which the softmax does not see and float32 has no digits for.</summary>
    private static Value Scores(TaughtNetwork network, Value x, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases)
    {
        int classes = biases.Length, dimension = weights.Length / classes;
        double[] own = weights.ToArray(), shifts = biases.ToArray();
        int[] taught = [.. Enumerable.Range(0, classes).Where(c => double.IsFinite(shifts[c]))];
        for (int i = 0; i < dimension; i++)
        {
            double mean = taught.Average(c => own[c * dimension + i]);
            foreach (int c in taught) own[c * dimension + i] -= mean;
        }
        double shift = taught.Average(c => shifts[c]);
        foreach (int c in taught) shifts[c] -= shift;
        return network.Linear("scores", x, Matrix(own, classes), Row(shifts));
    }

    /// <summary>
    /// Cosines to all samples as one matrix product, then the mean of each class's largest; less the cosine to what all samples have in common, which the softmax does not see
    /// and float32 has no digits for.
    /// </summary>
    private static Value Nearest(TaughtNetwork network, NearestNeighbours head)
    {
        int most = head.Samples.Max(samples => samples.Count);
        var samples = new Tensor(ElementType.Float32, [head.Classes * most, head.Dimension]);
        var biases = new Tensor(ElementType.Float32, [head.Classes * most]);
        biases.Span<float>().Fill(-TaughtNetwork.Padding);
        double[] common = [.. Enumerable.Range(0, head.Dimension).Select(d => head.Samples.SelectMany(own => own).Average(sample => sample[d]))];
        for (int c = 0; c < head.Classes; c++)
            for (int i = 0; i < head.Samples[c].Count; i++)
            {
                int row = c * most + i;
                biases.Span<float>()[row] = 0;
                Span<float> to = samples.Span<float>().Slice(row * head.Dimension, head.Dimension);
                for (int d = 0; d < to.Length; d++) to[d] = (float)(head.Samples[c][i][d] - common[d]);
            }
        return network.MeanOfLargest(network.Linear("cosines", network.Direction, samples, biases), [.. head.Samples.Select(own => Math.Min(head.Neighbours, own.Count))], most);
    }

    private static void AddDistance(TaughtNetwork network, FeatureDistance distance)
    {
        (Whitening map, double[][] places) = distance.Whitened();
        Value at = network.Direction;
        if (map.Whole is not null) at = network.Linear("whitened", at, Matrix(map.Whole, map.Dimension));
        else if (map.Rank == 0) at = network.Scaled("whitened", at, map.Scale);
        else
        {
            Value inside = network.Linear("inside", at, Matrix(map.Inner, map.Rank));
            var back = new double[map.Inner.Length];
            for (int i = 0; i < map.Rank; i++)
                for (int d = 0; d < map.Dimension; d++) back[d * map.Rank + i] = map.Inner[i * map.Dimension + d];
            Value outside = network.Less("outside", at, network.Linear("spanned", inside, Matrix(back, map.Dimension)));
            at = network.Together("whitened", network.Scaled("outside.scaled", outside, map.Scale), network.Linear("inside.whitened", inside, Matrix(map.Outer, map.Rank)));
        }
        network.Distance(at, Matrix([.. places.SelectMany(place => place)], places.Length));
    }

    private static Tensor Matrix(ReadOnlySpan<double> values, int rows)
    {
        var tensor = new Tensor(ElementType.Float32, [rows, values.Length / rows]);
        for (int i = 0; i < values.Length; i++) tensor.Span<float>()[i] = (float)values[i];
        return tensor;
    }

    private static Tensor Row(ReadOnlySpan<double> values)
    {
        Tensor matrix = Matrix(values, 1);
        return Tensor.Of<float>([values.Length], matrix.Span<float>());
    }
}
