using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>The cross-entropy of logistic(z) against t, element by element: max(z, 0) - z t + log(1 + exp(-|z|)). Inputs: z, t.</summary>
internal sealed record BinaryCrossEntropy() : Binary<BinaryCrossEntropyBody>("max(a, T(0.0)) - a * b + log(1.0 + exp(-abs(a)))")
{
    /// <remarks>With respect to z alone; targets are given.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (call.Wants(1))
            call.None();
        else
            call[0] = call.Add(new SumTo(), call.Add(new Mul(), call.OutputGradient(), call.Add(new BinaryCrossEntropyGradient(), call.Input(0), call.Input(1))), call.Input(0));
    }
}

/// <summary>logistic(z) - t. Inputs: z, t.</summary>
internal sealed record BinaryCrossEntropyGradient() : Binary<BinaryCrossEntropyGradientBody>("1.0 / (1.0 + exp(-a)) - b");

/// <summary>Focal loss, element by element (<see cref="FocalBody"/>; Lin et al. 2017). Inputs: z, t.</summary>
internal sealed record FocalTerm(float Gamma = 2, float Alpha = 0.25f) : Binary<FocalBody>(
    $"b * {StridedShader.Text(Alpha)} * exp({StridedShader.Text(-Gamma)} * {Soft("a")}) * {Soft("-a")} + (1.0 - b) * {StridedShader.Text(1 - Alpha)} * exp({StridedShader.Text(-Gamma)} * {Soft("-a")}) * {Soft("a")}")
{
    protected override FocalBody Body => new(Gamma, Alpha);

    /// <summary>log(1 + exp(x)) as an expression.</summary>
    internal static string Soft(string x) => $"(max({x}, T(0.0)) + log(1.0 + exp(-abs(a))))";

    /// <remarks>With respect to z alone; targets are given.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (call.Wants(1))
            call.None();
        else
            call[0] = call.Add(new SumTo(), call.Add(new Mul(), call.OutputGradient(), call.Add(new FocalTermGradient(Gamma, Alpha), call.Input(0), call.Input(1))), call.Input(0));
    }
}

/// <summary>The derivative of <see cref="FocalTerm"/> by z. Inputs: z, t.</summary>
internal sealed record FocalTermGradient(float Gamma = 2, float Alpha = 0.25f) : Binary<FocalGradientBody>(
    $"(1.0 - b) * {StridedShader.Text(1 - Alpha)} * exp({StridedShader.Text(-Gamma)} * {FocalTerm.Soft("-a")}) * (1.0 / (1.0 + exp(-a)) + {StridedShader.Text(Gamma)} / (1.0 + exp(a)) * {FocalTerm.Soft("a")})"
    + $" - b * {StridedShader.Text(Alpha)} * exp({StridedShader.Text(-Gamma)} * {FocalTerm.Soft("a")}) * (1.0 / (1.0 + exp(a)) + {StridedShader.Text(Gamma)} / (1.0 + exp(-a)) * {FocalTerm.Soft("-a")})")
{
    protected override FocalGradientBody Body => new(Gamma, Alpha);
}
