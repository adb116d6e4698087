using System.Globalization;
using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Teaching;

// What others do to the folders, and what a kill left half done.
public sealed partial class SampleStore
{
    private readonly Dictionary<string, DateTime> seen = [];

    /// <summary>Whether an entry of a folder was made, renamed or deleted since the folders were last looked through; the store's own doings count too.</summary>
    private bool HasForeignChange()
    {
        if (!journal.IsThere) return trouble is null;
        try
        {
            Dictionary<string, DateTime> now = Times();
            return trouble is not null || now.Count != seen.Count || now.Any(pair => !seen.TryGetValue(pair.Key, out DateTime time) || time != pair.Value);
        }
        catch (Exception error) when (Trouble.IsOfFiles(error))
        {
            return true;
        }
    }

    private Dictionary<string, DateTime> Times() => !Directory.Exists(Project.Samples) ? []
        : ProjectFolder.ClassFolders(Project.Samples).Append(Project.Samples).ToDictionary(folder => folder, Directory.GetLastWriteTimeUtc);

    /// <summary>Deletes what was being written when the program ended.</summary>
    private void SweepPartials()
    {
        WholeFile.SweepPartials(Project.Model);
        foreach (string folder in ProjectFolder.ClassFolders(Project.Samples).Append(Project.Root).Append(Project.Lessons).Where(Directory.Exists))
            foreach (string file in Directory.GetFiles(folder, $"{ProjectFolder.Partial}*")) files.Delete(file);
    }

    /// <summary>
    /// Makes journal and folders agree. Renamings and moves that were entered are finished; files nobody entered become samples of the class whose folder they lie in
    /// (a folder nobody entered becomes a class); samples whose file is in neither place are entered as lost.
    /// </summary>
    private void Reconcile()
    {
        Dictionary<string, DateTime> times = Times();
        Rename();
        Dictionary<string, HashSet<string>> inside = Listing(Project.Samples), outside = Listing(Project.Removed);
        List<JournalEntry> entries = [];
        List<int> lost = [], gone = [];
        foreach ((Sample sample, bool isPresent) in index.All.ToArray())
        {
            string folder = index.Class(sample.Class)!.Name;
            bool isInside = inside.TryGetValue(folder, out HashSet<string>? files) && files.Contains(sample.Name);
            bool isOutside = outside.TryGetValue(folder, out HashSet<string>? removed) && removed.Contains(sample.Name);
            if (isPresent ? !isInside && isOutside : isInside && !isOutside) Place(sample.Id);
            else if (!isInside && !isOutside) (isPresent ? lost : gone).Add(sample.Id);
            // A deleted sample's name may be used again by somebody else; then the file inside is a new one.
            if (isPresent || !isOutside) files?.Remove(sample.Name);
        }
        List<string> says = [];
        foreach (IGrouping<int, int> one in lost.GroupBy(id => index.Sample(id)!.Class))
            says.Add($"{Samples(one.Count())} of \"{index.Class(one.Key)!.Name}\" {(one.Count() == 1 ? "was" : "were")} deleted by someone else");
        if (lost.Count + gone.Count > 0) entries.Add(new(Deed.Lost, Ids: [.. lost, .. gone]));
        Adopt(inside, entries, says);
        if (entries.Count > 0)
        {
            Enter([.. entries]);
            gate.Forget(index.IsPresent);
        }
        if (says.Count > 0) Notify($"{string.Join("; ", says)}.");
        seen.Clear();
        foreach ((string folder, DateTime time) in times) seen[folder] = time;
    }

    /// <summary>Enters the files that are left in a listing.</summary>
    private void Adopt(Dictionary<string, HashSet<string>> inside, List<JournalEntry> entries, List<string> says)
    {
        int id = Math.Max(index.LastId, lastId), burst = Math.Max(index.LastBurst, lastBurst), classId = index.Classes.Count == 0 ? 0 : Math.Max(lastClass, index.Classes.Max(one => one.Id));
        foreach ((string folder, HashSet<string> files) in inside.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (files.Count == 0 || ProjectFolder.NameProblem(folder) is not null) continue;
            int into = index.Classes.Find(one => one.Name == folder)?.Id ?? -1;
            if (into < 0)
            {
                into = ++classId;
                entries.Add(new(Deed.Class, into, folder, Color: Palette[into % Palette.Length]));
            }
            // One burst for each number that our own names carry; a foreign name says nothing, so each of those is for itself.
            foreach (string name in files.Order(Comparer<string>.Create(FolderCamera.CompareNaturally)))
            {
                (int Burst, int Id)? own = OwnName(name);
                // Ids stay above every number in a name of ours, so that the next name is free.
                id = Math.Max(id + 1, own?.Id ?? 0);
                entries.Add(new(Deed.Add, into, name, Id: id, Burst: own?.Burst ?? ++burst));
            }
            says.Add($"{Samples(files.Count)} found in \"{folder}\"");
        }
        Raise(ref lastClass, classId);
        Raise(ref lastBurst, burst);
    }

    /// <summary>What a name of ours says, as in 0003-000012.png.</summary>
    private static (int Burst, int Id)? OwnName(string name) =>
        name.Length >= 15 && name.IndexOf('-') is > 3 and var dash && int.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out int burst)
            && int.TryParse(Path.GetFileNameWithoutExtension(name).AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id < JournalEntry.MostId && burst < JournalEntry.MostId ? (burst, id) : null;

    /// <summary>Picture files by folder; hidden ones and other kinds are nobody's samples.</summary>
    private static Dictionary<string, HashSet<string>> Listing(string root) => ProjectFolder.ClassFolders(root).ToDictionary(folder => Path.GetFileName(folder),
        folder => Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file)[0] != '.' && ImageFile.HasPictureExtension(file) && ProjectFolder.IsOwn(file)).Select(file => Path.GetFileName(file)!).ToHashSet());

    /// <summary>Tells of folders that are passed over.</summary>
    private void TellForeign()
    {
        string[] foreign = [.. Directory.EnumerateDirectories(Project.Samples).Where(folder => Path.GetFileName(folder)[0] != '.' && !ProjectFolder.IsOwn(folder)).Select(folder => Path.GetFileName(folder))];
        if (foreign.Length > 0)
            Notify($"{(foreign.Length == 1 ? "The folder" : $"{foreign.Length} folders, first")} \"{foreign[0]}\" in \"{Project.Samples}\" {(foreign.Length == 1 ? "is" : "are")} passed over: links are not followed, and names have to be UTF-8.");
    }

    private static string Samples(int count) => count == 1 ? "1 sample" : $"{count} samples";

    private static void Raise(ref int number, int least)
    {
        int now;
        while ((now = Volatile.Read(ref number)) < least && Interlocked.CompareExchange(ref number, least, now) != now) { }
    }
}
