using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Teaching;

/// <summary>
/// A project's samples. Whoever asks for something is answered at once and never waits for a file: a thread of the store's own judges, encodes and writes, one thing
/// after the other, and <see cref="State"/> says how it went. What cannot be written is told there and lost; everything else goes on.
/// </summary>
/// <remarks>
/// What was done is true when the journal says so: a picture is written under a temporary name, flushed, renamed and then entered; deletions and renamings are entered
/// first and carried out then, and what a kill left half done is finished when the project is next opened. So a kill at any moment loses at most the picture in flight.
/// </remarks>
public sealed partial class SampleStore : IDisposable
{
    /// <summary>The class of what is nothing in particular; it is there from the start.</summary>
    public const int Background = 0;

    /// <summary>Pictures that wait to be written at most; more are refused.</summary>
    public const int MostWaiting = 8;

    // After Okabe and Ito, Color universal design (2008): told apart by colour-blind people too. The first is the background's.
    private static readonly int[] Palette = [0x8A8A8A, 0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7, 0xFFFFFF, 0x7F5F3F];

    private readonly SampleFiles files;
    private readonly ProjectLock holding;
    private readonly Journal journal;
    private readonly SampleIndex index = new();
    private readonly QualityGate gate;
    private readonly PicturePool pictures = new(MostWaiting);
    private readonly Lock gateOfIndex = new();
    private readonly BackgroundWorker worker;
    private readonly RecordFile? prints;
    private volatile TeachingState state = null!;
    private long version, captures, changes;
    private int lastClass, lastBurst, lastId;
    private bool isDisposed, isGone;
    private string? trouble, notice, damage;
    private CaptureOutcome? last;

    private SampleStore(ProjectFolder project, SampleFiles files, GateLimits limits)
    {
        (Project, this.files, gate, journal) = (project, files, new(limits), new(project.Journal, files));
        if (File.Exists(project.Root)) throw new LiveCamException($"Opening the project \"{project.Root}\": it is a file, but a project is a folder; name another.");
        try
        {
            // The folder itself was named by a person, and may be a link.
            if (!Directory.Exists(project.Root)) files.MakeFolder(project.Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Trouble.Opening(project, error);
        }
        project.CheckLinks();
        holding = new ProjectLock(project);
        try
        {
            damage = ProjectSettings.TakeAside(project);
            files.MakeFolder(project.Samples);
            foreach (JournalEntry entry in journal.Read()) index.Apply(entry);
            if (index.Class(Background) is null) Enter(new JournalEntry(Deed.Class, Background, "background", Color: Palette[0]));
            SweepPartials();
            Reconcile();
            TellForeign();
            if (journal.Damaged > 0) Notify($"{journal.Damaged} lines of \"{project.Journal}\" could not be read; the samples they told of were looked for in their folders.");
            (lastClass, lastBurst) = (index.Classes.Max(one => one.Id), index.LastBurst);
            prints = OpenPrints();
        }
        catch (Exception error)
        {
            holding.Dispose();
            throw error is IOException or UnauthorizedAccessException ? Trouble.Opening(project, error) : error;
        }
        Publish();
        worker = new BackgroundWorker("samples") { Idle = (Watch, LookForChanges) };
        worker.Start();
    }

    /// <summary>Opens a project, or begins one where there is none.</summary>
    /// <exception cref="LiveCamException">Another LiveCam has it open, or its folder cannot be read or written.</exception>
    public static SampleStore Open(string folder, GateLimits? limits = null) => Open(folder, new SampleFiles(), limits);

    internal static SampleStore Open(string folder, SampleFiles files, GateLimits? limits = null) => new(new(Path.GetFullPath(folder)), files, limits ?? new());

    public ProjectFolder Project { get; }

    /// <summary>The project as it is now. From any thread.</summary>
    public TeachingState State => state;

    /// <summary>A number for pictures that are recorded in one go, and are undone together.</summary>
    public int NewBurst() => Interlocked.Increment(ref lastBurst);

    /// <summary>Copies a picture and has it kept in a class, if it is good enough. Called by one thread.</summary>
    /// <param name="force">Keep it whatever the gate says.</param>
    /// <returns>The number under which <see cref="TeachingState.Last"/> tells what became of it; 0 when too many are waiting and it was left out.</returns>
    public long Capture(Picture picture, int classId, int burst, bool force = false)
    {
        if (pictures.Copy(picture) is not { } copy) return 0;
        long number = ++captures;
        worker.Post(() =>
        {
            Keep(number, copy, classId, burst, force);
            pictures.Return(copy);
        });
        return number;
    }

    /// <summary>Makes a class.</summary>
    /// <returns>Its id, which captures may use at once.</returns>
    /// <exception cref="LiveCamException">The name is taken, or no folder may have it.</exception>
    public int AddClass(string name)
    {
        CheckName(name, -1);
        int id = Interlocked.Increment(ref lastClass);
        Do($"Adding the class \"{name}\"", () =>
        {
            Enter(new JournalEntry(Deed.Class, id, name, Color: Palette[id % Palette.Length]));
            files.MakeFolder(Project.FolderOf(name));
        });
        return id;
    }

    /// <summary>Renames a class and its folder.</summary>
    /// <exception cref="LiveCamException">The name is taken, or no folder may have it.</exception>
    public void RenameClass(int classId, string name)
    {
        CheckName(name, classId);
        Do($"Renaming a class to \"{name}\"", () =>
        {
            if (index.Class(classId) is not { } one || one.Name == name) return;
            Enter(new JournalEntry(Deed.Class, classId, name, Was: one.Name, Color: one.Color));
            Rename();
        });
    }

    /// <param name="color">0xRRGGBB.</param>
    public void RecolorClass(int classId, int color) => Do("Colouring a class", () =>
    {
        if (index.Class(classId) is { } one) Enter(new JournalEntry(Deed.Class, classId, one.Name, Color: color & 0xFFFFFF));
    });

    /// <summary>Takes one sample out.</summary>
    public void Delete(int sampleId) => Remove("Deleting a sample", () => index.IsPresent(sampleId) ? [sampleId] : []);

    /// <summary>Takes all samples of a class out.</summary>
    public void Clear(int classId) => Remove("Clearing a class", () => [.. index.Present.Where(one => one.Class == classId).Select(one => one.Id)]);

    /// <summary>Takes the last burst, deletion or import back.</summary>
    public void Undo() => Do("Undoing", () =>
    {
        if (index.Undoable is not { } step) return;
        Enter(new JournalEntry(Deed.Undo, Step: step.Id));
        Carry(step);
    });

    /// <summary>Does again what was taken back.</summary>
    public void Redo() => Do("Redoing", () =>
    {
        if (index.Redoable is not { } step) return;
        Enter(new JournalEntry(Deed.Redo, Step: step.Id));
        Carry(step);
    });

    /// <summary>Writes the project's settings.</summary>
    public void Save(ProjectSettings settings) => Do("Saving the settings", () => settings.Save(Project, files));

    /// <summary>All samples that are there, in the order in which they were kept. From any thread but the render thread: it takes a while with many.</summary>
    public IReadOnlyList<Sample> Samples()
    {
        lock (gateOfIndex) return [.. index.Present.OrderBy(one => one.Id)];
    }

    /// <summary>Of each class that has samples the newest; of one class so many from a place on, counted from its newest. Newest first. Not for the render thread either.</summary>
    public IReadOnlyList<(int Class, IReadOnlyList<Sample> Samples)> Newest(int classId, int first, int most)
    {
        lock (gateOfIndex)
        {
            List<(int, IReadOnlyList<Sample>)> all = [];
            foreach (SampleIndex.ClassEntry one in index.Classes)
            {
                if (index.Of(one.Id).Newest is not { } newest) continue;
                all.Add((one.Id, one.Id == classId ? [.. index.Present.Where(sample => sample.Class == classId).OrderByDescending(sample => sample.Id).Skip(first).Take(most)] : [newest]));
            }
            return all;
        }
    }

    /// <summary>Samples by their ids, also those that were taken out; in the order of the ids. Not for the render thread either.</summary>
    public IReadOnlyList<Sample> Find(IEnumerable<int> ids)
    {
        lock (gateOfIndex) return [.. ids.Select(index.Sample).OfType<Sample>()];
    }

    /// <summary>A sample's file, where it is now: among the samples or with what was taken out; null where its class is gone.</summary>
    public string? PathOf(Sample sample)
    {
        lock (gateOfIndex)
        {
            if (index.Class(sample.Class) is not { } one) return null;
            return index.IsPresent(sample.Id) ? Project.FileOf(one.Name, sample.Name) : Project.RemovedFileOf(one.Name, sample.Name);
        }
    }

    /// <summary>Waits until everything asked for so far is done. Not for the render thread.</summary>
    public void Settle()
    {
        using var done = new ManualResetEventSlim();
        worker.Post(done.Set);
        done.Wait();
    }

    /// <summary>Finishes what is waiting and lets go of the project.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        worker.Dispose();
        prints?.Dispose();
        holding.Dispose();
        pictures.Dispose();
    }

    private void CheckName(string name, int own)
    {
        ProjectFolder.CheckName(name);
        if (State.Find(name) is { } other && other.Id != own)
            throw new LiveCamException($"Naming a class \"{name}\": there is a class \"{other.Name}\" already; choose another name.");
    }
}
