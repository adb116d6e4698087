
using LiveCam.Text;

namespace LiveCam.Networks;

/// <summary>Which network, as a user chose it; what a recording keeps to choose it again.</summary>
/// <param name="Model">An ONNX file; null for the built-in network.</param>
/// <param name="Labels">A label file, or null.</param>
/// <param name="Preprocessing">Options by name, without dashes.</param>
/// <param name="Output">The output that ranks classes; null takes the likeliest.</param>
internal sealed record ModelChoice(string? Model, string? Labels, IReadOnlyDictionary<string, string> Preprocessing, string? Output = null)
{
    public PictureModel Load() => Model is { } path ? PictureModel.Load(path, Labels, Preprocessing, Output) : PictureModel.BuiltIn(Preprocessing);

    /// <summary>Loads it and tells what is worth knowing about how it was read.</summary>
    public PictureModel Load(Terminal terminal)
    {
        PictureModel model = Load();
        foreach (string note in model.Notes) terminal.Note(note);
        return model;
    }

    /// <summary>The same files from any working directory.</summary>
    public ModelChoice Anywhere() => this with { Model = Full(Model), Labels = Full(Labels) };

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
