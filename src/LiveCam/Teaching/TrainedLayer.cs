using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Teaching;

/// <summary>
/// A linear layer on features' directions, trained by the same trainer as whole networks. It trains on what directions do not have in common (their mean taken off,
/// their mean length 1), which the layer that comes out has in its weights and biases.
/// </summary>
/// <remarks>
/// On the processor wherever the network runs: a step on cached features is at most a few million operations, a fraction of a millisecond, while a pass on a display's
/// context comes back three or four ticks after it was asked for.
/// </remarks>
internal static class TrainedLayer
{
    /// <summary>Most samples it learns from, evenly spaced: with 1280 features they take 63 MB meanwhile.</summary>
    public const int MostSamples = 4096;

    private const int Batch = 32, Steps = 150;

    // Vectors of length 1 make scores grow with the weights alone: a rate this high, and little decay.
    private const float Rate = 0.05f, Decay = 1e-3f;

    /// <summary>One thread, one order of the samples: equal samples give equal bits.</summary>
    /// <param name="told">Takes the loss of every step.</param>
    public static LinearHead Fit(FeatureRows rows, Action<float>? told)
    {
        if (rows.Count > MostSamples)
            rows = rows.Select([.. Enumerable.Range(0, MostSamples).Select(i => (int)((long)i * rows.Count / MostSamples))], [.. Enumerable.Range(0, rows.Classes)]);
        (float[][] directions, double[] mean, double length) = Centred(rows);
        Graph graph = LinearNetwork.Build(rows.Dimension, rows.Classes);
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(graph, device, new() { Optimizer = new AdamW(Rate, Decay: Decay), Schedule = new CosineSchedule(Steps) });
        var input = new Tensor(ElementType.Float32, [Batch, rows.Dimension]);
        var target = new Tensor(ElementType.Float32, [Batch, rows.Classes]);
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        int at = order.Length;
        for (int step = 0, epoch = 0; step < Steps; step++)
        {
            target.Span<float>().Clear();
            for (int i = 0; i < Batch; i++, at++)
            {
                if (at == order.Length)
                {
                    new SampleRandom(1, epoch++, 0).Shuffle(order);
                    at = 0;
                }
                directions[order[at]].CopyTo(input.Span<float>().Slice(i * rows.Dimension, rows.Dimension));
                target.Span<float>()[i * rows.Classes + rows.Label(order[at])] = 1;
            }
            told?.Invoke(trainer.Step(input, target).Loss);
        }
        double[] weights = [.. Named(LinearNetwork.Weights).Select(x => x / length)], biases = [.. Named(LinearNetwork.Biases).Select(x => (double)x)];
        var taught = new bool[rows.Classes];
        for (int row = 0; row < rows.Count; row++) taught[rows.Label(row)] = true;
        for (int c = 0; c < biases.Length; c++)
        {
            for (int i = 0; i < mean.Length; i++) biases[c] -= weights[c * mean.Length + i] * mean[i];
            if (!taught[c]) biases[c] = double.NegativeInfinity;
        }
        return new LinearHead(weights, biases, ofDirection: true);

        float[] Named(string name) => trainer.Trained.Single(parameter => parameter.Name == name).Value.Span<float>().ToArray();
    }

    /// <summary>Directions less their mean, divided by their mean length then; both in double precision.</summary>
    private static (float[][] Directions, double[] Mean, double Length) Centred(FeatureRows rows)
    {
        var features = new float[rows.Dimension];
        var units = new double[rows.Count][];
        var mean = new double[rows.Dimension];
        for (int row = 0; row < units.Length; row++)
        {
            rows.Read(row, features);
            double norm = Math.Sqrt(features.Sum(x => (double)x * x));
            units[row] = [.. features.Select(x => norm == 0 ? 0 : x / norm)];
            for (int i = 0; i < mean.Length; i++) mean[i] += units[row][i] / units.Length;
        }
        double square = 0;
        foreach (double[] unit in units)
            for (int i = 0; i < mean.Length; i++) square += (unit[i] - mean[i]) * (unit[i] - mean[i]);
        // Equal samples have no length to divide by.
        double length = square > 0 ? Math.Sqrt(square / units.Length) : 1;
        return ([.. units.Select(unit => unit.Select((x, i) => (float)((x - mean[i]) / length)).ToArray())], mean, length);
    }
}
