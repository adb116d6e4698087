using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>Operators of ONNX that are defined by others: their nodes stand in the graph in their place.</summary>
internal static class StandardFunctions
{
    private static readonly Dictionary<string, Func<NodeProto, Func<int, ValueFacts>, FunctionProto>> Table = new() { ["Attention"] = AttentionFunction.Expand };

    /// <summary>The names of these operators.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>The body of a node of one of these operators.</summary>
    /// <param name="facts">What is known of an input of the node.</param>
    /// <exception cref="LiveCamException">The node's attributes or inputs do not fit its operator.</exception>
    public static FunctionProto Expand(NodeProto node, Func<int, ValueFacts> facts) => Table[node.OpType](node, facts);
}

/// <summary>What is known of a value while a file is read.</summary>
/// <param name="Extents">An extent that depends on an open extent of the network's inputs is -1.</param>
internal sealed record ValueFacts(ElementType Type, Ints Extents)
{
    public int Rank => Extents.Count;
}
