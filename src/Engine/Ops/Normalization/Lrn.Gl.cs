using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

internal sealed partial record Lrn
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Layout != Layout.ChannelsLast)
            return [];
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        int before = (Size - 1) / 2;
        return [new ShaderBuilder("lrn.comp", "plain").Bind(new Binding.Input(0)).Bind(new Binding.Output(0)).Define(
            ("PIXELS", x.Format.Pixels), ("CHANNELS", x.Format.Shape[1]), ("BEFORE", before), ("AFTER", Size - 1 - before),
            ("X_PITCH", x.Format.Pitch), ("X_OFFSET", x.Offset), ("Y_PITCH", y.Format.Pitch), ("Y_OFFSET", y.Offset))
            .Define("ALPHA", StridedShader.Text(Alpha / Size)).Define("BIAS", StridedShader.Text(Bias)).Define("POWER(x)", Power(Beta))
            .OverThreads(x.Format.Shape.ElementCount, 64)];
    }

    /// <summary>The power of the sum, as an expression of x; the usual ones by square roots, which drivers round better than pow.</summary>
    internal static string Power(float beta) => beta switch
    {
        0.75f => "(sqrt(x) * sqrt(sqrt(x)))",
        0.5f => "sqrt(x)",
        1 => "(x)",
        _ => $"pow(x, {StridedShader.Text(beta)})",
    };
}
