using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record BatchNormalization
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0), scale = call.Input(1), shift = call.Input(2), mean = call.Input(3), variance = call.Input(4);
        int channels = x.Format.Shape[1];
        Operand factor = call.Workspace(channels), addend = call.Workspace(channels);
        CpuStep apply = ScaleShift.Prepare(call.Width, x, factor, addend, y, Activation.None);
        if (!Training)
            return CpuStep.InTurn([Coefficients(channels, scale, shift, mean, variance, factor, addend), apply]);
        Operand batchMean = call.Workspace(channels), batchVariance = call.Workspace(channels);
        return CpuStep.InTurn([
            Statistic(call.Width, ReductionKind.Mean, x, batchMean, null),
            Statistic(call.Width, ReductionKind.Variance, x, batchVariance, batchMean),
            Coefficients(channels, scale, shift, batchMean, batchVariance, factor, addend),
            apply,
            .. call.Wants(1) ? new[] { Running(channels, mean, batchMean, call.Output(1)) } : [],
            .. call.Wants(2) ? new[] { Running(channels, variance, batchVariance, call.Output(2)) } : [],
        ]);
    }

    private unsafe CpuStep Coefficients(int channels, Operand scale, Operand shift, Operand mean, Operand variance, Operand factor, Operand addend) =>
        CpuStep.Of(1, (_, _, _) =>
        {
            for (int c = 0; c < channels; c++)
            {
                double a = scale.Floats[c] / Math.Sqrt((double)variance.Floats[c] + Epsilon);
                factor.Floats[c] = (float)a;
                addend.Floats[c] = (float)(shift.Floats[c] - a * mean.Floats[c]);
            }
        });

    private unsafe CpuStep Running(int channels, Operand old, Operand batch, Operand output) => CpuStep.Of(1, (_, _, _) =>
    {
        for (int c = 0; c < channels; c++)
            output.Floats[c] = old.Floats[c] * Momentum + batch.Floats[c] * (1 - Momentum);
    });

    /// <summary>One number per channel over the whole batch.</summary>
    internal static unsafe CpuStep Statistic(VectorWidth width, ReductionKind kind, Operand x, Operand result, Operand? centers)
    {
        int[] order = x.Format.AxisOrder;
        long[] strides = x.Format.Strides;
        var kernel = new Reduction(width, kind,
            Array.ConvertAll(order, axis => x.Format.Shape[axis]), Array.ConvertAll(order, axis => axis != 1),
            Array.ConvertAll(order, axis => strides[axis]), Array.ConvertAll(order, axis => axis == 1 ? 1L : 0));
        return CpuStep.Of(kernel.Rows, (begin, end, _) =>
            kernel.Run(begin, end, x.Floats, result.Floats, centers is null ? null : centers.Floats));
    }
}
