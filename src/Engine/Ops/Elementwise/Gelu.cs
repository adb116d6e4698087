using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>x times the part of a normal distribution below x: x / 2 (1 + erf(x / sqrt(2))) (Hendrycks and Gimpel 2016).</summary>
internal sealed record Gelu() : Unary<GeluBody>("0.5 * x * (1.0 + erf(x * 0.70710678))")
{
    public static Op FromOnnx(OnnxNode node) => node.String("approximate", "none") switch
    {
        "none" => new Gelu(),
        "tanh" => new GeluTanh(),
        var other => throw node.Error($"it approximates by \"{other}\", but only \"none\" and \"tanh\" are defined"),
    };

    /// <remarks>An operator of set 20.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        (string scaled, string erf, string above, string twice) = (call.Between("scaled"), call.Between("erf"), call.Between("above"), call.Between("twice"));
        call.Write("Mul").Inputs(call.Input(0), call.Weight("root", Tensor.Scalar(0.70710678f))).Outputs(scaled);
        call.Write("Erf").Inputs(scaled).Outputs(erf);
        call.Write("Add").Inputs(erf, call.Weight("one", Tensor.Scalar(1f))).Outputs(above);
        call.Write("Mul").Inputs(call.Input(0), above).Outputs(twice);
        call.Write("Mul").Inputs(twice, call.Weight("half", Tensor.Scalar(0.5f)));
    }

    public override void Gradient(GradientCall call)
    {
        // The distribution, and x times its density.
        Value x = call.Input(0), below = call.Shifted(call.Scaled(call.Add(new Erf(), call.Scaled(x, 0.70710678f)), 0.5f), 0.5f);
        Value density = call.Scaled(call.Add(new Exp(), call.Scaled(call.Times(x, x), -0.5f)), 0.39894228f);
        call[0] = call.Times(call.OutputGradient(), call.Plus(below, call.Times(x, density)));
    }
}

/// <summary>The approximation of <see cref="Gelu"/> by a hyperbolic tangent: x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).</summary>
internal sealed record GeluTanh() : Unary<GeluTanhBody>("0.5 * x * (1.0 + bounded_tanh(0.797884561 * x * (1.0 + 0.044715 * x * x)))")
{
    private const float Root = 0.797884561f, Cubic = 0.044715f;

    public override string Name => "Gelu";

    /// <remarks>An operator of set 20.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        string x = call.Input(0);
        (string square, string part, string bend, string inner) = (call.Between("square"), call.Between("part"), call.Between("bend"), call.Between("inner"));
        (string scaled, string tanh, string above, string twice) = (call.Between("scaled"), call.Between("tanh"), call.Between("above"), call.Between("twice"));
        call.Write("Mul").Inputs(x, x).Outputs(square);
        call.Write("Mul").Inputs(square, call.Weight("cubic", Tensor.Scalar(Cubic))).Outputs(part);
        call.Write("Add").Inputs(part, call.Weight("one", Tensor.Scalar(1f))).Outputs(bend);
        call.Write("Mul").Inputs(x, bend).Outputs(inner);
        call.Write("Mul").Inputs(inner, call.Weight("root", Tensor.Scalar(Root))).Outputs(scaled);
        call.Write("Tanh").Inputs(scaled).Outputs(tanh);
        call.Write("Add").Inputs(tanh, call.Weight("also one", Tensor.Scalar(1f))).Outputs(above);
        call.Write("Mul").Inputs(x, above).Outputs(twice);
        call.Write("Mul").Inputs(twice, call.Weight("half", Tensor.Scalar(0.5f)));
    }

    public override void Gradient(GradientCall call)
    {
        // (1 + t) / 2 + x / 2 (1 - t^2) u', with u the tangent's argument
        Value x = call.Input(0), square = call.Times(x, x);
        Value t = call.Add(new Tanh(), call.Scaled(call.Times(x, call.Shifted(call.Scaled(square, Cubic), 1)), Root));
        Value slope = call.Scaled(call.Shifted(call.Scaled(square, 3 * Cubic), 1), Root);
        Value bend = call.Times(call.Times(x, call.Shifted(call.Scaled(call.Times(t, t), -1), 1)), slope);
        call[0] = call.Times(call.OutputGradient(), call.Scaled(call.Plus(call.Shifted(t, 1), bend), 0.5f));
    }
}
