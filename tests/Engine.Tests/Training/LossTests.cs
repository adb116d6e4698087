using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Training;

/// <summary>Every loss: its value by its definition in double precision, and its gradient by what a small step makes of it.</summary>
public sealed class LossTests
{
    public static TheoryData<string> Losses => [.. Table.Keys];

    private static readonly Dictionary<string, (Loss Loss, Func<double[][], double[][], double> Definition)> Table = new()
    {
        ["cross-entropy"] = (new CrossEntropyLoss(), (z, t) => Entropy(z, t, 0, [1, 1, 1])),
        ["cross-entropy, smoothed and weighted"] = (new CrossEntropyLoss(0.1f, [0.5f, 2, 1]), (z, t) => Entropy(z, t, 0.1f, [0.5, 2, 1])),
        ["binary cross-entropy"] = (new BinaryCrossEntropyLoss(), (z, t) => Mean(z, t, (p, y) => -y * Math.Log(p) - (1 - y) * Math.Log(1 - p))),
        ["binary cross-entropy, weighted"] = (new BinaryCrossEntropyLoss([0.5f, 2, 1]), (z, t) => Weighted(z, t, [0.5, 2, 1])),
        ["focal"] = (new FocalLoss(2, 0.25f), (z, t) => Mean(z, t, (p, y) => -0.25 * y * (1 - p) * (1 - p) * Math.Log(p) - 0.75 * (1 - y) * p * p * Math.Log(1 - p))),
        ["soft F1"] = (new SoftF1Loss(), SoftF1),
        ["squares"] = (new MeanSquaredLoss(), (z, t) => z.Zip(t).Average(row => row.First.Zip(row.Second, (a, b) => (a - b) * (a - b)).Average())),
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_is_what_its_definition_says_and_falls_along_its_gradient(string name)
    {
        (Loss loss, Func<double[][], double[][], double> definition) = Table[name];
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.Connected(3, 5, 16, 3), device, new() { Loss = loss, Optimizer = new Sgd(1e-2f, Momentum: 0) });
        Tensor input = RandomTensors.Uniform([24, 5], 11), target = new(ElementType.Float32, [24, 3]);
        var random = new Random(4);
        for (int n = 0; n < 24; n++)
            target.Span<float>()[n * 3 + random.Next(3)] = 1;
        double[][] rows(Tensor tensor) => [.. Array.ConvertAll(tensor.Span<float>().ToArray(), x => (double)x).Chunk(3)];
        Assert.Equal(definition(rows(trainer.Predict(input)), rows(target)), trainer.Step(input, target).Loss, 2e-6);
        StepResult first = trainer.Last!, second = trainer.Step(input, target);
        double expected = 1e-2 * (first.Norm * first.Norm + second.Norm * second.Norm) / 2;
        Assert.Equal(1, (first.Loss - second.Loss) / expected, 0.02);
    }

    [Fact]
    public void Rows_of_zeros_do_not_count()
    {
        (float Loss, byte[] Weights) Train(int more)
        {
            using var device = new CpuDevice(threads: 1);
            using var trainer = new Trainer(Networks.Connected(3, 2, 8, 2), device, new() { Optimizer = new Sgd(0.1f) });
            (Tensor points, Tensor targets) = Networks.Spirals(16, 5);
            Tensor longer = new(ElementType.Float32, [16 + more, 2]), wanted = new(ElementType.Float32, [16 + more, 2]);
            points.Span<float>().CopyTo(longer.Span<float>());
            targets.Span<float>().CopyTo(wanted.Span<float>());
            float loss = trainer.Step(longer, wanted).Loss;
            return (loss, [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())]);
        }
        Assert.Equal(Train(0).Loss, Train(5).Loss, 1e-6f);
    }

    private static double Logistic(double z) => 1 / (1 + Math.Exp(-z));

    private static double Mean(double[][] z, double[][] t, Func<double, double, double> term) =>
        z.Zip(t).Average(row => row.First.Zip(row.Second, (a, b) => term(Logistic(a), b)).Average());

    private static double Weighted(double[][] z, double[][] t, double[] weights) =>
        z.Zip(t).Average(row => Enumerable.Range(0, 3).Average(c => -weights[c] * Math.Log(row.Second[c] > 0 ? Logistic(row.First[c]) : 1 - Logistic(row.First[c]))));

    private static double Entropy(double[][] z, double[][] t, float smoothing, double[] weights)
    {
        double loss = 0, count = 0;
        foreach ((double[] logits, double[] targets) in z.Zip(t))
        {
            double normalizer = Math.Log(logits.Sum(Math.Exp));
            for (int c = 0; c < 3; c++)
            {
                loss += weights[c] * ((1 - smoothing) * targets[c] + smoothing / 3.0) * (normalizer - logits[c]);
                count += weights[c] * targets[c];
            }
        }
        return loss / count;
    }

    private static double SoftF1(double[][] z, double[][] t)
    {
        double sum = 0;
        for (int c = 0; c < 3; c++)
        {
            double hits = z.Zip(t).Sum(row => Logistic(row.First[c]) * row.Second[c]);
            sum += 2 * hits / (z.Sum(row => Logistic(row[c])) + t.Sum(row => row[c]) + z.Length * 1e-6);
        }
        return 1 - sum / 3;
    }
}
