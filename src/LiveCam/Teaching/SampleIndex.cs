namespace LiveCam.Teaching;

/// <summary>A kept picture.</summary>
/// <param name="Id">Its own for the life of the project.</param>
/// <param name="Name">Its file's name in the folder of its class.</param>
/// <param name="Burst">What was recorded in one go has one number.</param>
public sealed record Sample(int Id, int Class, string Name, int Burst);

/// <summary>What the journal adds up to. The same <see cref="Apply"/> follows reading and doing, so that both agree.</summary>
internal sealed class SampleIndex
{
    public sealed record ClassEntry(int Id, string Name, int Color);

    public sealed record Step(int Id, bool Adds, List<int> Samples)
    {
        public bool IsUndone { get; set; }
    }

    private readonly Dictionary<int, (Sample Sample, bool IsPresent)> samples = [];
    private readonly List<Step> steps = [];
    private readonly Dictionary<int, (int Count, Sample Newest)> perClass = [];

    public List<ClassEntry> Classes { get; } = [];

    /// <summary>Old folder names of renamed classes, as long as the folder may still have them.</summary>
    public List<(int Class, string Was)> Renamings { get; } = [];
    public int LastId { get; private set; }
    public int LastStep { get; private set; }
    public int LastBurst { get; private set; }

    /// <summary>Samples by id, in the order in which they were kept, with those that were taken out.</summary>
    public IEnumerable<(Sample Sample, bool IsPresent)> All => samples.Values;
    public IEnumerable<Sample> Present => samples.Values.Where(one => one.IsPresent).Select(one => one.Sample);

    /// <summary>What undo takes back next, and redo does again.</summary>
    public Step? Undoable => steps.LastOrDefault(step => !step.IsUndone);
    public Step? Redoable => steps.FirstOrDefault(step => step.IsUndone);

    public bool IsPresent(int id) => samples.TryGetValue(id, out var one) && one.IsPresent;
    public ClassEntry? Class(int id) => Classes.Find(one => one.Id == id);

    /// <summary>How many samples of a class are present, and the one kept last.</summary>
    public (int Count, Sample? Newest) Of(int classId) => perClass.TryGetValue(classId, out var one) ? one : (0, null);
    public Sample? Sample(int id) => samples.TryGetValue(id, out var one) ? one.Sample : null;

    public void Apply(JournalEntry entry)
    {
        LastStep = Math.Max(LastStep, entry.Step);
        switch (entry.Deed)
        {
            case Deed.Class:
                int at = Classes.FindIndex(one => one.Id == entry.Class);
                var made = new ClassEntry(entry.Class, entry.Name, entry.Color);
                if (at < 0) Classes.Add(made);
                else Classes[at] = made;
                if (entry.Was.Length > 0) Renamings.Add((entry.Class, entry.Was));
                break;
            case Deed.Add:
                // A line whose class is unknown stands behind a damaged one; its file is found again in its folder.
                if (Class(entry.Class) is null) break;
                LastId = Math.Max(LastId, entry.Id);
                LastBurst = Math.Max(LastBurst, entry.Burst);
                var sample = new Sample(entry.Id, entry.Class, entry.Name, entry.Burst);
                samples[entry.Id] = (sample, true);
                perClass[entry.Class] = (Of(entry.Class).Count + 1, sample);
                Open(entry.Step, adds: true)?.Samples.Add(entry.Id);
                break;
            case Deed.Remove:
                Open(entry.Step, adds: false)?.Samples.AddRange(entry.Ids ?? []);
                SetPresent(entry.Ids ?? [], false);
                break;
            case Deed.Undo or Deed.Redo when steps.Find(step => step.Id == entry.Step) is { } step:
                step.IsUndone = entry.Deed == Deed.Undo;
                SetPresent(step.Samples, step.Adds != step.IsUndone);
                break;
            case Deed.Lost:
                foreach (int id in entry.Ids ?? []) samples.Remove(id);
                foreach (Step step in steps) step.Samples.RemoveAll(id => !samples.ContainsKey(id));
                steps.RemoveAll(step => step.Samples.Count == 0);
                break;
        }
        if (entry.Deed is Deed.Remove or Deed.Undo or Deed.Redo or Deed.Lost) Count();
    }

    private void Count()
    {
        perClass.Clear();
        foreach (Sample sample in Present)
        {
            (int count, Sample? newest) = Of(sample.Class);
            perClass[sample.Class] = (count + 1, newest is null || newest.Id < sample.Id ? sample : newest);
        }
    }

    /// <summary>The step to add to; doing something new ends what could have been done again.</summary>
    private Step? Open(int id, bool adds)
    {
        if (id == 0) return null;
        if (steps.Count > 0 && steps[^1] is { IsUndone: false } last && last.Id == id) return last;
        steps.RemoveAll(step => step.IsUndone);
        steps.Add(new(id, adds, []));
        return steps[^1];
    }

    private void SetPresent(IEnumerable<int> ids, bool isPresent)
    {
        foreach (int id in ids)
            if (samples.TryGetValue(id, out var one)) samples[id] = (one.Sample, isPresent);
    }
}
