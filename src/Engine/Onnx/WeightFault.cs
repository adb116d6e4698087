using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>A weight with elements that are no finite numbers, which make every answer behind them none either.</summary>
/// <param name="Layer">The first layer that reads it.</param>
public sealed record WeightFault(string Parameter, string Layer, int NotNumbers, int Infinities)
{
    public override string ToString() => $"{Layer}: the weight \"{Parameter}\" holds {Counts()}; did its training diverge?";

    private string Counts() => (NotNumbers, Infinities) switch
    {
        (_, 0) => $"{NotNumbers:N0} times NaN",
        (0, _) => $"{Infinities:N0} times infinity",
        _ => $"{NotNumbers:N0} times NaN and {Infinities:N0} times infinity",
    };

    /// <summary>All of a graph, in the order in which they are read.</summary>
    public static IReadOnlyList<WeightFault> Of(Graph graph)
    {
        var faults = new List<WeightFault>();
        var seen = new HashSet<Value>();
        foreach (Node node in graph.Nodes)
            foreach (Value input in node.Inputs)
                if (input.Exists && seen.Add(input) && graph.Parameters.TryGetValue(input, out Parameter? parameter) && Count(parameter.Value) is var (notNumbers, infinities) && notNumbers + infinities > 0)
                    faults.Add(new(parameter.Name, node.Name, notNumbers, infinities));
        return faults;
    }

    private static (int NotNumbers, int Infinities) Count(Tensor tensor) => tensor.Type switch
    {
        ElementType.Float32 => Count<float>(tensor, float.IsNaN, float.IsInfinity),
        ElementType.Float64 => Count<double>(tensor, double.IsNaN, double.IsInfinity),
        ElementType.Float16 => Count<Half>(tensor, Half.IsNaN, Half.IsInfinity),
        _ => (0, 0),
    };

    private static (int, int) Count<T>(Tensor tensor, Func<T, bool> isNaN, Func<T, bool> isInfinite) where T : unmanaged
    {
        (int notNumbers, int infinities) = (0, 0);
        foreach (T element in tensor.Span<T>())
        {
            if (isNaN(element)) notNumbers++;
            else if (isInfinite(element)) infinities++;
        }
        return (notNumbers, infinities);
    }
}
