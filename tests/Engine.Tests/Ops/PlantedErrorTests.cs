using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>Errors planted on purpose: the runner that finds nothing wrong with the operators finds each of these.</summary>
public sealed class PlantedErrorTests
{
    private static readonly OpCase Convolution = new(new Conv2d(3, pad: 1), [1, 5, 7, 6], [19, 5, 3, 3], [19]) { Name = "planted" };
    private static readonly OpCase Permutation = new(new Transpose([0, 1, 3, 2]), [1, 5, 6, 6]) { Name = "planted" };
    private static readonly OpCase Product = new(new Mul(), [1, 5, 7, 6], [1, 5, 7, 6]) { Name = "planted" };

    [Fact]
    public void The_cases_are_right_as_they_are()
    {
        foreach (OpCase line in new[] { Convolution, Permutation, Product })
            Assert.Null(Run(line, line.Op));
    }

    [Fact]
    public void A_shifted_tap_is_found()
    {
        // The same extents, but every window lies one column further left.
        var shifted = new Conv2d(new Window([3, 3], [1, 1], [1, 2, 1, 0], [1, 1]));
        Assert.Contains("elements differ", Run(Convolution, new Planted(Convolution.Op, shifted.Prepare)));
    }

    [Fact]
    public void A_missing_bias_is_found()
    {
        Assert.Contains("elements differ", Run(Convolution, new Planted(Convolution.Op, WithoutBias)));
    }

    [Fact]
    public void A_tail_left_out_is_found()
    {
        Assert.Contains("1 of ", Run(Convolution, new Planted(Convolution.Op, call => Then(Convolution.Op, call, LoseLastElement))));
    }

    [Fact]
    public void A_tail_written_too_far_is_found()
    {
        Assert.Contains("lane 19", Run(Convolution, new Planted(Convolution.Op, call => Then(Convolution.Op, call, WriteLaneAfterChannels))));
    }

    [Fact]
    public void A_swapped_axis_is_found()
    {
        var kept = new Transpose([0, 1, 2, 3]);
        Assert.Contains("elements differ", Run(Permutation, new Planted(Permutation.Op, kept.Prepare)));
    }

    [Fact]
    public void A_stale_weight_is_found()
    {
        Assert.Contains("elements differ", Run(Product, new Planted(Product.Op, FirstWeightsForEver)));
    }

    [Fact]
    public void A_step_that_writes_its_input_is_found()
    {
        Assert.Equal("input x0 was changed", Run(Convolution, new Planted(Convolution.Op, call => Then(Convolution.Op, call, SpoilInput))));
    }

    private static string? Run(OpCase line, Op op)
    {
        using var device = new CpuDevice(threads: 1);
        return OpRunner.Problem(line, device, new(Given.Parameters), op);
    }

    private static CpuStep Then(Op op, CpuCall call, Action<Operand, Operand> after)
    {
        CpuStep step = op.Prepare(call);
        (Operand x, Operand y) = (call.Input(0), call.Output(0));
        return CpuStep.Of(1, (_, _, worker) =>
        {
            step.Run(0, step.Rows, worker);
            after(x, y);
        });
    }

    private static unsafe CpuStep WithoutBias(CpuCall call)
    {
        Operand bias = call.Input(2);
        return Then(Convolution.Op, call, (_, y) =>
        {
            for (int p = 0; p < y.Format.Pixels; p++)
                for (int k = 0; k < y.Format.Shape[1]; k++)
                    y.Floats[p * y.Format.Pitch + k] -= bias.Floats[k];
        });
    }

    private static unsafe void LoseLastElement(Operand x, Operand y) => y.Floats[(y.Format.Pixels - 1) * y.Format.Pitch + y.Format.Shape[1] - 1] = 0;

    private static unsafe void WriteLaneAfterChannels(Operand x, Operand y) => y.Floats[2 * y.Format.Pitch + y.Format.Shape[1]] = 0;

    private static unsafe void SpoilInput(Operand x, Operand y) => x.Floats[0] = 0;

    private static unsafe CpuStep FirstWeightsForEver(CpuCall call)
    {
        Operand x = call.Input(0), w = call.Input(1), y = call.Output(0);
        float[]? first = null;
        return CpuStep.Of(1, (_, _, _) =>
        {
            first ??= new Span<float>(w.Floats, x.Format.Shape.ElementCount).ToArray();
            for (int i = 0; i < first.Length; i++)
                y.Floats[i] = x.Floats[i] * first[i];
        });
    }

    /// <summary>An operation with its own rules and somebody else's kernel.</summary>
    private sealed record Planted(Op Own, Func<CpuCall, CpuStep> Kernel) : Op
    {
        public override LayoutRule Layouts => Own.Layouts;
        public override bool IsFeatureMap(int input) => Own.IsFeatureMap(input);
        public override void Infer(InferCall call) => Own.Infer(call);
        public override CpuStep Prepare(CpuCall call) => Kernel(call);
        public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
    }
}
