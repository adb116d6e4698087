using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.RandomTensors;
using Activation = LiveCam.Engine.Kernels.Activation;

namespace LiveCam.Engine.Tests.Devices.Gl;

[Collection(GlCollection.Name)]
public sealed class GlPlanTests(GlFixture fixture)
{
    /// <summary>Branches that meet in a Concat or a sum, pooling, activations in place: what shares memory and needs barriers.</summary>
    private static Graph Network(int seed)
    {
        var random = new Random(seed);
        var graph = new Graph();
        int next = 100 * seed;
        Value Conv(Value x, int from, int to, int kernel, int groups = 1) => graph.Add(new Conv2d(kernel, 1, kernel / 2, 1, groups), x,
            graph.Parameter($"w{next}", Uniform([to, from / groups, kernel, kernel], next++, -0.3f, 0.3f)), graph.Parameter($"b{next}", Uniform([to], next++)));
        Value x = graph.Input("x", [1 + seed % 2, 3, 15, 13]);
        int channels = 4 + random.Next(3) * 6;
        Value at = graph.Add(new Relu(), Conv(x, 3, channels, 3));
        for (int block = 0; block < 3; block++)
        {
            switch (random.Next(4))
            {
                case 0:
                    int left = 3 + random.Next(14), right = 4 * (1 + random.Next(4));
                    Value pooled = graph.Add(new MaxPool(Window.Square(3, 1, 1)), at);
                    at = graph.Add(new Concat(1), graph.Add(new Relu(), Conv(at, channels, left, 1)), graph.Add(new Tanh(), Conv(at, channels, right, 3)), pooled);
                    channels += left + right;
                    break;
                case 1:
                    at = graph.Add(new Relu(), graph.Add(new Add(), at, Conv(graph.Add(new HardSwish(), Conv(at, channels, 10, 1)), 10, channels, 3)));
                    break;
                case 2:
                    at = graph.Add(new Clip(-0.5, 0.75), Conv(at, channels, channels, 3, channels));
                    break;
                default:
                    at = graph.Add(new AveragePool(Window.Square(2, 1, 1), CountIncludePad: random.Next(2) == 0), graph.Add(new Sigmoid(), at));
                    break;
            }
        }
        Value mean = graph.Add(new Flatten(1), graph.Add(new GlobalAveragePool(), at));
        graph.Output("map", graph.Add(new Mul(), at, at));
        graph.Output("y", graph.Add(new Softmax(), graph.Add(new Gemm(1, 1, false, true), mean, graph.Parameter("fc", Uniform([10, channels], next++)), graph.Parameter("fcb", Uniform([10], next++)))));
        return graph;
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void Random_networks_agree_with_the_cpu_run_after_run(int seed) => fixture.Run(gl =>
    {
        Graph graph = Network(seed);
        using var cpu = new CpuDevice(threads: 1);
        using var device = new GlDevice(gl, cacheDirectory: null);
        using Plan expected = Compiler.Compile(graph, cpu), actual = Compiler.Compile(graph, device), kept = Compiler.Compile(graph, device, new() { KeepAll = true });
        Assert.Equal(0, actual.HostOps);
        for (int run = 0; run < 3; run++)
        {
            foreach (Plan plan in new[] { expected, actual, kept })
            {
                GlCheck.Feed(plan, seed + run);
                plan.Run();
            }
            GlCheck.Same(actual, expected, 1000, $"run {run}");
            GlCheck.Same(kept, expected, 1000, $"run {run}, everything kept");
        }
    });

    [Fact]
    public void Every_kept_value_agrees_with_the_cpu() => fixture.Run(gl =>
    {
        Graph graph = CompilerTests.Branches();
        using var cpu = new CpuDevice(threads: 1);
        using var device = new GlDevice(gl, cacheDirectory: null);
        using Plan expected = Compiler.Compile(graph, cpu, new() { KeepAll = true }), actual = Compiler.Compile(graph, device, new() { KeepAll = true });
        foreach (Plan plan in new[] { expected, actual })
        {
            GlCheck.Feed(plan);
            plan.Run();
        }
        Assert.All(graph.Nodes, node => Assert.True(RelativeError(actual.Read(node.Outputs[0]), expected.Read(node.Outputs[0])) < Fp32(1000), node.Name));
    });

    [Fact]
    public void Operations_without_a_variant_to_choose_from_agree_with_the_cpu() => fixture.Run(gl =>
    {
        Shape map = [2, 10, 9, 7];
        foreach (Graph graph in new[]
        {
            GlCheck.Single(new MaxPool(new Window([3, 2], [2, 1], [1, 0, 0, 1], [2, 1], CeilMode: true)), [map]),
            GlCheck.Single(new MaxPool(new Window([3], [2], [1, 1], [1])), [[1, 5, 12]]),
            GlCheck.Single(new AveragePool(new Window([3, 3], [2, 2], [1, 1, 1, 1], [], CeilMode: true), CountIncludePad: true), [map]),
            GlCheck.Single(new AveragePool(new Window([2, 2, 3], [1, 2, 1], [0, 1, 1, 0, 1, 1], [])), [[1, 6, 3, 5, 5]]),
            GlCheck.Single(new Lrn(5, 0.3f, 0.75f, 1.5f), [map]),
            GlCheck.Single(new Lrn(4, 0.3f, 0.6f, 2), [map]),
            GlCheck.Single(new BatchNormalization(), [map], Uniform([10], 1), Uniform([10], 2), Uniform([10], 3), Uniform([10], 4, 0.5f, 2)),
            GlCheck.Single(new BatchNormalization(Training: true), [map], Uniform([10], 1), Uniform([10], 2), Uniform([10], 3), Uniform([10], 4, 0.5f, 2)),
            GlCheck.Single(new ScaleShift(Activation.Relu), [map], Uniform([10], 1), Uniform([10], 2)),
            GlCheck.Single(new Pad(), [map], Tensor.Of<long>([8], 0, 1, 2, -1, 1, 0, 3, 2), Tensor.Scalar(0.5f)),
            GlCheck.Single(new Pad(PadMode.Reflect), [map], Tensor.Of<long>([8], 0, 1, 3, 0, 1, 0, 2, 2)),
            GlCheck.Single(new Pad(PadMode.Edge), [map], Tensor.Of<long>([8], 1, 0, 1, 4, 0, 2, 0, 1)),
            GlCheck.Single(new Pad(PadMode.Wrap), [map], Tensor.Of<long>([8], 0, 0, 5, 1, 0, 3, 0, 9)),
            GlCheck.Single(new Gather(1), [[4, 6, 5]], Tensor.Of<long>([2, 2], 5, 0, -1, 3)),
            GlCheck.Single(new Transpose([2, 0, 3, 1]), [map]),
        })
            GlCheck.Variants(gl, graph, 64);
    });

    [Fact]
    public void Running_averages_of_a_normalization_agree_with_the_cpu() => fixture.Run(gl =>
    {
        var graph = new Graph();
        Value[] inputs = [graph.Input("x", [3, 6, 5, 4]), .. Enumerable.Range(1, 4).Select(i => graph.Parameter($"p{i}", Uniform([6], i, 0.5f, 2)))];
        Value[] outputs = graph.Add(new BatchNormalization(Training: true, Momentum: 0.8f), "bn", 3, inputs);
        for (int i = 0; i < 3; i++)
            graph.Output($"y{i}", outputs[i]);
        GlCheck.Variants(gl, graph, 60);
    });

    [Fact]
    public void A_pass_sees_parameters_assigned_since_the_last_one() => fixture.Run(gl =>
    {
        var weights = new Parameter("w", Uniform([8, 4, 3, 3], 1));
        var graph = new Graph();
        graph.Output("y", graph.Add(new Conv2d(3, 1, 1), graph.Input("x", [1, 4, 6, 6]), graph.Parameter(weights)));
        using var cpu = new CpuDevice(threads: 1);
        using var device = new GlDevice(gl, cacheDirectory: null);
        using Plan expected = Compiler.Compile(graph, cpu), actual = Compiler.Compile(graph, device);
        for (int version = 0; version < 3; version++)
        {
            weights.Assign(Uniform([8, 4, 3, 3], 10 + version));
            GlCheck.Feed(expected);
            GlCheck.Feed(actual);
            expected.Run();
            actual.Run();
            GlCheck.Same(actual, expected, 36, $"version {version}");
        }
    });

    [Fact]
    public void Plans_share_packed_weights_and_give_them_back() => fixture.Run(gl =>
    {
        Graph graph = Network(2);
        using var device = new GlDevice(gl, cacheDirectory: null);
        Plan first = Compiler.Compile(graph, device);
        int packed = device.PackedParameters;
        Assert.True(packed > 4);
        Plan second = Compiler.Compile(graph, device);
        Assert.Equal(packed, device.PackedParameters);
        first.Dispose();
        Assert.Equal(packed, device.PackedParameters);
        second.Dispose();
        Assert.Equal(0, device.PackedParameters);
    });

    [Fact]
    public void A_network_beyond_the_memory_limit_is_refused_and_leaves_nothing_behind() => fixture.Run(gl =>
    {
        Graph graph = GlCheck.Single(new Gemm(), [[1, 1024]], Uniform([1024, 1024], 1));
        using var device = new GlDevice(gl, cacheDirectory: null);
        var error = Assert.Throws<LiveCamException>(() => Compiler.Compile(graph, device, new() { MemoryLimit = 2 << 20 }));
        Assert.Contains("weights", error.Message);
        Assert.Equal(0, device.PackedParameters);
    });

    [Fact]
    public void More_work_groups_than_one_axis_holds_are_folded() => fixture.Run(gl =>
    {
        const int count = 65535 * 64 + 77;
        GlCheck.Variants(gl, GlCheck.Single(new Relu(), [[count]]), 1);
    });

    [Fact]
    public void A_budget_is_passed_by_no_more_than_one_step() => fixture.Run(gl =>
    {
        Graph graph = Network(3);
        using var cpu = new CpuDevice(threads: 1);
        using var device = new GlDevice(gl, cacheDirectory: null);
        using Plan expected = Compiler.Compile(graph, cpu), plan = Compiler.Compile(graph, device);
        GlCheck.Feed(expected);
        expected.Run();
        GlCheck.Feed(plan);
        plan.Measure();
        Assert.Equal(plan.Steps.Count, plan.StepMilliseconds.Count);
        int calls = 1;
        while (!plan.RunFor(TimeSpan.Zero))
            calls++;
        Assert.Equal(plan.Steps.Count, calls);

        // Each call takes as many of the measured steps as fit, and one in any case.
        double budget = plan.StepMilliseconds.Max() * 1.5, left = 0;
        int slices = 0;
        foreach (double step in plan.StepMilliseconds)
        {
            if (slices == 0 || step > left)
                (slices, left) = (slices + 1, budget);
            left -= step;
        }
        calls = 1;
        while (!plan.RunFor(TimeSpan.FromMilliseconds(budget)))
            calls++;
        Assert.InRange(calls, slices - 1, slices + 1);       // TimeSpan rounds to 100 ns
        Assert.True(plan.RunFor(TimeSpan.FromHours(1)));
        plan.RunFor(TimeSpan.Zero);
        plan.Run();                                          // finishes the pass that was begun
        GlCheck.Same(plan, expected, 1000, "in slices");
    });
}
