using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>Reads ONNX files: operator sets 1 to 24 of the default domain, weights in the file or beside it.</summary>
/// <remarks>
/// Value names are kept; a node without a name is called after its operator and position. Nodes may come in any order.
/// Constant nodes and weights become parameters, those that are read. float16, bfloat16 and float64 stay what they
/// are. Weights may share memory with the parsed file and must not be written; assign a new tensor instead.
/// </remarks>
public static class OnnxImporter
{
    public const int OldestOpSet = 1;
    public const int NewestOpSet = 24;

    /// <summary>The newest that is read with a note.</summary>
    private const int MostOpSet = 30;

    /// <summary>Reads a model. Weights in other files are looked for in its folder.</summary>
    /// <param name="constants">Inputs fixed for good, by name: what shapes depend on has to be known before a plan is made.</param>
    /// <exception cref="LiveCamException">The file is damaged, asks for more than the limits, or has what LiveCam cannot run:
    /// one sentence for all of it (<see cref="ModelDoctor.Examine"/> lists them).</exception>
    public static OnnxModel Import(string path, ImportLimits? limits = null, IReadOnlyDictionary<string, Tensor>? constants = null)
    {
        var problems = new ModelProblems();
        OnnxModel model = Read(path, limits ?? ImportLimits.Default, OpSet.FromOnnx, problems, constants);
        return problems.Count == 0 ? model : throw problems.Summary(path);
    }

    /// <summary>Reads a model from memory; it cannot have weights in other files.</summary>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="LiveCamException">As for a file.</exception>
    public static OnnxModel Import(byte[] bytes, string name, ImportLimits? limits = null, IReadOnlyDictionary<string, Tensor>? constants = null)
    {
        var problems = new ModelProblems();
        OnnxModel model = Read(bytes, name, limits ?? ImportLimits.Default, OpSet.FromOnnx, problems, constants);
        return problems.Count == 0 ? model : throw problems.Summary(name);
    }

    internal static OnnxModel Read(
        string path, ImportLimits limits, Func<OnnxNode, Op> operation, ModelProblems problems,
        IReadOnlyDictionary<string, Tensor>? constants = null)
    {
        using FileStream stream = ModelFile.Open(path, limits);
        return Read(stream, path, new(path), limits, operation, problems, constants);
    }

    internal static OnnxModel Read(
        byte[] bytes, string name, ImportLimits limits, Func<OnnxNode, Op> operation, ModelProblems problems,
        IReadOnlyDictionary<string, Tensor>? constants = null)
    {
        ModelFile.CheckSize(bytes.Length, limits, name);
        return Read(new MemoryStream(bytes, writable: false), name, null, limits, operation, problems, constants);
    }

    private static OnnxModel Read(
        Stream stream, string file, ExternalData? external, ImportLimits limits, Func<OnnxNode, Op> operation, ModelProblems problems,
        IReadOnlyDictionary<string, Tensor>? constants)
    {
        ModelProto proto = ModelFile.Model(stream, limits, file, out long memory);
        if (proto.Graph is null)
            throw new LiveCamException($"{file} cannot be read: it has no graph, so it is no ONNX model.");
        var notes = new List<string>();
        int opSet = OpSetOf(proto, problems, notes);
        var tensors = new TensorReader(external, limits.MaxMemory - memory);
        Graph graph = new GraphReader(proto, opSet, tensors, operation, problems, limits, constants ?? new Dictionary<string, Tensor>()).Read();
        var metadata = new Dictionary<string, string>();
        foreach (StringStringEntryProto entry in proto.MetadataProps)
            metadata[entry.Key] = entry.Value;
        string producer = ModelProblems.Printable($"{proto.ProducerName} {proto.ProducerVersion}".Trim(), 200);
        return new(graph, metadata, producer, opSet, [.. graph.Inputs.Select(x => x.Name)], stream.Length) { Notes = notes };
    }

    /// <summary>The version of the default operator set; files of the first two format versions, without any, have the first.</summary>
    private static int OpSetOf(ModelProto proto, ModelProblems problems, List<string> notes)
    {
        long version = 0;
        foreach (OperatorSetIdProto set in proto.OpsetImport)
            if (set.Domain is "" or "ai.onnx")
                version = Math.Max(version, set.Version);
        if (version == 0 && proto.OpsetImport.Count == 0 && proto.IrVersion < 3)
            version = OldestOpSet;
        if (version is >= OldestOpSet and <= NewestOpSet)
            return (int)version;
        // Newer sets have more operators and more types for those there are; what they had means the same.
        if (version is > NewestOpSet and <= MostOpSet)
        {
            notes.Add($"the model uses operator set {version}; it is read as of set {NewestOpSet}, whose operators mean the same.");
            return NewestOpSet;
        }
        if (version == 0 && !proto.Graph.Node.Any(node => node.Domain is "" or "ai.onnx"))
            return NewestOpSet;
        problems.Add(version == 0
            ? "The model does not say which version of the operator set it uses."
            : $"The model uses operator set {version}, but LiveCam reads {OldestOpSet} to {NewestOpSet}; export it for operator set {NewestOpSet}.");
        return NewestOpSet;
    }
}
