using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal sealed partial record BatchNormalizationGradient
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), scale = call.Input(1), dy = call.Input(2);
        (int pixels, int channels, int xPitch) = BatchNormalizationGradient.ChannelsOf(x.Format);
        (_, _, int dyPitch) = BatchNormalizationGradient.ChannelsOf(dy.Format);
        Operand mean = Training ? call.Workspace(channels) : call.Input(3), variance = Training ? call.Workspace(channels) : call.Input(4);
        var kernel = new ChannelGradient(call.Width, pixels, channels);
        Operand partial = call.Workspace(Math.Max(1, kernel.PartialFloats)), factors = call.Workspace(3L * channels);
        Operand? dx = call.Wants(0) ? call.Output(0) : null, dScale = call.Wants(1) ? call.Output(1) : null, dShift = call.Wants(2) ? call.Output(2) : null;
        bool training = Training;
        float epsilon = Epsilon;
        CpuStep coefficients = CpuStep.Of(1, (_, _, _) =>
        {
            float* a = factors.Floats, b = a + channels, c = b + channels;
            for (int k = 0; k < channels; k++)
            {
                double inverse = 1 / Math.Sqrt((double)variance.Floats[k] + epsilon);
                (double plain, double centered) = kernel.Total(partial.Floats, k);
                centered *= inverse;
                double factor = scale.Floats[k] * inverse, slope = training ? -factor * inverse * centered / pixels : 0;
                a[k] = (float)factor;
                b[k] = (float)slope;
                c[k] = training ? (float)(-slope * mean.Floats[k] - factor * plain / pixels) : 0;
                if (dScale is not null)
                    dScale.Floats[k] = (float)centered;
                if (dShift is not null)
                    dShift.Floats[k] = (float)plain;
            }
        });
        var steps = new List<CpuStep>();
        if (Training)
        {
            steps.Add(BatchNormalization.Statistic(call.Width, ReductionKind.Mean, x, mean, null));
            steps.Add(BatchNormalization.Statistic(call.Width, ReductionKind.Variance, x, variance, mean));
        }
        steps.Add(CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Sums(begin, end, dy.Floats, dyPitch, x.Floats, xPitch, mean.Floats, partial.Floats)));
        steps.Add(coefficients);
        if (dx is not null)
        {
            (_, _, int dxPitch) = BatchNormalizationGradient.ChannelsOf(dx.Format);
            steps.Add(CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Apply(begin, end, dy.Floats, dyPitch, x.Floats, xPitch,
                factors.Floats, factors.Floats + channels, factors.Floats + 2 * channels, dx.Floats, dxPitch)));
        }
        return CpuStep.InTurn(steps);
    }
}
