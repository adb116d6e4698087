using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

/// <summary>One convolution by tiles on the operands of a <see cref="ConvData"/>, in guarded memory.</summary>
internal sealed unsafe class WinogradData : IDisposable
{
    private readonly ConvGeometry g;
    private readonly ConvData data;
    private readonly WinogradForm form;
    private readonly WinogradConvolution kernel;
    private readonly GuardedFloats packed, packedBias;

    public WinogradData(ConvGeometry geometry, VectorWidth width, WinogradForm form)
    {
        (g, this.form) = (geometry, form);
        data = new ConvData(g, VectorWidth.Scalar);
        kernel = new WinogradConvolution(g, width, form);
        packed = new GuardedFloats(kernel.PackedLength);
        kernel.Pack(data.Weights, packed.Pointer);
        packedBias = new GuardedFloats(kernel.PaddedBias);
        kernel.PackBias(data.Bias, packedBias.Pointer);
    }

    public float[] Run(Activation activation, bool residual, bool rowByRow = false)
    {
        using var output = new GuardedFloats((long)g.N * g.OutputPixels * g.OutputPitch - (g.OutputPitch - g.K));
        using GuardedFloats scratch = new(kernel.ScratchFloats), shared = new(kernel.SharedFloats);
        Rows(kernel.TransformRows, (begin, end) => kernel.Transform(begin, end, data.Input.Pointer, shared.Pointer));
        Rows(kernel.Rows, (begin, end) => kernel.Run(begin, end, data.Input.Pointer, shared.Pointer, packed.Pointer, packedBias.Pointer,
            residual ? data.Residual.Pointer : null, data.ResidualPitch, output.Pointer, activation, scratch.Pointer));
        float[] result = new float[g.N * g.OutputPixels * g.OutputPitch];
        Array.Fill(result, GuardedFloats.Unset);
        output.Span.CopyTo(result);
        return result;

        void Rows(int count, Action<int, int> run)
        {
            if (!rowByRow)
                run(0, count);
            else
                for (int row = count - 1; row >= 0; row--)
                    run(row, row + 1);
        }
    }

    /// <summary>The largest error, relative to the largest value before the activation; lanes behind the channels have to be untouched.</summary>
    public double Error(float[] actual, Activation activation, bool residual)
    {
        double[] expected = data.Reference(activation, residual);
        double scale = data.Reference(Activation.None, residual).Max(Math.Abs), error = 0;
        for (int p = 0; p < g.N * g.OutputPixels; p++)
            for (int k = 0; k < g.OutputPitch; k++)
                if (k >= g.K)
                    Assert.True(GuardedFloats.IsUnset(actual[p * g.OutputPitch + k]), $"pixel {p}: lane {k} behind {g.K} channels was written");
                else
                    error = Math.Max(error, double.IsNaN(actual[p * g.OutputPitch + k]) ? double.PositiveInfinity : Math.Abs(actual[p * g.OutputPitch + k] - expected[p * g.K + k]));
        return error / scale;
    }

    public void Check(float[] actual, Activation activation, bool residual)
    {
        double error = Error(actual, activation, residual), bound = form.ErrorBound(g.C);
        Assert.True(error <= bound, $"the largest error is {error:E1} of the largest value, {bound:E1} allowed");
    }

    public void Dispose()
    {
        data.Dispose();
        packed.Dispose();
        packedBias.Dispose();
    }
}
