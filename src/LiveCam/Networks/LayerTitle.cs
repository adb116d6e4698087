using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;

namespace LiveCam.Networks;

/// <summary>A step of a plan in the words people use: "Conv 3x3 /2 + ReLU".</summary>
internal static class LayerTitle
{
    public static string Of(Schedule schedule, Node node)
    {
        IReadOnlyList<Reach> window = schedule.Window(node);
        string size = window.Count == 0 ? "" : $" {string.Join('x', window.Select(axis => axis.Size))}";
        string stride = window.Any(axis => axis.Stride > 1) ? $" /{string.Join(',', window.Select(axis => axis.Stride).Distinct())}" : "";
        string sum = node.Op is IFusable && node.Inputs.Length > 3 && node.Inputs[3].Exists ? " + sum" : "";
        string function = node.Op is IFusable { Activation: { Kind: not ActivationKind.None } activation } ? $" + {Word(activation)}" : "";
        return $"{(node.Op.Name == "Relu" ? "ReLU" : IsDepthwise(schedule, node) ? "Depthwise" : node.Op.Name)}{size}{stride}{sum}{function}";
    }

    private static string Word(Activation activation) => activation switch
    {
        { Kind: ActivationKind.Relu } => "ReLU",
        { Kind: ActivationKind.Clip, Alpha: 0, Beta: 6 } => "ReLU6",
        _ => activation.Kind.ToString(),
    };

    /// <summary>Whether every channel has a kernel of its own, which sees that channel alone.</summary>
    private static bool IsDepthwise(Schedule schedule, Node node) =>
        node.Op is IFusable && node.Inputs.Length > 1 && schedule.IsParameter(node.Inputs[1]) && schedule[node.Inputs[1]].Shape is { Rank: > 2 } weights
        && weights[1] == 1 && schedule[node.Inputs[0]].Shape[1] == weights[0] && weights[0] > 1;
}
