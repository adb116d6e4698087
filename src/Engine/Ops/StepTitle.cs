using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>A node in the words people use: "Conv 3x3 /2 + ReLU".</summary>
public static class StepTitle
{
    /// <param name="window">The window it looks through, axis by axis; none where it has none.</param>
    /// <param name="isDepthwise">Whether every channel has a kernel of its own, which sees that channel alone.</param>
    public static string Of(Node node, IReadOnlyList<Reach> window, bool isDepthwise)
    {
        string size = window.Count == 0 ? "" : $" {string.Join('x', window.Select(axis => axis.Size))}";
        string stride = window.Any(axis => axis.Stride > 1) ? $" /{string.Join(',', window.Select(axis => axis.Stride).Distinct())}" : "";
        string sum = node.Op is IFusable && node.Inputs.Length > 3 && node.Inputs[3].Exists ? " + sum" : "";
        string function = node.Op is IFusable { Activation: { Kind: not ActivationKind.None } activation } ? $" + {Word(activation)}" : "";
        return $"{(node.Op is Relu ? "ReLU" : isDepthwise ? "Depthwise" : node.Op.Name)}{size}{stride}{sum}{function}";
    }

    private static string Word(Activation activation) => activation switch
    {
        { Kind: ActivationKind.Relu } => "ReLU",
        { Kind: ActivationKind.Clip, Alpha: 0, Beta: 6 } => "ReLU6",
        _ => activation.Kind.ToString(),
    };
}
