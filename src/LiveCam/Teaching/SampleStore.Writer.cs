using System.Globalization;
using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Teaching;

// What the store's own thread does.
public sealed partial class SampleStore
{
    /// <summary>How often folders are looked at for what others did, while nothing is to be done.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);

    private void LookForChanges()
    {
        if (HasForeignChange()) Guard("Looking for changes in the folders", Reconcile, isLook: true);
    }

    private void Do(string doing, Action work) => worker.Post(() => Guard(doing, work));

    /// <summary>Does something to the files. When that fails the state says so, until something is written again; looking alone mends only a folder that was gone.</summary>
    private string? Guard(string doing, Action work, bool isLook = false)
    {
        long before = changes;
        try
        {
            if (!journal.IsThere) throw new ProjectGoneException();
            work();
            if (!isLook || isGone || changes != before) (trouble, isGone) = (null, false);
        }
        catch (Exception error) when (Trouble.IsOfFiles(error))
        {
            (trouble, isGone) = (Trouble.Sentence(doing, Project, error), error is ProjectGoneException);
        }
        Publish();
        return trouble;
    }

    private void Keep(long number, Picture picture, int classId, int burst, bool force)
    {
        Sample? kept = null;
        string? reason = null;
        if (index.Class(classId) is not { } one) reason = $"there is no class {classId} any more";
        else
        {
            reason = gate.Judge(picture, classId);
            if (reason is null || force) reason = Guard($"Keeping a picture in \"{one.Name}\"", () => kept = Write(ImageFile.Encode(picture, ".png"), one, burst, StepOf(burst)));
        }
        if (kept is not null) KeepPrint(kept, gate.Quality.Fingerprint);
        last = new(number, classId, kept, kept is null ? reason ?? "" : "");
        Publish();
    }

    /// <summary>The undo step of a burst: its own, unless that was taken back while it went on.</summary>
    private int StepOf(int burst) => index.Undoable is { Adds: true } step && step.Samples.Count > 0 && index.Sample(step.Samples[0])?.Burst == burst ? step.Id : index.LastStep + 1;

    /// <summary>Puts a whole picture file into a class: file first, then the journal.</summary>
    private Sample Write(byte[] file, SampleIndex.ClassEntry into, int burst, int step)
    {
        // A number that was tried is not tried again: its file may still be there.
        if (Math.Max(lastId, index.LastId) >= JournalEntry.MostId) throw new LiveCamException($"Keeping a sample in \"{Project.Root}\": its numbers are used up; begin another project and import this one's samples.");
        int id = lastId = Math.Max(lastId, index.LastId) + 1;
        string name = string.Create(CultureInfo.InvariantCulture, $"{burst:D4}-{id:D6}.png"), path = Project.FileOf(into.Name, name);
        if (PlainFile.IsLink(Project.FolderOf(into.Name))) throw new IOException($"the folder \"{into.Name}\" is a link, and a project's links are not followed");
        if (!Directory.Exists(Project.FolderOf(into.Name)))
        {
            // Somebody deleted the folder: what was in it is gone, what comes now begins it anew.
            if (index.Of(into.Id).Count > 0) Reconcile();
            files.MakeFolder(Project.FolderOf(into.Name));
        }
        files.WriteWhole(path, file);
        try
        {
            Enter(new JournalEntry(Deed.Add, into.Id, name, Id: id, Burst: burst, Step: step));
        }
        catch (Exception error) when (Trouble.IsOfFiles(error))
        {
            // Not entered is not kept. Where it cannot even be deleted it is found when the project is next opened.
            try { files.Delete(path); }
            catch (Exception second) when (Trouble.IsOfFiles(second)) { }
            throw;
        }
        return index.Sample(id)!;
    }

    private void Remove(string doing, Func<IReadOnlyList<int>> which) => Do(doing, () =>
    {
        IReadOnlyList<int> ids = which();
        if (ids.Count == 0) return;
        Enter(new JournalEntry(Deed.Remove, Step: index.LastStep + 1, Ids: ids));
        Carry(index.Undoable!);
    });

    /// <summary>Moves a step's files where the journal now says they are.</summary>
    private void Carry(SampleIndex.Step step)
    {
        foreach (int id in step.Samples.ToArray()) Place(id);
        gate.Forget(index.IsPresent);
        version++;
    }

    /// <summary>Moves one file where it belongs, if it is in the other place.</summary>
    private void Place(int id)
    {
        if (index.Sample(id) is not { } sample || index.Class(sample.Class) is not { } one) return;
        string inside = Project.FileOf(one.Name, sample.Name), outside = Project.RemovedFileOf(one.Name, sample.Name);
        (string from, string to) = index.IsPresent(id) ? (outside, inside) : (inside, outside);
        if (!File.Exists(from) || File.Exists(to) || PlainFile.IsLink(Path.GetDirectoryName(from)!)) return;
        files.MakeFolder(Path.GetDirectoryName(to)!);
        files.Move(from, to);
        changes++;
    }

    /// <summary>Moves folders of renamed classes.</summary>
    private void Rename()
    {
        while (index.Renamings.Count > 0)
        {
            (int classId, string was) = index.Renamings[0];
            // A folder that another class has by now is that class's.
            if (index.Class(classId) is { } one && !index.Classes.Exists(other => other.Name == was))
                foreach (string root in (string[])[Project.Samples, Project.Removed])
                {
                    string from = Path.Combine(root, was), to = Path.Combine(root, one.Name);
                    if (PlainFile.IsLink(from) || PlainFile.IsLink(to)) continue;
                    if (!Directory.Exists(from) || from == to) continue;
                    // Names that differ in case only are one folder on some systems.
                    if (!Directory.Exists(to) || one.Name.Equals(was, StringComparison.OrdinalIgnoreCase)) files.Move(from, to);
                    else
                        foreach (string file in Directory.EnumerateFiles(from))
                            if (!File.Exists(Path.Combine(to, Path.GetFileName(file)))) files.Move(file, Path.Combine(to, Path.GetFileName(file)));
                }
            index.Renamings.RemoveAt(0);
        }
        version++;
    }

    /// <summary>Writes journal lines, then follows them.</summary>
    private void Enter(params ReadOnlySpan<JournalEntry> entries)
    {
        if (entries.Length == 0) return;
        journal.Append(entries);
        lock (gateOfIndex)
            foreach (JournalEntry entry in entries) index.Apply(entry);
        version++;
        changes++;
    }

    private void Notify(string sentence) => notice = sentence;

    private void Publish() => state = new()
    {
        Classes = [.. index.Classes.Select(one => new SampleClass(one.Id, one.Name, one.Color, index.Of(one.Id).Count, index.Of(one.Id).Newest))],
        Version = version,
        Trouble = trouble,
        Notice = notice,
        Damage = damage,
        Last = last,
        CanUndo = index.Undoable is not null,
        CanRedo = index.Redoable is not null,
    };

    /// <summary>The fingerprints of earlier sessions; null where their cache cannot be used, which costs nothing but finding old near copies.</summary>
    private RecordFile? OpenPrints()
    {
        try
        {
            var file = new RecordFile(Project.Cache("fingerprints"), "fingerprints 1", Fingerprint.Bytes);
            if (file.WasDamaged) Notify($"The cache \"{Project.Cache("fingerprints")}\" could not be read and is made again; near copies of earlier samples are not found until then.");
            foreach (Sample sample in index.Present)
                if (StampOf(sample) is { } stamp && file.TryFind(stamp, out int row))
                {
                    var cells = new byte[Fingerprint.Bytes];
                    file.Read(row, cells);
                    gate.Keep(sample.Id, sample.Class, new(cells));
                }
            return file;
        }
        catch (LiveCamException error)
        {
            Notify(error.Message);
            return null;
        }
    }

    private void KeepPrint(Sample sample, Fingerprint print)
    {
        gate.Keep(sample.Id, sample.Class, print);
        try
        {
            if (StampOf(sample) is { } stamp) prints?.Append(stamp, print.Cells);
        }
        catch (LiveCamException error)
        {
            Notify(error.Message);
        }
    }

    private RecordStamp? StampOf(Sample sample)
    {
        try
        {
            return RecordStamp.Of(sample.Id, Project.FileOf(index.Class(sample.Class)!.Name, sample.Name));
        }
        catch (Exception error) when (Trouble.IsOfFiles(error))
        {
            return null;
        }
    }
}
