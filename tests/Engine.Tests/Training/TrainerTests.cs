using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Training;

public sealed class TrainerTests
{
    public static TheoryData<Optimizer> Optimizers => [new Sgd(0.2f), new Sgd(0.1f, Nesterov: true), new Sgd(0.5f, Momentum: 0), new Adam(0.02f), new AdamW(0.02f)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_connected_network_learns_two_spirals(Optimizer optimizer)
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.Connected(3, 2, 24, 24, 2), device, new() { Optimizer = optimizer, LargestNorm = 5 });
        (Tensor points, Tensor targets) = Networks.Spirals(128, 5);
        for (int step = 0; step < (optimizer is Sgd { Momentum: 0 } ? 3000 : 600); step++)
            Assert.Null(trainer.Step(points, targets).Trouble);
        (Tensor others, Tensor wanted) = Networks.Spirals(200, 6);
        Assert.True(Networks.Accuracy(trainer.Predict(others), wanted) >= 0.97, $"loss {trainer.Last!.Loss}");
    }

    /// <summary>What one step subtracts is the rate times the gradient, and that is what differences of the loss say.</summary>
    [Fact]
    public void The_first_step_goes_down_the_gradient_that_differences_give()
    {
        using var device = new CpuDevice(threads: 1);
        Graph model = Networks.Connected(3, 2, 9, 2);
        (Tensor points, Tensor targets) = Networks.Spirals(31, 5);
        using var trainer = new Trainer(model, device, new() { Optimizer = new Sgd(0.5f, Momentum: 0) });
        float[][] before = [.. trainer.Trained.Select(parameter => parameter.Value.Span<float>().ToArray())];
        trainer.Step(points, targets);
        double[][] found = [.. trainer.Trained.Select((parameter, i) => parameter.Value.Span<float>().ToArray().Select((w, k) => (before[i][k] - (double)w) / 0.5).ToArray())];
        for (int i = 0; i < before.Length; i++)
            for (int k = 0; k < before[i].Length; k++)
            {
                double Loss(double by)
                {
                    double[][] weights = [.. before.Select(all => Array.ConvertAll(all, w => (double)w))];
                    weights[i][k] += by;
                    return ConnectedLoss(weights, points, targets);
                }
                Assert.Equal((Loss(1e-5) - Loss(-1e-5)) / 2e-5, found[i][k], 1e-6);
            }
    }

    [Fact]
    public void Frozen_layers_receive_no_gradient()
    {
        using var device = new CpuDevice(threads: 1);
        Graph model = Networks.Connected(3, 2, 9, 2);
        Tensor[] frozen = [.. model.Parameters.Values.Where(p => p.Name.StartsWith("fc1", StringComparison.Ordinal)).Select(p => p.Value)];
        using var trainer = new Trainer(model, device, new() { Frozen = parameter => parameter.Name.StartsWith("fc1", StringComparison.Ordinal) });
        (Tensor points, Tensor targets) = Networks.Spirals(31, 5);
        trainer.Step(points, targets);
        Assert.Equal(["fc2.weight", "fc2.bias"], trainer.Trained.Select(parameter => parameter.Name));
        Assert.Equal(frozen, model.Parameters.Values.Where(p => p.Name.StartsWith("fc1", StringComparison.Ordinal)).Select(p => p.Value));
    }

    [Fact]
    public void A_plan_made_before_training_answers_with_the_weights_after_each_step()
    {
        using var device = new CpuDevice(threads: 2);
        Graph model = Networks.Connected(3, 2, 9, 2);
        (Tensor points, Tensor targets) = Networks.Spirals(31, 5);
        using Plan plan = Compiler.Compile(model, device, new() { InputShapes = new Dictionary<string, Shape> { ["x"] = points.Shape } });
        using var trainer = new Trainer(model, device);
        for (int step = 0; step < 3; step++)
        {
            trainer.Step(points, targets);
            plan.Write("x", points);
            plan.Run();
            double[][] weights = [.. model.Parameters.Values.Select(p => Array.ConvertAll(p.Value.Span<float>().ToArray(), w => (double)w))];
            double[] expected = ConnectedOutput(weights, points);
            Assert.All(plan.Read("y").Span<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_bit_equal_weights()
    {
        byte[] Train(int threads)
        {
            using var device = new CpuDevice(threads);
            using var trainer = new Trainer(Networks.Connected(3, 2, 129, 65, 2), device, new() { Optimizer = new AdamW(0.01f), LargestNorm = 1, Average = 0.9f });
            (Tensor points, Tensor targets) = Networks.Spirals(64, 5);
            for (int step = 0; step < 15; step++)
                trainer.Step(points, targets);
            return [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        }
        byte[] one = Train(1);
        Assert.Equal(one, Train(2));
        Assert.Equal(one, Train(5));
    }

    [Fact]
    public void A_step_in_slices_is_the_step_at_once()
    {
        byte[] Train(bool slices)
        {
            using var device = new CpuDevice(threads: 2);
            using var trainer = new Trainer(Networks.Connected(3, 2, 65, 2), device);
            (Tensor points, Tensor targets) = Networks.Spirals(64, 5);
            for (int step = 0; step < 5; step++)
            {
                if (!slices)
                    trainer.Step(points, targets);
                else
                    for (trainer.Begin(points, targets); !trainer.RunFor(TimeSpan.Zero);) { }
            }
            Assert.Equal(5, trainer.Steps);
            return [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        }
        Assert.Equal(Train(false), Train(true));
    }

    [Fact]
    public void A_batch_that_gives_no_number_changes_nothing_and_halves_the_rate()
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.Connected(3, 2, 9, 2), device, new() { Optimizer = new Adam(0.01f) });
        (Tensor points, Tensor targets) = Networks.Spirals(32, 5);
        trainer.Step(points, targets);
        double rate = trainer.Rate;
        byte[] before = [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        Tensor broken = Tensor.Of<float>(points.Shape, points.Span<float>());
        broken.Span<float>()[3] = float.NaN;
        StepResult result = trainer.Step(broken, targets);
        Assert.Contains("NaN", result.Trouble);
        Assert.Equal(rate / 2, trainer.Rate);
        Assert.Equal(before, trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray()));
        Assert.Null(trainer.Step(points, targets).Trouble);
    }

    [Fact]
    public void Steps_far_too_large_are_taken_back_until_they_fit()
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.Connected(3, 2, 9, 2), device, new() { Loss = new MeanSquaredLoss(), Optimizer = new Sgd(60, Momentum: 0), SafeEvery = 5 });
        (Tensor points, Tensor targets) = Networks.Spirals(32, 5);
        float first = trainer.Step(points, targets).Loss;
        int troubles = 0;
        for (int step = 0; step < 200; step++)
            troubles += trainer.Step(points, targets).Trouble is null ? 0 : 1;
        Assert.InRange(troubles, 1, 20);
        Assert.True(trainer.Last!.Loss < first, $"{trainer.Last.Loss} after {first}");
    }

    private static double[] ConnectedOutput(double[][] weights, Tensor points)
    {
        var all = new List<double>();
        float[] x = points.Span<float>().ToArray();
        for (int n = 0; n < points.Shape[0]; n++)
        {
            double[] at = [x[2 * n], x[2 * n + 1]];
            for (int layer = 0; layer < weights.Length; layer += 2)
            {
                double[] from = at;
                double[] w = weights[layer], bias = weights[layer + 1];
                at = [.. bias.Select((b, k) => b + from.Select((v, i) => v * w[k * from.Length + i]).Sum())];
                if (layer + 2 < weights.Length)
                    at = Array.ConvertAll(at, Math.Tanh);
            }
            all.AddRange(at);
        }
        return [.. all];
    }

    private static double ConnectedLoss(double[][] weights, Tensor points, Tensor targets)
    {
        double[] z = ConnectedOutput(weights, points);
        float[] t = targets.Span<float>().ToArray();
        double loss = 0;
        for (int n = 0; n < points.Shape[0]; n++)
        {
            double normalizer = Math.Log(Math.Exp(z[2 * n]) + Math.Exp(z[2 * n + 1]));
            loss += t[2 * n] * (normalizer - z[2 * n]) + t[2 * n + 1] * (normalizer - z[2 * n + 1]);
        }
        return loss / points.Shape[0];
    }
}
