using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Teaching;

/// <summary>A linear layer on features' directions, trained by the same trainer as whole networks.</summary>
internal static class TrainedLayer
{
    private const int Batch = 32, Steps = 150;

    // Directions have length 1, so that scores grow with the weights alone: a rate this high, and little decay.
    private const float Rate = 0.05f, Decay = 1e-3f;

    /// <summary>One thread, one order of the samples: equal samples give equal bits.</summary>
    /// <param name="told">Takes the loss of every step.</param>
    public static LinearHead Fit(FeatureRows rows, Action<float>? told)
    {
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
                Span<float> row = input.Span<float>().Slice(i * rows.Dimension, rows.Dimension);
                rows.Read(order[at], row);
                Direct(row);
                target.Span<float>()[i * rows.Classes + rows.Label(order[at])] = 1;
            }
            told?.Invoke(trainer.Step(input, target).Loss);
        }
        (Tensor weights, Tensor biases) = (Named(LinearNetwork.Weights), Named(LinearNetwork.Biases));
        var taught = new bool[rows.Classes];
        for (int row = 0; row < rows.Count; row++) taught[rows.Label(row)] = true;
        return new LinearHead([.. weights.Span<float>().ToArray().Select(x => (double)x)],
            [.. biases.Span<float>().ToArray().Select((x, c) => taught[c] ? x : double.NegativeInfinity)], ofDirection: true);

        Tensor Named(string name) => trainer.Trained.Single(parameter => parameter.Name == name).Value;
    }

    private static void Direct(Span<float> features)
    {
        double square = 0;
        foreach (float x in features) square += (double)x * x;
        if (square == 0) return;
        foreach (ref float x in features) x = (float)(x / Math.Sqrt(square));
    }
}
