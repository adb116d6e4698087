namespace LiveCam.Platform;

/// <summary>
/// Notices files that came, changed or went, by looking at their time stamps and sizes. A file counts as changed when it was the same in two
/// looks one after the other, so one that is being written is left alone. Works on every file system, unlike notifications.
/// </summary>
/// <param name="list">The files to look at.</param>
internal sealed class FolderWatch(Func<IEnumerable<string>> list)
{
    private readonly record struct Stamp(DateTime Written, long Length);

    private Dictionary<string, Stamp> told = [], seen = [];

    /// <summary>The files that changed, and those that went.</summary>
    /// <param name="atOnce">Whether a file counts without being seen twice.</param>
    public (List<string> Changed, List<string> Gone) Look(bool atOnce = false)
    {
        Dictionary<string, Stamp> now = Stamps();
        List<string> changed = [.. now.Where(file => (!told.TryGetValue(file.Key, out Stamp old) || old != file.Value)
            && (atOnce || (seen.TryGetValue(file.Key, out Stamp last) && last == file.Value))).Select(file => file.Key).Order(StringComparer.Ordinal)];
        List<string> gone = [.. told.Keys.Where(file => !now.ContainsKey(file) && (atOnce || !seen.ContainsKey(file))).Order(StringComparer.Ordinal)];
        foreach (string file in changed) told[file] = now[file];
        foreach (string file in gone) told.Remove(file);
        seen = now;
        return (changed, gone);
    }

    private Dictionary<string, Stamp> Stamps()
    {
        var stamps = new Dictionary<string, Stamp>();
        try
        {
            foreach (string file in list())
            {
                var info = new FileInfo(file);
                if (info.Exists) stamps[file] = new(info.LastWriteTimeUtc, info.Length);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder being moved about is looked at again.
        }
        return stamps;
    }
}
