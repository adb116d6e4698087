using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.RandomTensors;

namespace LiveCam.Engine.Tests;

public sealed class CompilerTests
{
    /// <summary>Branches into a Concat, a residual sum, activations, an element-wise tail, a Reshape: what passes and planner rewrite.</summary>
    internal static Graph Branches(int seed = 1)
    {
        var graph = new Graph();
        int next = seed;
        Value Conv(Value x, int from, int to, int kernel, string name)
        {
            Value w = graph.Parameter($"{name}.w", Uniform([to, from, kernel, kernel], next++, -0.3f, 0.3f));
            Value b = graph.Parameter($"{name}.b", Uniform([to], next++));
            return graph.Add(new Conv2d(kernel, 1, kernel / 2), name, 1, x, w, b)[0];
        }
        Value x = graph.Input("x", [1, 3, 17, 13]);
        Value stem = graph.Add(new Relu(), "stem", 1, Conv(x, 3, 20, 3, "conv0"))[0];
        Value left = graph.Add(new Relu(), "left", 1, Conv(stem, 20, 16, 1, "conv1"))[0];
        Value right = graph.Add(new Sigmoid(), "right", 1, Conv(stem, 20, 24, 3, "conv2"))[0];
        Value both = graph.Add(new Concat(1), "both", 1, left, right)[0];
        Value inner = Conv(both, 40, 40, 3, "conv3");
        Value sum = graph.Add(new Relu(), "sum", 1, graph.Add(new Add(), inner, both))[0];
        Value scaled = graph.Add(new Mul(), "scaled", 1, sum, graph.Parameter("scale", Uniform([1, 40, 1, 1], next++)))[0];
        Value mixed = graph.Add(new Sub(), "mixed", 1, scaled, graph.Add(new Tanh(), Conv(left, 16, 40, 1, "conv4")))[0];
        Value shape = graph.Parameter("shape", Tensor.Of<long>([2], 1, -1));
        graph.Output("y", graph.Add(new Reshape(), "flat", 1, mixed, shape)[0]);
        return graph;
    }

    [Fact]
    public void Passes_and_memory_sharing_leave_the_result_as_it_was()
    {
        Graph graph = Branches();
        using var device = new CpuDevice(threads: 2);
        Tensor input = Uniform([1, 3, 17, 13], 99);
        using Plan plain = Compiler.Compile(graph, device, new() { Optimize = false, KeepAll = true });
        using Plan fused = Compiler.Compile(graph, device);
        plain.Write("x", input);
        fused.Write("x", input);
        for (int run = 0; run < 3; run++)
        {
            plain.Run();
            fused.Run();
            Assert.True(RelativeError(fused.Read("y"), plain.Read("y")) < Fp32(1000));
        }
        Assert.True(fused.Steps.Count < plain.Steps.Count);
        Assert.True(fused.ArenaBytes < plain.ArenaBytes);
    }

    [Fact]
    public void Every_value_can_be_kept_by_name()
    {
        Graph graph = Branches();
        using var device = new CpuDevice(threads: 1);
        Tensor input = Uniform([1, 3, 17, 13], 5);
        using Plan all = Compiler.Compile(graph, device, new() { Optimize = false, KeepAll = true });
        all.Write("x", input);
        all.Run();
        foreach (string name in new[] { "conv0", "stem", "left", "right", "both", "conv3", "sum", "scaled", "mixed" })
        {
            using Plan one = Compiler.Compile(graph, device, new() { Keep = [name] });
            one.Write("x", input);
            one.Run();
            one.Run();
            Assert.True(RelativeError(one.Read(name), all.Read(name)) < Fp32(1000), name);
            Assert.True(RelativeError(one.Read("y"), all.Read("y")) < Fp32(1000), name);
        }
    }

    [Fact]
    public void A_concat_of_branches_copies_nothing()
    {
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(Branches(), device);
        Assert.DoesNotContain(plan.Steps, step => step.Op == "Concat");
        Assert.DoesNotContain(plan.Steps, step => step.Op == "Relu");
    }

    [Fact]
    public void Any_thread_count_gives_the_same_bits()
    {
        Tensor input = Uniform([1, 3, 17, 13], 7);
        Tensor Run(int threads)
        {
            using var device = new CpuDevice(threads);
            using Plan plan = Compiler.Compile(Branches(), device);
            plan.Write("x", input);
            plan.Run();
            return plan.Read("y");
        }
        Tensor one = Run(1);
        Assert.Equal(one.Bytes.ToArray(), Run(2).Bytes.ToArray());
        Assert.Equal(one.Bytes.ToArray(), Run(5).Bytes.ToArray());
    }

    [Fact]
    public void A_run_in_slices_of_time_equals_a_run_at_once()
    {
        using var device = new CpuDevice(threads: 2);
        using Plan plan = Compiler.Compile(Branches(), device);
        Tensor input = Uniform([1, 3, 17, 13], 8);
        plan.Write("x", input);
        plan.Run();
        Tensor expected = plan.Read("y");
        plan.Write("x", Uniform([1, 3, 17, 13], 9));
        plan.Run();
        plan.Write("x", input);
        int slices = 1;
        while (!plan.RunFor(TimeSpan.Zero))
            slices++;
        Assert.True(slices >= plan.Steps.Count);
        Assert.Equal(expected.Bytes.ToArray(), plan.Read("y").Bytes.ToArray());
    }

    [Fact]
    public void A_run_allocates_nothing_on_the_managed_heap()
    {
        Graph graph = Branches();
        // A folded BatchNormalization: parameters derived from others, whose versions every run looks at.
        Value PerChannel(string name, float low) => graph.Parameter(name, Uniform([5], name.Length, low));
        Value folded = graph.Add(new Conv2d(3), "conv5", 1, graph.Inputs[0].Value, graph.Parameter("conv5.w", Uniform([5, 3, 3, 3], 77)))[0];
        graph.Output("z", graph.Add(new BatchNormalization(), folded, PerChannel("scale5", -1), PerChannel("shift05", -1), PerChannel("mean0005", -1), PerChannel("variance5", 0.1f)));
        using var device = new CpuDevice(threads: 2);
        using Plan plan = Compiler.Compile(graph, device);
        for (int i = 0; i < 50; i++)
            plan.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            plan.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_changed_parameter_is_seen_by_the_next_run()
    {
        Graph graph = Branches();
        Parameter weights = graph.Parameters.Values.First(p => p.Name == "conv3.w");
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, device);
        Tensor input = Uniform([1, 3, 17, 13], 3);
        plan.Write("x", input);
        plan.Run();
        Tensor before = plan.Read("y");
        weights.Assign(Uniform(weights.Shape, 1234, -0.3f, 0.3f));
        plan.Run();
        Assert.True(RelativeError(plan.Read("y"), before) > 0.01);
        using Plan fresh = Compiler.Compile(graph, device);
        fresh.Write("x", input);
        fresh.Run();
        Assert.Equal(fresh.Read("y").Bytes.ToArray(), plan.Read("y").Bytes.ToArray());
    }

    [Fact]
    public void Twenty_thousand_nodes_in_a_row_are_planned_in_the_memory_of_a_few()
    {
        var graph = new Graph();
        Value x = graph.Input("x", [1, 4, 8, 8]);
        for (int i = 0; i < 20_000; i++)
            x = i % 3 == 2 ? graph.Add(new Add(), x, x) : graph.Add(new Relu(), x);
        graph.Output("y", x);
        using var device = new CpuDevice(1);
        using Plan plan = Compiler.Compile(graph, device);
        Assert.InRange(plan.ArenaBytes, 1, 8 * 4 * 64 * sizeof(float));
    }

    [Fact]
    public void All_problems_are_named_at_once()
    {
        var graph = new Graph();
        Value x = graph.Input("x", [1, 3, 8, 8]);
        Value w = graph.Parameter("w", Uniform([4, 5, 3, 3], 1));
        graph.Output("a", graph.Add(new Conv2d(3), "first", 1, x, w)[0]);
        graph.Output("b", graph.Add(new Concat(1), "second", 1, x, graph.Parameter("odd", Uniform([1, 1, 7, 7], 2)))[0]);
        using var device = new CpuDevice(1);
        var error = Assert.Throws<LiveCamException>(() => Compiler.Compile(graph, device));
        Assert.Contains("\"first\"", error.Message);
        Assert.Contains("\"second\"", error.Message);
    }
}
