using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Explaining;

/// <summary>The reverse walk by each rule against a second implementation in double precision, on both devices.</summary>
[Collection(GlCollection.Name)]
public sealed class GradientRuleTests(GlFixture gl)
{
    private const int Size = 15, First = 5, Second = 4, Unit = 2;

    private static readonly Tensor Picture = RandomTensors.Uniform([1, 3, Size, Size], 1),
        Weights1 = RandomTensors.Uniform([First, 3, 3, 3], 2), Bias1 = RandomTensors.Uniform([First], 3),
        Weights2 = RandomTensors.Uniform([Second, First, 3, 3], 4, -0.9f), Bias2 = RandomTensors.Uniform([Second], 5, 1, 2);

    // Products summed on the way to one element of the result, forward and back.
    private const int Terms = 2 * (3 * 9 + First * 9 + Second * 9);

    [Theory]
    [InlineData(GradientRule.Plain)]
    [InlineData(GradientRule.Guided)]
    [InlineData(GradientRule.Deconvnet)]
    public void The_walk_is_what_loops_in_double_precision_give(GradientRule rule)
    {
        double[] expected = Expected(rule);
        using var cpu = new CpuDevice(threads: 1);
        float[] here = Run(rule, cpu), there = Run(rule, gl.Device);
        double allowed = RandomTensors.Fp32(Terms) * expected.Max(Math.Abs);
        Assert.True(expected.Max(Math.Abs) > 0.1, $"the largest is {expected.Max(Math.Abs)}");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], here[i], allowed);
            Assert.Equal(here[i], there[i], 2 * allowed);
        }
    }

    /// <summary>On paper: of x = (1, -2, 3) and what comes back (-1, 5, 2), the three rules let through (-1, 0, 2), (0, 0, 2) and (0, 5, 2).</summary>
    [Theory]
    [InlineData(GradientRule.Plain, new[] { -1f, 0, 2 })]
    [InlineData(GradientRule.Guided, new[] { 0f, 0, 2 })]
    [InlineData(GradientRule.Deconvnet, new[] { 0f, 5, 2 })]
    public void A_rectifier_by_hand(GradientRule rule, float[] expected)
    {
        foreach (Op rectifier in (ReadOnlySpan<Op>)[new Relu(), new Clip(0, 6), new LeakyRelu(0)])
        {
            var graph = new Graph();
            Value x = graph.Input("x", [1, 3]);
            Value target = graph.Add(new Mul(), graph.Add(rectifier, x), graph.Parameter("back", Tensor.Of([1, 3], -1f, 5f, 2f)));
            graph.Output("dx", graph.Gradients(target, [x], rule)[0]);
            using var cpu = new CpuDevice(threads: 1);
            using Plan plan = Compiler.Compile(graph, cpu);
            plan.Write("x", Tensor.Of([1, 3], 1f, -2f, 3f));
            plan.Run();
            Assert.Equal(expected, plan.Read("dx").Span<float>().ToArray());
        }
    }

    private static float[] Run(GradientRule rule, Device device)
    {
        var graph = new Graph();
        Value x = graph.Input("x", Picture.Shape);
        Value y = graph.Add(new Relu(), graph.Add(new Conv2d(3, pad: 1), x, graph.Parameter("w1", Weights1), graph.Parameter("b1", Bias1)));
        y = graph.Add(new MaxPool(Window.Square(3, 2)), y);
        y = graph.Add(new Relu(), graph.Add(new Conv2d(3, stride: 2), y, graph.Parameter("w2", Weights2), graph.Parameter("b2", Bias2)));
        Value target = graph.Add(new Gather(1), y, graph.Parameter("unit", Tensor.Scalar((long)Unit)));
        graph.Output("dx", graph.Gradients(target, [x], rule)[0]);
        using Plan plan = Compiler.Compile(graph, device, new() { Exact = true });
        plan.Write("x", Picture);
        plan.Run();
        return plan.Read("dx").Span<float>().ToArray();
    }

    private static double[] Expected(GradientRule rule)
    {
        double[,,] x = Maps(Picture);
        double[,,,] w1 = Kernels(Weights1), w2 = Kernels(Weights2);
        double[,,] z1 = PlainNetwork.Convolution(x, w1, Doubles.From(Bias1).Data, 1, 1), a1 = PlainNetwork.Rectified(z1);
        (double[,,] pooled, (int, int)[,,] switches) = PlainNetwork.MaxPool(a1, 3, 2);
        double[,,] z2 = PlainNetwork.Convolution(pooled, w2, Doubles.From(Bias2).Data, 2, 0);
        double[,,] back = PlainNetwork.Each(z2, (k, _, _) => k == Unit ? 1 : 0);
        back = PlainNetwork.ConvolutionBack(pooled, PlainNetwork.RectifierBack(z2, back, rule), w2, 2, 0);
        back = PlainNetwork.RectifierBack(z1, PlainNetwork.Unpool(a1, back, switches), rule);
        return [.. PlainNetwork.ConvolutionBack(x, back, w1, 1, 1).Cast<double>()];
    }

    private static double[,,] Maps(Tensor tensor)
    {
        Doubles data = Doubles.From(tensor);
        return PlainNetwork.Each(new double[data.Shape[1], data.Shape[2], data.Shape[3]], (c, i, j) => data[[0, c, i, j]]);
    }

    private static double[,,,] Kernels(Tensor tensor)
    {
        Doubles data = Doubles.From(tensor);
        var kernels = new double[data.Shape[0], data.Shape[1], data.Shape[2], data.Shape[3]];
        for (int i = 0, k = 0; k < kernels.GetLength(0); k++)
            for (int c = 0; c < kernels.GetLength(1); c++)
                for (int r = 0; r < kernels.GetLength(2); r++)
                    for (int s = 0; s < kernels.GetLength(3); s++)
                        kernels[k, c, r, s] = data.Data[i++];
        return kernels;
    }
}
