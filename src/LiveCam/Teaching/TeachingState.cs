namespace LiveCam.Teaching;

/// <summary>A class as the screen shows it.</summary>
/// <param name="Color">0xRRGGBB.</param>
/// <param name="Newest">The sample kept last; null where there is none.</param>
public sealed record SampleClass(int Id, string Name, int Color, int Count, Sample? Newest);

/// <summary>What became of a picture that was to be kept.</summary>
/// <param name="Number">As <see cref="SampleStore.Capture"/> returned it.</param>
/// <param name="Kept">The sample; null where it was refused or failed.</param>
/// <param name="Reason">Why it was not kept: one sentence; empty where it was.</param>
public sealed record CaptureOutcome(long Number, int Class, Sample? Kept, string Reason);

/// <summary>A project as it is now. A new one replaces it with every change; it never changes itself.</summary>
public sealed record TeachingState
{
    /// <summary>In the order in which they were made; the background is always there.</summary>
    public required IReadOnlyList<SampleClass> Classes { get; init; }

    /// <summary>Rises whenever samples or classes change: whoever learned from an older one learns again.</summary>
    public long Version { get; init; }

    /// <summary>What is wrong with the project's files and keeps pictures from being kept; null while all is well.</summary>
    public string? Trouble { get; init; }

    /// <summary>The last thing worth knowing that is no trouble: what was found, imported, deleted by someone else.</summary>
    public string? Notice { get; init; }

    /// <summary>What could not be read when the project was opened, and where it is kept; null for nothing.</summary>
    public string? Damage { get; init; }

    /// <summary>What became of the last picture; null before the first.</summary>
    public CaptureOutcome? Last { get; init; }
    public bool CanUndo { get; init; }
    public bool CanRedo { get; init; }

    public int Count => Classes.Sum(one => one.Count);

    /// <summary>The class of a name, whatever its case; null for none.</summary>
    public SampleClass? Find(string name) => Classes.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
