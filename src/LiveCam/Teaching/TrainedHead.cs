using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Teaching;

/// <summary>
/// One layer or two on features' directions, trained by the same trainer as whole networks. They train on what directions do not have in common (their mean taken off,
/// scaled to one size), which the first layer that comes out has in its weights and biases.
/// </summary>
/// <remarks>
/// On the processor wherever the network runs: a step on cached features is at most a few million operations, a fraction of a millisecond, while a pass on a display's
/// context comes back three or four ticks after it was asked for.
/// </remarks>
internal static class TrainedHead
{
    /// <summary>Most samples it learns from, evenly spaced: with 1280 features they take 63 MB meanwhile.</summary>
    public const int MostSamples = 4096;

    /// <summary>Units of the hidden layer.</summary>
    public const int Hidden = 64;

    private const int Batch = 32;

    // A linear layer's inputs have length 1, so scores grow with the weights alone: a rate this high, and little decay. A hidden layer wants inputs of variance 1, as its
    // first weights are made for, and more and smaller steps.
    private static readonly (int Steps, float Rate, float Decay) Linear = (150, 0.05f, 1e-3f), Deep = (300, 0.003f, 1e-2f);

    /// <summary>One thread, one seed, one order of the samples: equal samples give equal bits.</summary>
    /// <param name="hasHidden">Whether there is a hidden layer.</param>
    /// <param name="told">Takes every step.</param>
    public static Head Fit(FeatureRows rows, bool hasHidden, Action<TrainingStep>? told)
    {
        if (rows.Count > MostSamples)
            rows = rows.Select([.. Enumerable.Range(0, MostSamples).Select(i => (int)((long)i * rows.Count / MostSamples))], [.. Enumerable.Range(0, rows.Classes)]);
        (float[][] inputs, double[] mean, double length) = Centred(rows, hasHidden ? Math.Sqrt(rows.Dimension) : 1);
        Graph graph = HeadNetwork.Build(rows.Dimension, rows.Classes, hasHidden ? Hidden : 0, seed: 1);
        using var device = new CpuDevice(threads: 1);
        (int steps, float rate, float decay) = hasHidden ? Deep : Linear;
        using var trainer = new Trainer(graph, device, new() { Optimizer = new AdamW(rate, Decay: decay), Schedule = new CosineSchedule(steps) });
        Train(trainer, rows, inputs, steps, told);

        double[] biases = Named(HeadNetwork.Biases), weights = Named(HeadNetwork.Weights);
        var taught = new bool[rows.Classes];
        for (int row = 0; row < rows.Count; row++) taught[rows.Label(row)] = true;
        for (int c = 0; c < biases.Length; c++)
            if (!taught[c]) biases[c] = double.NegativeInfinity;
        return hasHidden ? new HiddenHead(OfDirection(Named(HeadNetwork.HiddenWeights), Named(HeadNetwork.HiddenBiases)), weights, biases) : OfDirection(weights, biases);

        double[] Named(string name) => [.. trainer.Trained.Single(parameter => parameter.Name == name).Value.Span<float>().ToArray().Select(x => (double)x)];

        // W (x - mean) / length + b on directions as they are.
        LinearHead OfDirection(double[] own, double[] shifts)
        {
            for (int i = 0; i < own.Length; i++) own[i] /= length;
            for (int unit = 0; unit < shifts.Length; unit++)
                for (int i = 0; i < mean.Length; i++) shifts[unit] -= own[unit * mean.Length + i] * mean[i];
            return new(own, shifts, ofDirection: true);
        }
    }

    private static void Train(Trainer trainer, FeatureRows rows, float[][] inputs, int steps, Action<TrainingStep>? told)
    {
        var input = new Tensor(ElementType.Float32, [Batch, rows.Dimension]);
        var target = new Tensor(ElementType.Float32, [Batch, rows.Classes]);
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        int at = order.Length;
        for (int step = 0, epoch = 0; step < steps; step++)
        {
            target.Span<float>().Clear();
            for (int i = 0; i < Batch; i++, at++)
            {
                if (at == order.Length)
                {
                    new SampleRandom(1, epoch++, 0).Shuffle(order);
                    at = 0;
                }
                inputs[order[at]].CopyTo(input.Span<float>().Slice(i * rows.Dimension, rows.Dimension));
                target.Span<float>()[i * rows.Classes + rows.Label(order[at])] = 1;
            }
            float loss = trainer.Step(input, target).Loss;
            told?.Invoke(new(loss, [.. trainer.GradientNorms().GroupBy(one => one.Parameter.Name.StartsWith("hidden") ? "hidden layer" : "last layer")
                .Select(layer => new LayerNorm(layer.Key, Math.Sqrt(layer.Sum(one => one.Norm * one.Norm))))]));
        }
    }

    /// <summary>Directions less their mean, scaled to a mean length; all in double precision.</summary>
    /// <param name="size">That length.</param>
    /// <returns>The inputs, what was taken off, and what they were divided by then.</returns>
    private static (float[][] Inputs, double[] Mean, double Length) Centred(FeatureRows rows, double size)
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
        double length = square > 0 ? Math.Sqrt(square / units.Length) / size : 1;
        return ([.. units.Select(unit => unit.Select((x, i) => (float)((x - mean[i]) / length)).ToArray())], mean, length);
    }
}
