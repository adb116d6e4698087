using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Passes;

/// <summary>A small file may ask for huge constants, or for very many: what they take is looked at before, and grows no faster than their number.</summary>
public sealed class ConstantLimitTests
{
    private static Plan Compile(Graph graph) => Compiler.Compile(graph, new CpuDevice(threads: 1));

    private static (Graph Graph, Value Input) Begin()
    {
        var graph = new Graph();
        return (graph, graph.Input("x", [4]));
    }

    [Fact]
    public void A_product_of_huge_constants_is_refused_before_it_is_computed()
    {
        (Graph graph, Value x) = Begin();
        Value shape = graph.Parameter("shape", Tensor.Of<long>([2], 6000, 6000)), ones = graph.Add(new ConstantOfShape(Bits: BitConverter.SingleToUInt32Bits(1)), shape);
        Value product = graph.Add(new MatMul(), ones, ones);
        graph.Output("y", graph.Add(new Add(), x, graph.Add(new ReduceSum(), product)));
        LiveCamException error = Assert.Throws<LiveCamException>(() => Compile(graph));
        Assert.Contains("GFLOP", error.Message);
    }

    [Fact]
    public void Constants_of_more_bytes_than_the_limit_are_refused()
    {
        (Graph graph, Value x) = Begin();
        Value sum = x;
        // 484 MB each: one fits the limit.
        for (int i = 0; i < 2; i++)
        {
            Value shape = graph.Parameter($"shape {i}", Tensor.Of<long>([2], 11_000, 11_000));
            sum = graph.Add(new Add(), sum, graph.Add(new ReduceMax(), graph.Add(new ConstantOfShape(Bits: BitConverter.SingleToUInt32Bits(i)), shape)));
        }
        graph.Output("y", sum);
        Assert.Contains("memory limit", Assert.Throws<LiveCamException>(() => Compile(graph)).Message);
    }

    // With twice as much at each step instead of as much again this does not end.
    [Fact]
    public void A_constant_that_is_doubled_sixty_times_is_computed_once_a_step()
    {
        (Graph graph, Value x) = Begin();
        Value sum = graph.Parameter("one", Tensor.Of<float>([4], 1, 1, 1, 1));
        for (int i = 0; i < 60; i++) sum = graph.Add(new Add(), sum, sum);
        graph.Output("y", graph.Add(new Mul(), x, sum));
        using Plan plan = Compile(graph);
        plan.Write("x", Tensor.Of<float>([4], 1, 2, 3, 4));
        plan.Run();
        Assert.Equal([1 * MathF.Pow(2, 60), 2 * MathF.Pow(2, 60), 3 * MathF.Pow(2, 60), 4 * MathF.Pow(2, 60)], plan.Read("y").Span<float>().ToArray());
    }

    [Fact]
    public void Thousands_of_chained_constants_and_of_branches_are_computed()
    {
        (Graph graph, Value x) = Begin();
        Value sum = graph.Parameter("one", Tensor.Of<float>([4], 1, -2, 3, -4));
        for (int i = 0; i < 4001; i++) sum = graph.Add(new Neg(), sum);
        Value[] branches = [.. Enumerable.Range(0, 6000).Select(_ => graph.Add(new Neg(), x))];
        for (int i = 0; i < branches.Length; i++) graph.Output($"branch {i}", branches[i]);
        graph.Output("y", graph.Add(new Mul(), x, sum));
        using Plan plan = Compile(graph);
        plan.Write("x", Tensor.Of<float>([4], 1, 1, 1, 1));
        plan.Run();
        Assert.Equal([-1f, 2, -3, 4], plan.Read("y").Span<float>().ToArray());
        Assert.Equal([-1f, -1, -1, -1], plan.Read("branch 5999").Span<float>().ToArray());
    }

    [Fact]
    public void What_was_remembered_while_compiling_does_not_hide_a_change()
    {
        (Graph graph, Value x) = Begin();
        var weight = new Parameter("w", Tensor.Of<float>([4], 1, 2, 3, 4));
        graph.Output("y", graph.Add(new Mul(), x, graph.Add(new Neg(), graph.Parameter(weight))));
        using Plan plan = Compile(graph);
        plan.Write("x", Tensor.Of<float>([4], 1, 1, 1, 1));
        plan.Run();
        weight.Assign(Tensor.Of<float>([4], 5, 6, 7, 8));
        plan.Run();
        Assert.Equal([-5f, -6, -7, -8], plan.Read("y").Span<float>().ToArray());
    }
}
