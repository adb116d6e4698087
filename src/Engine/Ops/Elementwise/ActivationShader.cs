using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>Activations as GLSL expressions that hold for float and vec4 alike.</summary>
internal static class ActivationShader
{
    public static string Expression(Activation activation, string x) => activation.Kind switch
    {
        ActivationKind.None => x,
        ActivationKind.Relu => $"max({x}, 0.0)",
        ActivationKind.LeakyRelu => $"(max({x}, 0.0) + {StridedShader.Text(activation.Alpha)} * min({x}, 0.0))",
        ActivationKind.Clip => $"min(max({x}, {StridedShader.Text(activation.Alpha)}), {StridedShader.Text(activation.Beta)})",
        ActivationKind.Sigmoid => $"(1.0 / (1.0 + exp(-({x}))))",
        ActivationKind.Tanh => $"tanh(min(max({x}, -10.0), 10.0))",
        ActivationKind.HardSigmoid => $"clamp({StridedShader.Text(activation.Alpha)} * ({x}) + {StridedShader.Text(activation.Beta)}, 0.0, 1.0)",
        ActivationKind.HardSwish => $"(({x}) * clamp(({x}) / 6.0 + 0.5, 0.0, 1.0))",
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
