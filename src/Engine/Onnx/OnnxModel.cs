using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Onnx;

/// <summary>A model read from an ONNX file: the graph and what the file says about itself.</summary>
/// <param name="Metadata">The file's metadata_props; LiveCam's own keys start with <c>livecam.</c>.</param>
/// <param name="Producer">Name and version of the program that wrote the file; may be empty.</param>
/// <param name="OpSet">Version of the default operator set.</param>
/// <param name="InputNames">What has to be given to run it: inputs that are no weights.</param>
/// <param name="ByteCount">Size of the model file, external weights not included.</param>
public sealed record OnnxModel(
    Graph Graph,
    IReadOnlyDictionary<string, string> Metadata,
    string Producer,
    int OpSet,
    IReadOnlyList<string> InputNames,
    long ByteCount)
{
    /// <summary>What is worth knowing about how it was read, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
