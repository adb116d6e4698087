using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;

namespace LiveCam.Engine.Tests.Training;

public sealed class GradientWalkTests
{
    /// <summary>y = sum of tanh(x W)^2 + 3 tanh(x W): the inner value has two readers, and the walk ends at an input.</summary>
    [Fact]
    public void A_value_with_two_readers_gets_the_sum_of_what_comes_back()
    {
        var graph = new Graph();
        Tensor weights = RandomTensors.Uniform([4, 3], 5), input = RandomTensors.Uniform([2, 4], 6);
        Value x = graph.Input("x", [2, 4]);
        Value inner = graph.Add(new Tanh(), graph.Add(new Gemm(), x, graph.Parameter("w", weights)));
        Value y = graph.Add(new Add(), graph.Add(new Mul(), inner, inner), graph.Add(new Mul(), inner, graph.Parameter("three", Tensor.Scalar(3f))));
        Value[] gradients = graph.Gradients(y, x, inner);
        graph.Output("dx", gradients[0]);
        graph.Output("dinner", gradients[1]);
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, device);
        plan.Write("x", input);
        plan.Run();
        float[] w = weights.Span<float>().ToArray(), at = input.Span<float>().ToArray();
        double Inner(double[] from, int n, int k) => Math.Tanh(Enumerable.Range(0, 4).Sum(i => from[n * 4 + i] * w[i * 3 + k]));
        double Sum(double[] from) => Enumerable.Range(0, 6).Sum(j => Inner(from, j / 3, j % 3) is var v ? v * v + 3 * v : 0);
        double[] exact = Array.ConvertAll(at, v => (double)v);
        for (int i = 0; i < 8; i++)
        {
            double[] ahead = [.. exact], behind = [.. exact];
            (ahead[i], behind[i]) = (ahead[i] + 1e-5, behind[i] - 1e-5);
            Assert.Equal((Sum(ahead) - Sum(behind)) / 2e-5, plan.Read("dx").Span<float>()[i], 1e-5);
        }
        for (int j = 0; j < 6; j++)
            Assert.Equal(2 * Inner(exact, j / 3, j % 3) + 3, plan.Read("dinner").Span<float>()[j], 1e-5);
    }

    [Fact]
    public void A_value_the_loss_does_not_depend_on_is_named()
    {
        var graph = new Graph();
        Value x = graph.Input("x", [2]), other = graph.Input("other", [2]);
        Value loss = graph.Add(new ReduceMean(), graph.Add(new Tanh(), x));
        Assert.Contains("\"other\"", Assert.Throws<LiveCamException>(() => graph.Gradients(loss, x, other)).Message);
    }

    [Fact]
    public void Only_nodes_between_are_walked()
    {
        var graph = new Graph();
        Value x = graph.Add(new ScaleShift(), graph.Input("x", [1, 3, 2, 2]), graph.Parameter("scale", RandomTensors.Uniform([3], 1)), graph.Parameter("shift", RandomTensors.Uniform([3], 2)));
        Value loss = graph.Add(new ReduceMean(Keep: false), graph.Add(new Tanh(), x));
        Value gradient = Assert.Single(graph.Gradients(loss, x));
        graph.Output("dx", gradient);
        Assert.Empty(Compiler.Problems(graph, new()));
        Assert.Contains("ScaleShift", Assert.Throws<LiveCamException>(() => graph.Gradients(loss, graph.Inputs[0].Value)).Message);
    }
}
