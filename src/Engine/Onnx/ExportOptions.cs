using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>What a file says besides its graph.</summary>
public sealed record ExportOptions
{
    /// <summary>The graph's name in the file.</summary>
    public string Name { get; init; } = "network";

    /// <summary>The file's metadata_props; LiveCam's own keys start with <c>livecam.</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Shapes the graph can run with, by input name, where 1 for every open extent is none.</summary>
    public IReadOnlyDictionary<string, Shape>? InputShapes { get; init; }
}
