using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Reference;
using static LiveCam.Engine.Tests.RandomTensors;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>Convolutions that plans compute by <see cref="WinogradForm"/>s: the errors are within their bound, the threads change no bit, and who asks for exact sums gets them.</summary>
public sealed class FastConvolutionTests
{
    private static readonly Shape Input = [2, 24, 19, 13], Weights = [40, 24, 3, 3];
    private static readonly Conv2d Op = new(kernel: 3, pad: 1);
    private static readonly WinogradForm Form = WinogradForm.Four;

    public static TheoryData<VectorWidth> Widths => [.. Enum.GetValues<VectorWidth>()];

    [Theory, MemberData(nameof(Widths))]
    public void A_residual_block_is_within_the_bound_and_exact_where_asked(VectorWidth width)
    {
        using var device = new CpuDevice(threads: 2, width);
        using Plan fast = Block(device, new(), out double[] expected), exact = Block(device, new() { Exact = true }, out _);
        Assert.Contains("F(4,3)", fast.Steps[0].Kernel);
        Assert.DoesNotContain("F(", exact.Steps[0].Kernel);
        double scale = expected.Max(), error = Error(fast), exactError = Error(exact);
        Assert.InRange(error, 0, Form.ErrorBound(24));
        Assert.InRange(exactError, 0, Fp32(9 * 24 + 2));

        double Error(Plan plan)
        {
            plan.Run();
            ReadOnlySpan<float> y = plan.Read("y").Span<float>();
            double largest = 0;
            for (int i = 0; i < y.Length; i++)
                largest = Math.Max(largest, Math.Abs(y[i] - expected[i]));
            return largest / scale;
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        byte[][] answers = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            using var device = new CpuDevice(threads);
            using Plan plan = Block(device, new(), out _);
            plan.Run();
            return plan.Read("y").Bytes.ToArray();
        })];
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    [Fact]
    public void A_device_that_is_exact_makes_exact_plans()
    {
        using var device = new CpuDevice(threads: 1) { Exact = true };
        using Plan plan = Block(device, new(), out _);
        Assert.DoesNotContain("F(", plan.Steps[0].Kernel);
    }

    [Fact]
    public void A_run_sees_the_newest_weights_and_allocates_nothing()
    {
        using var device = new CpuDevice(threads: 1);
        var graph = new Graph();
        var weights = new Parameter("w", Uniform(Weights, 1));
        graph.Output("y", graph.Add(Op, graph.Input("x", Input), graph.Parameter(weights)));
        using Plan plan = Compiler.Compile(graph, device);
        Tensor x = Uniform(Input, 2), next = Uniform(Weights, 3);
        plan.Write("x", x);
        plan.Run();
        weights.Assign(next);
        plan.Run();
        Doubles expected = References.Of(Op, [Doubles.From(x), Doubles.From(next)]).Outputs[0];
        Assert.Null(OpRunner.Difference(plan.Read("y"), expected, Form.ErrorBound(24)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        plan.Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Weights_that_the_plan_itself_changes_are_never_transformed()
    {
        using var device = new CpuDevice(threads: 1);
        var graph = new Graph();
        var weights = new Parameter("w", Uniform(Weights, 1));
        Value w = graph.Parameter(weights);
        graph.Output("y", graph.Add(Op, graph.Input("x", Input), w));
        graph.Assign(weights, graph.Add(new Add(), w, w));
        using Plan plan = Compiler.Compile(graph, device);
        Assert.All(plan.Steps, step => Assert.DoesNotContain("F(", step.Kernel));
    }

    /// <summary>relu(conv(x) + residual), which the passes make one step, and what it is in double precision.</summary>
    private static Plan Block(CpuDevice device, CompileOptions options, out double[] expected)
    {
        Tensor x = Uniform(Input, 1), w = Uniform(Weights, 2), bias = Uniform([40], 3), residual = Uniform([2, 40, 19, 13], 4);
        var graph = new Graph();
        Value sum = graph.Add(Op, graph.Input("x", Input), graph.Parameter("w", w), graph.Parameter("bias", bias));
        graph.Output("y", graph.Add(new Relu(), graph.Add(new Add(), sum, graph.Input("residual", residual.Shape))));
        Plan plan = Compiler.Compile(graph, device, options);
        Assert.Single(plan.Steps);
        plan.Write("x", x);
        plan.Write("residual", residual);
        Doubles exact = References.Of(Op, [Doubles.From(x), Doubles.From(w), Doubles.From(bias)]).Outputs[0];
        expected = [.. exact.Data.Zip(Doubles.From(residual).Data, (value, add) => Math.Max(0, value + add))];
        return plan;
    }
}
