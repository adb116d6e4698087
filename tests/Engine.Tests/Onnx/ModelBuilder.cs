using Google.Protobuf;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>Small models for the importer's tests, and a table of operations that takes any name but "Unknown".</summary>
internal static class ModelBuilder
{
    public sealed record AnyOp(string OpType) : Op
    {
        public override string Name => OpType;
        public override void Infer(InferCall call) => call.OutputLike(0, 0);
        public override CpuStep Prepare(CpuCall call) => CpuStep.None;
        public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
    }

    /// <summary>Asks for every attribute, so that none counts as ignored.</summary>
    public static Op AnyOperation(OnnxNode node)
    {
        if (node.OpType == "Unknown")
            throw node.Error("LiveCam has no operator of this name");
        foreach (string attribute in ((FileNode)node).Ignored.ToList())
            node.Has(attribute);
        return new AnyOp(node.OpType);
    }

    public static ModelProto Model(params ReadOnlySpan<NodeProto> nodes)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new(), OpsetImport = { new OperatorSetIdProto { Version = 13 } } };
        model.Graph.Node.Add(nodes.ToArray());
        return model;
    }

    public static NodeProto Node(string type, string name, string inputs, string outputs)
    {
        var node = new NodeProto { OpType = type, Name = name };
        node.Input.Add(inputs.Split(' '));
        node.Output.Add(outputs.Split(' '));
        return node;
    }

    public static ModelProto Input(this ModelProto model, string name, params ReadOnlySpan<long> extents)
    {
        var shape = new TensorShapeProto();
        foreach (long extent in extents)
            shape.Dim.Add(extent < 0 ? new DimensionProto { DimParam = "N" } : new DimensionProto { DimValue = extent });
        model.Graph.Input.Add(new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = 1, Shape = shape } } });
        return model;
    }

    public static ModelProto Output(this ModelProto model, string name)
    {
        model.Graph.Output.Add(new ValueInfoProto { Name = name });
        return model;
    }

    public static ModelProto Weight(this ModelProto model, string name, params ReadOnlySpan<float> values) =>
        model.Weight(Floats(name, values));

    public static ModelProto Weight(this ModelProto model, TensorProto weight)
    {
        model.Graph.Initializer.Add(weight);
        return model;
    }

    public static TensorProto Floats(string name, params ReadOnlySpan<float> values)
    {
        var tensor = new TensorProto { Name = name, DataType = 1, Dims = { values.Length } };
        foreach (float value in values)
            tensor.FloatData.Add(value);
        return tensor;
    }

    public static OnnxModel Import(this ModelProto model, ImportLimits? limits = null)
    {
        var problems = new ModelProblems();
        OnnxModel imported = OnnxImporter.Read(model.ToByteArray(), "test.onnx", limits ?? ImportLimits.Default, AnyOperation, problems);
        return problems.Count == 0 ? imported : throw problems.Summary("test.onnx");
    }

    public static OnnxModel ImportFile(string path, ImportLimits? limits = null)
    {
        var problems = new ModelProblems();
        OnnxModel imported = OnnxImporter.Read(path, limits ?? ImportLimits.Default, AnyOperation, problems);
        return problems.Count == 0 ? imported : throw problems.Summary(path);
    }

    /// <summary>The one sentence an import ends with.</summary>
    public static string Refusal(this ModelProto model, ImportLimits? limits = null) =>
        Assert.Throws<LiveCamException>(() => model.Import(limits)).Message;

    public static Tensor Parameter(this OnnxModel model, string name)
    {
        Assert.True(model.Graph.TryFind(name, out Value value), $"no value {name}");
        return model.Graph.Parameters[value].Value;
    }
}
