using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Training;

public sealed class OptimizerTests
{
    /// <summary>Targets of zeros give no gradient: what moves is decay alone.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decay_shrinks_weights_and_leaves_biases_alone(bool adam)
    {
        using var device = new CpuDevice(threads: 1);
        Graph model = Networks.Connected(3, 2, 8, 2);
        foreach (Parameter bias in model.Parameters.Values.Where(p => p.Shape.Rank == 1))
            bias.Assign(RandomTensors.Uniform(bias.Shape, 9));
        using var trainer = new Trainer(model, device, new() { Optimizer = adam ? new AdamW(0.1f, Decay: 0.5f) : new Sgd(0.1f, Momentum: 0, Decay: 0.5f) });
        float[][] before = [.. trainer.Trained.Select(parameter => parameter.Value.Span<float>().ToArray())];
        trainer.Step(RandomTensors.Uniform([4, 2], 1), new Tensor(ElementType.Float32, [4, 2]));
        foreach ((Parameter parameter, float[] old) in trainer.Trained.Zip(before))
            Assert.All(parameter.Value.Span<float>().ToArray().Zip(old), pair => Assert.Equal(parameter.Shape.Rank == 2 ? pair.Second * 0.95f : pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void A_gradient_longer_than_allowed_is_shortened_to_that_length()
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.Connected(3, 2, 8, 2), device, new() { Optimizer = new Sgd(0.5f, Momentum: 0), LargestNorm = 0.01f });
        double[] before = [.. trainer.Trained.SelectMany(parameter => parameter.Value.Span<float>().ToArray()).Select(x => (double)x)];
        (Tensor points, Tensor targets) = Networks.Spirals(16, 5);
        Assert.True(trainer.Step(points, targets).Norm > 0.02);
        double[] after = [.. trainer.Trained.SelectMany(parameter => parameter.Value.Span<float>().ToArray()).Select(x => (double)x)];
        Assert.Equal(0.5 * 0.01, Math.Sqrt(before.Zip(after, (a, b) => (a - b) * (a - b)).Sum()), 1e-6);
    }

    [Fact]
    public void Averages_follow_weights_and_statistics_and_swapping_twice_changes_nothing()
    {
        using var device = new CpuDevice(threads: 1);
        Graph model = Networks.Residual(3);
        using var trainer = new Trainer(model, device, new() { Optimizer = new Sgd(0.05f), Average = 0.75f });
        Parameter[] all = [.. model.Nodes.Where(node => node.Op is BatchNormalization).SelectMany(node => node.Inputs[3..5]).Select(value => model.Parameters[value]), .. trainer.Trained];
        double[][] averages = [.. all.Select(Numbers)];
        for (int step = 0; step < 20; step++)
        {
            (Tensor pictures, Tensor targets) = Networks.Drawings(16, step, 16);
            trainer.Step(pictures, targets);
            double decay = Math.Min(0.75, (step + 1.0) / (step + 10.0));
            averages = [.. averages.Zip(all, (average, parameter) => average.Zip(Numbers(parameter), (a, w) => decay * a + (1 - decay) * w).ToArray())];
        }
        byte[][] own = [.. all.Select(parameter => parameter.Value.Bytes.ToArray())];
        trainer.SwapAverages();
        foreach ((Parameter parameter, double[] average) in all.Zip(averages))
            Assert.All(Numbers(parameter).Zip(average), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 2e-6 * (1 + Math.Abs(pair.Second)), $"{parameter.Name}: {pair.First} instead of {pair.Second}"));
        Assert.All(all.Zip(own), pair => Assert.NotEqual(pair.Second, pair.First.Value.Bytes.ToArray()));
        trainer.SwapAverages();
        Assert.All(all.Zip(own), pair => Assert.Equal(pair.Second, pair.First.Value.Bytes.ToArray()));

        static double[] Numbers(Parameter parameter) => Array.ConvertAll(parameter.Value.Span<float>().ToArray(), x => (double)x);
    }

    [Fact]
    public void Schedules_rise_and_fall_where_they_say()
    {
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Enumerable.Range(0, 5).Select(step => new ConstantSchedule().WarmedUp(4).Factor(step)));
        var cosine = new CosineSchedule(100, 0.1);
        Assert.Equal(1, cosine.Factor(0));
        Assert.Equal(0.55, cosine.Factor(50), 1e-12);
        Assert.Equal(0.1, cosine.Factor(100), 1e-12);
        Assert.Equal(0.1, cosine.Factor(1000), 1e-12);
        var steps = new StepSchedule([10, 20], 0.5);
        Assert.Equal([1, 0.5, 0.5, 0.25], new long[] { 9, 10, 19, 20 }.Select(steps.Factor));
        var cycle = new OneCycleSchedule(101);
        Assert.Equal(1 / 25.0, cycle.Factor(0), 1e-12);
        Assert.Equal(1, cycle.Factor(30), 1e-12);
        Assert.Equal(1 / 25e4, cycle.Factor(100), 1e-12);
        Assert.Equal(30, Enumerable.Range(0, 101).MaxBy(step => cycle.Factor(step)));
    }
}
