using LiveCam.Platform;

namespace LiveCam.Loop;

/// <summary>Something a person can ask for with a key.</summary>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Label">The keys as people read them; empty for one that shares the line before it.</param>
/// <param name="Help">What it does, in a few words.</param>
/// <param name="Chords">The keys, each with the modifiers that have to be held; Shift may be held with any and makes it fast. None for what is no key.</param>
/// <param name="Do">Does it; the flag says fast.</param>
public sealed record KeyCommand(string Group, string Label, string Help, (Key Key, Modifiers With)[] Chords, Action<Frame, bool> Do)
{
    /// <summary>When it answers, such as while its plugin's page is open; then it comes before those that always do. Null for always.</summary>
    public Func<Frame, bool>? When { get; init; }

    public bool Answers(in WindowEvent happened)
    {
        foreach ((Key key, Modifiers with) in Chords)
            if (happened.Key == key && (happened.Modifiers & ~Modifiers.Shift) == (with & ~Modifiers.Shift) && happened.Modifiers.HasFlag(with)) return true;
        return false;
    }
}
