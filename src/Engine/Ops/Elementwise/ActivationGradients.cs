using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>What <see cref="Relu"/> and <see cref="LeakyRelu"/> pass back. Inputs: y, dy (of a slope that is not positive, x in place of y).</summary>
/// <param name="Alpha">The slope below zero.</param>
internal sealed record LeakyReluGradient(float Alpha = 0)
    : Binary<LeakyReluGradientBody>($"b * (T({StridedShader.Text(1 - Alpha)}) * (T(1.0) - step(a, T(0.0))) + {StridedShader.Text(Alpha)})")
{
    protected override LeakyReluGradientBody Body => new(Alpha);
}

/// <summary>What <see cref="Clip"/> and <see cref="HardSigmoid"/> pass back: <paramref name="Factor"/> dy strictly between the bounds. Inputs: y, dy.</summary>
internal sealed record ClipGradient(float Lowest, float Highest, float Factor = 1)
    : Binary<ClipGradientBody>($"b * {StridedShader.Text(Factor)} * (T(1.0) - step(a, T({StridedShader.Text(Lowest)}))) * (T(1.0) - step(T({StridedShader.Text(Highest)}), a))")
{
    protected override ClipGradientBody Body => new(Lowest, Highest, Factor);
}

/// <summary>dy y (1 - y). Inputs: y, dy.</summary>
internal sealed record SigmoidGradient() : Binary<SigmoidGradientBody>("b * (a * (T(1.0) - a))");

/// <summary>dy (1 - y^2). Inputs: y, dy.</summary>
internal sealed record TanhGradient() : Binary<TanhGradientBody>("b * ((T(1.0) - a) * (T(1.0) + a))");

/// <summary>What <see cref="HardSwish"/> passes back. Inputs: x, dy.</summary>
internal sealed record HardSwishGradient()
    : Binary<HardSwishGradientBody>("b * (clamp(a / 6.0 + 0.5, T(0.0), T(1.0)) + a / 6.0 * (T(1.0) - step(T(3.0), abs(a))))");
