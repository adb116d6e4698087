using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Teaching;

// Pictures from elsewhere.
public sealed partial class SampleStore
{
    /// <summary>
    /// Copies the pictures of class folders (<c>folder/CLASS/*</c>) into the classes of these names. Each is decoded first; PNG files are kept as they are, others
    /// become PNG. What cannot be read is left out and counted in <see cref="TeachingState.Notice"/>. One undo takes all of it back. Lists the
    /// folders at once, which is not for the render thread; the rest is done by the store's own.
    /// </summary>
    /// <exception cref="LiveCamException">The folder holds no class folders with pictures.</exception>
    public void Import(string folder)
    {
        List<(int Class, string[] Files)> found = [];
        try
        {
            foreach (string sub in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(sub);
                string[] pictures = name[0] == '.' ? [] : FolderCamera.PicturesIn(sub);
                if (pictures.Length > 0) found.Add((State.Find(name)?.Id ?? AddClass(name), pictures));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Importing \"{folder}\": {error.Message.TrimEnd('.')}.", error);
        }
        if (found.Count == 0) throw new LiveCamException($"Importing \"{folder}\": it has no folder with pictures; give one that holds a folder for each class.");
        // One thing to do for each picture, so that the state shows how far it is.
        var import = new ImportCount(folder);
        foreach ((int classId, string[] files) in found)
            foreach (string file in files) Do($"Importing \"{file}\"", () => Take(file, classId, import));
        Do($"Importing \"{folder}\"", () =>
        {
            string left = import.Damaged.Count == 0 ? "" : $"; {import.Damaged.Count} could not be read and are left out, the first: {import.Damaged[0].TrimEnd('.')}";
            Notify($"Imported {Samples(import.Kept)} from \"{folder}\"{left}.");
        });
    }

    private sealed record ImportCount(string Folder)
    {
        public int Step { get; set; }
        public int Kept { get; set; }
        public List<string> Damaged { get; } = [];
    }

    private void Take(string file, int classId, ImportCount import)
    {
        if (index.Class(classId) is not { } into) return;
        byte[] bytes;
        Picture picture;
        try
        {
            bytes = PlainFile.ReadAllBytes(file, ImageFile.MaxFileBytes);
            picture = PngFile.Decode(bytes, file);
        }
        catch (Exception error) when (Trouble.IsOfFiles(error))
        {
            import.Damaged.Add(error.Message);
            return;
        }
        if (!PngFile.IsPng(bytes)) bytes = ImageFile.Encode(picture, ".png");
        // A step that something else came after is closed; what follows is one more.
        if (import.Step == 0 || index.Undoable?.Id != import.Step) import.Step = index.LastStep + 1;
        Sample sample = Write(bytes, into, NewBurst(), import.Step);
        gate.Quality.Measure(picture);
        KeepPrint(sample, gate.Quality.Fingerprint);
        import.Kept++;
    }
}
