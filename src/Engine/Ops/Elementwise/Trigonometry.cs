using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>The sine of x (radians)</summary>
internal sealed record Sin() : Unary<PerLaneBody<SinFunction>>("sin(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Times(call.OutputGradient(), call.Add(new Cos(), call.Input(0)));
}

/// <summary>The cosine of x (radians)</summary>
internal sealed record Cos() : Unary<PerLaneBody<CosFunction>>("cos(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Scaled(call.Times(call.OutputGradient(), call.Add(new Sin(), call.Input(0))), -1);
}

/// <summary>The tangent of x (radians)</summary>
internal sealed record Tan() : Unary<PerLaneBody<TanFunction>>("tan(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Times(call.OutputGradient(), call.Shifted(call.Times(call.Output(0), call.Output(0)), 1));
}

/// <summary>The angle in -pi/2..pi/2 whose sine is x</summary>
internal sealed record Asin() : Unary<PerLaneBody<AsinFunction>>("atan(x, sqrt((1.0 - x) * (1.0 + x)))")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Div(), call.OutputGradient(), call.Add(new Sqrt(), call.Shifted(call.Scaled(call.Times(call.Input(0), call.Input(0)), -1), 1)));
}

/// <summary>The angle in 0..pi whose cosine is x</summary>
internal sealed record Acos() : Unary<PerLaneBody<AcosFunction>>("atan(sqrt((1.0 - x) * (1.0 + x)), x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Scaled(call.Add(new Div(), call.OutputGradient(), call.Add(new Sqrt(), call.Shifted(call.Scaled(call.Times(call.Input(0), call.Input(0)), -1), 1))), -1);
}

/// <summary>The angle in -pi/2..pi/2 whose tangent is x</summary>
internal sealed record Atan() : Unary<PerLaneBody<AtanFunction>>("atan(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Div(), call.OutputGradient(), call.Shifted(call.Times(call.Input(0), call.Input(0)), 1));
}

/// <summary>The hyperbolic sine of x</summary>
internal sealed record Sinh() : Unary<PerLaneBody<SinhFunction>>("sinh(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Times(call.OutputGradient(), call.Add(new Cosh(), call.Input(0)));
}

/// <summary>The hyperbolic cosine of x</summary>
internal sealed record Cosh() : Unary<PerLaneBody<CoshFunction>>("cosh(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Times(call.OutputGradient(), call.Add(new Sinh(), call.Input(0)));
}

/// <summary>The number whose hyperbolic sine is x; the shader keeps what would cancel below zero apart.</summary>
internal sealed record Asinh() : Unary<PerLaneBody<AsinhFunction>>("sign(x) * log(abs(x) + sqrt(x * x + 1.0))")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Div(), call.OutputGradient(), call.Add(new Sqrt(), call.Shifted(call.Times(call.Input(0), call.Input(0)), 1)));
}

/// <summary>The number from 0 on whose hyperbolic cosine is x</summary>
internal sealed record Acosh() : Unary<PerLaneBody<AcoshFunction>>("acosh(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Div(), call.OutputGradient(), call.Add(new Sqrt(), call.Shifted(call.Times(call.Input(0), call.Input(0)), -1)));
}

/// <summary>The number whose hyperbolic tangent is x</summary>
internal sealed record Atanh() : Unary<PerLaneBody<AtanhFunction>>("atanh(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Div(), call.OutputGradient(), call.Shifted(call.Scaled(call.Times(call.Input(0), call.Input(0)), -1), 1));
}
