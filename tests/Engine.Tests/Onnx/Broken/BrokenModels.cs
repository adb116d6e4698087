using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Engine.Tests.Onnx.Broken;

/// <summary>Models that cannot be run, and the report each gets: every problem, in order.</summary>
internal static class BrokenModels
{
    public sealed record Broken(string Name, Func<ModelProto> Make, params string[] Report);

    public static IReadOnlyList<Broken> All { get; } =
    [
        new("everything at once", Everything,
            "Frobnicate \"what\": LiveCam has no operator of this name (operator set 13).",
            "Relu \"bent\": its attribute slope is not known to LiveCam.",
            "Sigmoid \"lost\": it reads \"nowhere\", which nothing computes.",
            "Conv \"narrow\": input has 3 channels in 1 groups but the weights expect 5 per group (4x5x3x3). Was the layer before it exported too?",
            "Add \"apart\": shapes 1x3x8x8 and 5 cannot be broadcast together."),
        new("fused by another program", () => Single(ModelBuilder.Node("FusedConv", "fused", "x", "y").In("com.microsoft")),
            "FusedConv \"fused\": it belongs to the operator domain \"com.microsoft\", which LiveCam does not run; a program of ONNX Runtime fused it: take the file from before it was optimized or quantized there."),
        new("a recurrent layer", () => Single(ModelBuilder.Node("LSTM", "memory", "x", "y")),
            "LSTM \"memory\": LiveCam has no operator of this name (operator set 13); LiveCam runs networks for pictures, without recurrent layers."),
        new("a training step", () => Single(ModelBuilder.Node("Adam", "step", "x", "y")),
            "Adam \"step\": LiveCam has no operator of this name (operator set 13); export the network for inference, without its training step."),
        new("a circle", () => ModelBuilder.Model(ModelBuilder.Node("Add", "one", "x b", "a"), ModelBuilder.Node("Relu", "two", "a", "b")).Input("x", 1, 3).Output("b"),
            "The nodes \"two\", \"one\" wait for each other in a cycle."),
        new("two of a name", () => ModelBuilder.Model(ModelBuilder.Node("Relu", "one", "x", "y"), ModelBuilder.Node("Relu", "two", "x", "y")).Input("x", 1, 3).Output("y"),
            "The nodes \"one\" and \"two\" both compute \"y\"."),
        new("an output of nothing", () => ModelBuilder.Model(ModelBuilder.Node("Relu", "one", "x", "y")).Input("x", 1, 3).Output("z"),
            "The output \"z\" is computed by nothing."),
        new("no outputs", () => ModelBuilder.Model(ModelBuilder.Node("Relu", "one", "x", "y")).Input("x", 1, 3),
            "The model has no outputs."),
        new("a picture too small", () => ModelBuilder.Model(ModelBuilder.Node("Conv", "wide", "x w", "y")).Input("x", 1, 5, 2, 2).Weight(Ones("w", 4, 5, 3, 3)).Output("y"),
            "Conv \"wide\": a window reaching 3 with padding 0 and 0 does not fit an input extent of 2."),
    ];

    /// <summary>An operator, an attribute, an input and two shapes, each wrong on a branch of its own.</summary>
    private static ModelProto Everything() => ModelBuilder.Model(
        ModelBuilder.Node("Relu", "first", "x", "a"),
        ModelBuilder.Node("Frobnicate", "what", "a", "b"),
        ModelBuilder.Node("Relu", "behind it", "b", "c"),
        ModelBuilder.Node("Conv", "narrow", "a w", "d"),
        ModelBuilder.Node("Relu", "bent", "a", "e").With("slope", 2),
        ModelBuilder.Node("Add", "apart", "a p", "f"),
        ModelBuilder.Node("Sigmoid", "lost", "nowhere", "g"))
        .Input("x", 1, 3, 8, 8).Weight("p", 1, 2, 3, 4, 5).Weight(Ones("w", 4, 5, 3, 3)).Output("c").Output("d").Output("e").Output("f").Output("g");

    private static ModelProto Single(NodeProto node) => ModelBuilder.Model(node).Input("x", 1, 3, 8, 8).Output("y");

    private static NodeProto In(this NodeProto node, string domain)
    {
        node.Domain = domain;
        return node;
    }

    private static NodeProto With(this NodeProto node, string attribute, long value)
    {
        node.Attribute.Add(new AttributeProto { Name = attribute, I = value, Type = 2 });
        return node;
    }

    private static TensorProto Ones(string name, params ReadOnlySpan<long> extents)
    {
        var tensor = new TensorProto { Name = name, DataType = 1 };
        long count = 1;
        foreach (long extent in extents)
        {
            tensor.Dims.Add(extent);
            count *= extent;
        }
        for (long i = 0; i < count; i++) tensor.FloatData.Add(1);
        return tensor;
    }
}
