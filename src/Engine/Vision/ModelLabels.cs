using LiveCam.Engine.Text;

namespace LiveCam.Engine.Vision;

/// <summary>Where a model's labels are when nobody names a file: in its metadata, else in a file beside it.</summary>
internal static class ModelLabels
{
    /// <summary>Metadata of other programs that hold labels.</summary>
    private static readonly string[] Keys = ["names", "labels", "classes", "class_names", "id2label", "class_labels"];

    /// <summary>Files that hold labels, the more particular before the more common.</summary>
    private static readonly string[] Files = ["labels.txt", "label.txt", "classes.txt", "class_names.txt", "labels.json", "class_indices.json", "config.json", "metadata.json", "names.txt", "data.yaml", "synset.txt", "synset_words.txt"];

    /// <summary>The first that fit; those of other files that do not fit are noted.</summary>
    /// <param name="classes">How many there have to be; 0 where that is not known and any number fits.</param>
    /// <exception cref="LiveCamException">LiveCam's own metadata are malformed.</exception>
    public static Labels? Find(ModelSurroundings files, int classes)
    {
        string where = $"the metadata of {files.Path}";
        if (files.Metadata.TryGetValue(Labels.MetadataKey, out string? own)) return Labels.Parse(own, where);
        foreach (string key in Keys)
            if (files.Metadata.TryGetValue(key, out string? text) && Hint(() => InMetadata(text, where), classes, files) is { } labels) return labels;
        string ownName = Path.GetFileNameWithoutExtension(files.Path);
        foreach (string name in (string[])[$"{ownName}.labels.txt", $"{ownName}_labels.txt", $"{ownName}.txt", .. Files])
        {
            // These hold labels only sometimes.
            if (name is "config.json" or "metadata.json" && !HoldsLabels(files.Table(name))) continue;
            if (files.Find(name) is { } file && Hint(() => Labels.Load(file), classes, files) is { } found) return found;
        }
        return null;
    }

    private static bool HoldsLabels(List<KeyValuePair<string, object?>>? table) =>
        table is not null && (table.Entry("id2label") ?? table.Entry("labels") ?? table.Entry("label_names") ?? table.Entry("label2id")) is not null;

    /// <summary>A list or a table as a text, or names separated by commas or lines.</summary>
    private static Labels InMetadata(string text, string where) =>
        Labels.Parse(text.AsSpan().TrimStart() is ['[' or '{', ..] || text.Contains('\n') ? text : text.Replace(',', '\n'), where);

    private static Labels? Hint(Func<Labels> read, int classes, ModelSurroundings files)
    {
        try
        {
            Labels labels = read();
            if (classes == 0 || labels.Fits(classes)) return labels;
            files.Note($"the labels in {labels.Where} are not used: there are {labels.Names.Count}, but {files.Path} has {classes} classes; --labels names others.");
        }
        catch (LiveCamException error)
        {
            files.Note($"{error.Message.TrimEnd('.')}; nobody named that file, so it is left out.");
        }
        return null;
    }
}
