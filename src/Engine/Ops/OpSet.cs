using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>The one table from ONNX operator names to operations.</summary>
public static class OpSet
{
    private static readonly Dictionary<string, Func<OnnxNode, Op>> Table = new()
    {
        ["Add"] = _ => new Add(),
        ["AveragePool"] = AveragePool.FromOnnx,
        ["BatchNormalization"] = BatchNormalization.FromOnnx,
        ["Clip"] = Clip.FromOnnx,
        ["Concat"] = Concat.FromOnnx,
        ["ConstantOfShape"] = ConstantOfShape.FromOnnx,
        ["Conv"] = Conv2d.FromOnnx,
        ["ConvTranspose"] = ConvTranspose.FromOnnx,
        ["DepthToSpace"] = DepthToSpace.FromOnnx,
        ["Div"] = _ => new Div(),
        ["Dropout"] = Dropout.FromOnnx,
        ["Exp"] = _ => new Exp(),
        ["Expand"] = _ => new Expand(),
        ["Flatten"] = Flatten.FromOnnx,
        ["Gather"] = Gather.FromOnnx,
        ["Gemm"] = Gemm.FromOnnx,
        ["GlobalAveragePool"] = _ => new GlobalAveragePool(),
        ["GlobalMaxPool"] = _ => new GlobalMaxPool(),
        ["HardSigmoid"] = HardSigmoid.FromOnnx,
        ["HardSwish"] = _ => new HardSwish(),
        ["Identity"] = _ => new Identity(),
        ["LeakyRelu"] = LeakyRelu.FromOnnx,
        ["LogSoftmax"] = LogSoftmax.FromOnnx,
        ["LRN"] = Lrn.FromOnnx,
        ["MatMul"] = _ => new MatMul(),
        ["MaxPool"] = MaxPool.FromOnnx,
        ["Mul"] = _ => new Mul(),
        ["Pad"] = Pad.FromOnnx,
        ["ReduceMean"] = ReduceMean.FromOnnx,
        ["Relu"] = _ => new Relu(),
        ["Reshape"] = Reshape.FromOnnx,
        ["Resize"] = Resize.FromOnnx,
        ["Shape"] = ShapeOf.FromOnnx,
        ["Sigmoid"] = _ => new Sigmoid(),
        ["Size"] = _ => new SizeOf(),
        ["Slice"] = Slice.FromOnnx,
        ["Softmax"] = Softmax.FromOnnx,
        ["SpaceToDepth"] = SpaceToDepth.FromOnnx,
        ["Split"] = Split.FromOnnx,
        ["Squeeze"] = Squeeze.FromOnnx,
        ["Sub"] = _ => new Sub(),
        ["Sum"] = _ => new Sum(),
        ["Tanh"] = _ => new Tanh(),
        ["Tile"] = _ => new Tile(),
        ["Transpose"] = Transpose.FromOnnx,
        ["Unsqueeze"] = Unsqueeze.FromOnnx,
        ["Upsample"] = Resize.FromUpsample,
    };

    /// <summary>Every ONNX operator LiveCam knows.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    public static bool Knows(string opType) => Table.ContainsKey(opType);

    /// <summary>The operation for an ONNX node.</summary>
    /// <exception cref="LiveCamException">The operator is not known, or an attribute is one LiveCam cannot run.</exception>
    public static Op FromOnnx(OnnxNode node) =>
        Table.TryGetValue(node.OpType, out Func<OnnxNode, Op>? make)
            ? make(node)
            : throw node.Error($"LiveCam has no operator of this name (operator set {node.OpSet})");
}
