using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record BatchNormalization
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        Shape shape = x.Format.Shape;
        if (shape.ElementCount == 0)
            return call.Wants(1) || call.Wants(2) ? [] : [Movement.Nothing];
        var channel = new long[shape.Rank];
        channel[1] = 1;
        (Binding Binding, long[] Strides, long Offset) mean = (new Binding.Input(3), channel, call.Input(3).Offset);
        (Binding Binding, long[] Strides, long Offset) variance = (new Binding.Input(4), channel, call.Input(4).Offset);
        if (Training)
            (mean, variance) = ((new Binding.Workspace(0, shape[1] * 4L), channel, 0), (new Binding.Workspace(1, shape[1] * 4L), channel, 0));
        ShaderCall apply = StridedShader.Call("batch_normalization.comp", LoopNest.Over(y.Format, x.Format.Strides, channel),
            [new("X", 1, x.Offset), new("S", 2, call.Input(1).Offset), new("B", 2, call.Input(2).Offset), new("M", 2, mean.Offset),
                new("V", 2, variance.Offset), new("Y", 0, y.Offset)],
            [new Binding.Input(0), new Binding.Input(1), new Binding.Input(2), mean.Binding, variance.Binding, new Binding.Output(0)],
            ("EPSILON", StridedShader.Text(Epsilon)));
        if (!Training)
            return [apply];
        ShaderCall? running = null;
        if (call.Wants(2))
            running = Running(call, 4, variance.Binding, 2);
        if (call.Wants(1))
            running = Running(call, 3, mean.Binding, 1) with { Next = running };
        bool[] reduced = [.. Enumerable.Range(0, shape.Rank).Select(axis => axis != 1)];
        ShaderCall rest = apply with { Next = running };
        return ReduceShader.List(call, ReductionKind.Mean, x, reduced, mean).Zip(ReduceShader.List(call, ReductionKind.Variance, x, reduced, variance, mean),
            (first, second) => first with { Next = second with { Next = rest } });
    }

    /// <summary>A running average moves towards the batch's number.</summary>
    private ShaderCall Running(GlCall call, int old, Binding batch, int output) =>
        StridedShader.Call("binary.comp", LoopNest.Over(call.Output(output).Format, [1]),
            [new("A", 1, call.Input(old).Offset), new("B", 1, 0), new("Y", 0, call.Output(output).Offset)],
            [new Binding.Input(old), batch, new Binding.Output(output)],
            ("EXPRESSION", $"(a * {StridedShader.Text(Momentum)} + b * {StridedShader.Text(1 - Momentum)})"));
}
