using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;

namespace LiveCam.Engine.Tests.Training;

/// <summary>Convolutional networks in training: LeNet-5 of the lectures, and one with everything a residual network has.</summary>
public sealed class ConvolutionalTests
{
    [Fact]
    public void LeNet_learns_bars_from_crosses_and_frames()
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.LeNet(3), device, new() { Optimizer = new Sgd(0.05f), LargestNorm = 5 });
        for (int step = 0; step < 60; step++)
        {
            (Tensor pictures, Tensor targets) = Networks.Drawings(32, 100 + step, 28);
            Assert.Null(trainer.Step(pictures, targets).Trouble);
        }
        (Tensor others, Tensor wanted) = Networks.Drawings(100, 7, 28);
        Assert.True(Networks.Accuracy(trainer.Predict(others), wanted) >= 0.97, $"loss {trainer.Last!.Loss}");
    }

    [Fact]
    public void A_residual_network_with_normalization_and_dropout_learns_them_too()
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.Residual(3), device, new() { Optimizer = new AdamW(0.01f), LargestNorm = 5, Average = 0.9f });
        for (int step = 0; step < 60; step++)
        {
            (Tensor pictures, Tensor targets) = Networks.Drawings(32, 100 + step, 16);
            Assert.Null(trainer.Step(pictures, targets).Trouble);
        }
        (Tensor others, Tensor wanted) = Networks.Drawings(100, 7, 16);
        Assert.True(Networks.Accuracy(trainer.Predict(others), wanted) >= 0.95, $"loss {trainer.Last!.Loss}");
        trainer.SwapAverages();
        Assert.True(Networks.Accuracy(trainer.Predict(others), wanted) >= 0.9, "with the averages");
    }

    [Fact]
    public void A_network_whose_branch_is_dropped_at_random_learns_and_answers_with_all_of_it()
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(Networks.Residual(3, dropout: 0), device, new() { Optimizer = new AdamW(0.01f), LargestNorm = 5, DropPath = 0.3f });
        for (int step = 0; step < 80; step++)
        {
            (Tensor pictures, Tensor targets) = Networks.Drawings(32, 100 + step, 16);
            Assert.Null(trainer.Step(pictures, targets).Trouble);
        }
        (Tensor others, Tensor wanted) = Networks.Drawings(100, 7, 16);
        Assert.True(Networks.Accuracy(trainer.Predict(others), wanted) >= 0.9, $"loss {trainer.Last!.Loss}");
        Assert.Equal(trainer.Predict(others).Bytes.ToArray(), trainer.Predict(others).Bytes.ToArray());
    }

    /// <summary>The loss of a batch falls along the gradient by what the gradient's norm says, to first order.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_small_step_lowers_the_loss_by_the_rate_times_the_squared_norm(bool residual)
    {
        using var device = new CpuDevice(threads: 1);
        using var trainer = new Trainer(residual ? Networks.Residual(3, dropout: 0) : Networks.LeNet(3), device, new() { Optimizer = new Sgd(1e-3f, Momentum: 0) });
        (Tensor pictures, Tensor targets) = Networks.Drawings(16, 5, residual ? 16 : 28);
        StepResult first = trainer.Step(pictures, targets), second = trainer.Step(pictures, targets);
        double expected = 1e-3 * (first.Norm * first.Norm + second.Norm * second.Norm) / 2;
        Assert.Equal(1, (first.Loss - second.Loss) / expected, 0.02);
        Assert.Equal(first.Norm, Math.Sqrt(first.Norm * first.Norm), 1e-12);
        Assert.Equal(second.Norm, Math.Sqrt(trainer.GradientNorms().Sum(one => one.Norm * one.Norm)), 1e-3 * second.Norm);
    }

    [Fact]
    public void Any_number_of_threads_gives_bit_equal_weights()
    {
        byte[] Train(int threads, bool residual)
        {
            using var device = new CpuDevice(threads);
            using var trainer = new Trainer(residual ? Networks.Residual(3) : Networks.LeNet(3), device, new() { LargestNorm = 1 });
            for (int step = 0; step < 4; step++)
            {
                (Tensor pictures, Tensor targets) = Networks.Drawings(16, step, residual ? 16 : 28);
                trainer.Step(pictures, targets);
            }
            return [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        }
        foreach (bool residual in new[] { false, true })
        {
            byte[] one = Train(1, residual);
            Assert.Equal(one, Train(2, residual));
            Assert.Equal(one, Train(5, residual));
        }
    }

    [Fact]
    public void A_frozen_normalization_keeps_its_statistics_and_stays_in_inference_form()
    {
        using var device = new CpuDevice(threads: 1);
        Graph model = Networks.Residual(3);
        Parameter[] kept = [.. model.Parameters.Values.Where(p => p.Name.StartsWith("norm1", StringComparison.Ordinal))];
        Parameter[] moving = [.. model.Parameters.Values.Where(p => p.Name is "norm2.mean" or "norm2.variance")];
        Tensor[] before = [.. kept.Select(p => p.Value)], movingBefore = [.. moving.Select(p => p.Value)];
        using var trainer = new Trainer(model, device, new() { Frozen = p => p.Name.StartsWith("norm1", StringComparison.Ordinal) || p.Name.StartsWith("conv1", StringComparison.Ordinal) });
        (Tensor pictures, Tensor targets) = Networks.Drawings(16, 5, 16);
        trainer.Step(pictures, targets);
        Assert.Equal(before, kept.Select(p => p.Value));
        Assert.Equal(2, moving.Length);
        Assert.All(moving.Zip(movingBefore), pair => Assert.NotEqual(pair.Second.Bytes.ToArray(), pair.First.Value.Bytes.ToArray()));
    }

    [Fact]
    public void An_operator_without_a_gradient_is_named()
    {
        using var device = new CpuDevice(threads: 1);
        var graph = new Graph();
        Value x = graph.Add(new Conv2d(3), "conv", 1, graph.Input("x", [1, 3, 8, 8]), graph.Parameter("w", RandomTensors.Uniform([5, 3, 3, 3], 1)))[0];
        Value each = graph.Parameter("each", RandomTensors.Uniform([5], 2)), y = graph.Add(new ScaleShift(), "norm7", 1, x, each, each)[0];
        graph.Output("y", graph.Add(new Flatten(), y));
        string message = Assert.Throws<LiveCamException>(() => new Trainer(graph, device)).Message;
        Assert.Contains("ScaleShift \"norm7\"", message);
    }
}
