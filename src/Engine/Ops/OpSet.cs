using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>The one table from ONNX operator names to operations, with a part in every room.</summary>
public static partial class OpSet
{
    private static readonly Dictionary<string, Func<OnnxNode, Op>> Table = new(
        new[] { Elementwise, Reduction, Normalization, Matrix, Quantized, Convolution, Pooling, Movement, Indexing, Resizing, Sampling }.SelectMany(family => family));

    /// <summary>Every ONNX operator LiveCam knows.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    public static bool Knows(string opType) => Table.ContainsKey(opType);

    /// <summary>The operation for an ONNX node.</summary>
    /// <exception cref="LiveCamException">The operator is not known, or an attribute is one LiveCam cannot run.</exception>
    public static Op FromOnnx(OnnxNode node) =>
        Table.TryGetValue(node.OpType, out Func<OnnxNode, Op>? make)
            ? make(node)
            : throw node.Error($"LiveCam has no operator of this name (operator set {node.OpSet})");

    /// <summary>The operators of one room.</summary>
    private sealed class Family : Dictionary<string, Func<OnnxNode, Op>>;
}
