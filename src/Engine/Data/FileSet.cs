using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>Pictures that are files, decoded each time they are read.</summary>
/// <param name="root">The folder that names are relative to and that may hold a journal.</param>
/// <param name="files">Full paths.</param>
/// <param name="labels">For each file its classes, ascending.</param>
internal sealed class FileSet(string name, string root, IReadOnlyList<string> classes, bool isMultiLabel, string[] files, int[][] labels, IPictureFiles pictures)
    : DataSet(name, classes, isMultiLabel)
{
    private readonly string?[] bursts = Bursts.Of(root, files);

    public override int Count => files.Length;
    public override bool ReadsFiles => true;
    public override Picture Read(int sample) => pictures.Read(files[sample]);
    public override ReadOnlySpan<int> Labels(int sample) => labels[sample];
    public override string NameOf(int sample) => Path.GetRelativePath(root, files[sample]);
    public override string? Burst(int sample) => bursts[sample];
}
