namespace LiveCam.Text;

/// <summary>Where a verb writes, and the wish to end: the process's, or a test's.</summary>
/// <param name="Output">Results only.</param>
/// <param name="Error">Errors and notes, one sentence a line.</param>
/// <param name="Stop">Cancelled by Ctrl-C.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, CancellationToken Stop)
{
    /// <summary>Where a person answers questions; null where nobody sits at a terminal.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Whether what is written to <see cref="Error"/> can be written over by what follows: a terminal, no file.</summary>
    public bool IsLive => Error == Console.Error && !Console.IsErrorRedirected;

    /// <summary>Tells something worth knowing that is no result.</summary>
    public void Note(string sentence) => Error.WriteLine($"livecam: {Sentences.OneLine(sentence)}");

    /// <summary>Asks a person, who sits at a terminal, something that Enter says yes to.</summary>
    public bool Confirms(string question)
    {
        Error.Write($"livecam: {Sentences.OneLine(question)} [Y/n] ");
        Error.Flush();
        return Input?.ReadLine()?.Trim() is "" or "y" or "Y" or "yes" or "Yes";
    }
}
