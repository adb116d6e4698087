using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record BatchNormalizationGradient
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), dy = call.Input(2);
        Shape shape = x.Format.Shape;
        if (shape.ElementCount == 0)
            return [];
        (int pixels, int channels, int xPitch) = BatchNormalizationGradient.ChannelsOf(x.Format);
        var channel = new long[shape.Rank];
        channel[1] = 1;
        long bytes = channels * 4L;
        (Binding Binding, long[] Strides, long Offset) mean = Training ? (new Binding.Workspace(0, bytes), channel, 0) : (new Binding.Input(3), channel, call.Input(3).Offset);
        (Binding Binding, long[] Strides, long Offset) variance = Training ? (new Binding.Workspace(1, bytes), channel, 0) : (new Binding.Input(4), channel, call.Input(4).Offset);
        var sums = new Binding.Workspace(2, 2 * bytes);

        ShaderCall? apply = null;
        if (call.Wants(0))
        {
            GlOperand dx = call.Output(0);
            apply = StridedShader.Call("batch_normalization_gradient.comp", LoopNest.Over(dx.Format, x.Format.Strides, dy.Format.Strides, channel),
                [new("X", 1, x.Offset), new("DY", 2, dy.Offset), new("S", 3, call.Input(1).Offset), new("M", 3, mean.Offset), new("V", 3, variance.Offset),
                    new("P", 3, 0), new("Q", 3, channels), new("DX", 0, dx.Offset)],
                [new Binding.Input(0), new Binding.Input(2), new Binding.Input(1), mean.Binding, variance.Binding, sums, new Binding.Output(0)],
                ("EPSILON", StridedShader.Text(Epsilon)), ("TRAINING", Training ? "1" : "0"), ("PIXELS", $"{StridedShader.Text(pixels)}.0"));
        }
        ShaderBuilder total = new ShaderBuilder("channel_gradient_sums.comp", "16 channels").Bind(new Binding.Input(0)).Bind(new Binding.Input(2))
            .Bind(mean.Binding).Bind(variance.Binding).Bind(sums)
            .Define(("PIXELS", pixels), ("CHANNELS", channels), ("X_PITCH", xPitch), ("X_OFFSET", x.Offset), ("DY_PITCH", BatchNormalizationGradient.ChannelsOf(dy.Format).Pitch),
                ("DY_OFFSET", dy.Offset), ("M_OFFSET", mean.Offset), ("V_OFFSET", variance.Offset)).Define("EPSILON", StridedShader.Text(Epsilon));
        if (call.Wants(1))
            total.Bind(new Binding.Output(1), "SCALE_BLOCK").Define(("SCALE_OFFSET", call.Output(1).Offset));
        if (call.Wants(2))
            total.Bind(new Binding.Output(2), "SHIFT_BLOCK").Define(("SHIFT_OFFSET", call.Output(2).Offset));
        ShaderCall rest = total.Over((channels + 15) / 16) with { Next = apply };
        if (!Training)
            return [rest];
        bool[] reduced = [.. Enumerable.Range(0, shape.Rank).Select(axis => axis != 1)];
        return ReduceShader.List(call, ReductionKind.Mean, x, reduced, mean).Zip(ReduceShader.List(call, ReductionKind.Variance, x, reduced, variance, mean),
            (first, second) => first with { Next = second with { Next = rest } });
    }
}
