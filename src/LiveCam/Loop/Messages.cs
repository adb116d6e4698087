namespace LiveCam.Loop;

/// <summary>How much something matters that a person is told.</summary>
public enum Severity
{
    /// <summary>What a key did: on the screen for a moment.</summary>
    Hint,
    /// <summary>What is worth keeping: a line on the terminal.</summary>
    Note,
    /// <summary>What was refused or went wrong once: longer on the screen, and on the terminal.</summary>
    Warning,
    /// <summary>What is wrong until it is mended (<see cref="Mended"/>): on the screen all the while, and on the terminal.</summary>
    Error,
    /// <summary>What could not be kept or read: as a warning, and the exit code says it, too.</summary>
    Loss,
}

/// <summary>The message that tells a person something.</summary>
/// <param name="About">What an error is of, which keeps one place on the screen; the plugin's name where it is left out.</param>
public sealed record Say(string Sentence, Severity Severity = Severity.Hint, string? About = null);

/// <summary>The message that an error is no more.</summary>
public sealed record Mended(string About);

/// <summary>What the person was told and can still see. The loop publishes it.</summary>
/// <param name="terminal">Takes lines; null where there is none.</param>
public sealed class Messages(Action<string>? terminal = null)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2.5), Longer = TimeSpan.FromSeconds(8);

    private TimeSpan ends;

    /// <summary>The newest hint or warning; empty when its time is over.</summary>
    public string Text { get; private set; } = "";
    public bool IsWarning { get; private set; }

    /// <summary>What is wrong still, at most one for each name, the newest last.</summary>
    public IReadOnlyList<Fault> Faults => faults;
    private readonly List<Fault> faults = [];

    /// <param name="by">Who says it.</param>
    /// <param name="now">The loop's clock.</param>
    public void Take(Say said, string by, TimeSpan now)
    {
        switch (said.Severity)
        {
            case Severity.Error: Take(new Fault(said.About ?? by, said.Sentence)); return;
            case Severity.Note: break;
            default:
                (Text, IsWarning) = (said.Sentence, said.Severity is Severity.Warning or Severity.Loss);
                ends = now + (IsWarning ? Longer : Moment);
                break;
        }
        if (said.Severity != Severity.Hint) terminal?.Invoke(said.Sentence);
    }

    /// <summary>Keeps a fault in place of an older one of the same name.</summary>
    public void Take(Fault fault)
    {
        Mend(fault.Name);
        faults.Add(fault);
        terminal?.Invoke($"{fault.Name}: {fault.Sentence}");
        if (fault.Stack.Length > 0) terminal?.Invoke(fault.Stack);
    }

    public void Mend(string name) => faults.RemoveAll(other => other.Name == name);

    /// <summary>Forgets a sentence whose time is over.</summary>
    public void Age(TimeSpan now)
    {
        if (Text.Length > 0 && now >= ends) Text = "";
    }
}
