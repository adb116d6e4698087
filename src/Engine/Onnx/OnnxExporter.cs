using Google.Protobuf;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Engine.Onnx;

/// <summary>Writes ONNX files: operator set 17, format version 8, all weights in the file.</summary>
/// <remarks>
/// What the outputs need is written, under the names of the graph. Reading such a file gives a graph that computes the same bits,
/// and writing that one gives the same bytes. Extents that are open stay open; along axis 0 they are called N.
/// </remarks>
public static class OnnxExporter
{
    public const int OpSet = 17;
    public const int FormatVersion = 8;

    private const string Producer = "LiveCam";

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="LiveCamException">The graph has an operation ONNX does not have, is none that runs, or is too large for one file.</exception>
    public static byte[] Export(Graph graph, ExportOptions? options = null) => Model(graph, options ?? new()).ToByteArray();

    /// <summary>Writes the file under a temporary name beside it, flushes it to the disk and renames it, so that nobody ever sees half of one.</summary>
    /// <exception cref="LiveCamException">As <see cref="Export"/>, or the place cannot be written.</exception>
    public static void Save(Graph graph, string path, ExportOptions? options = null)
    {
        ModelProto model = Model(graph, options ?? new());
        WholeFile.Write(path, "Writing the model", file => model.WriteTo(file));
    }

    private static ModelProto Model(Graph graph, ExportOptions options)
    {
        var model = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = Producer,
            ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = new GraphWriter(graph, options).Write(),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpSet });
        foreach ((string key, string value) in options.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }
}
