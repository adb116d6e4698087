namespace LiveCam.Text;

/// <summary>Where a verb writes, and the wish to end: the process's, or a test's. All that is written passes <see cref="PlainWriter"/>.</summary>
/// <param name="output">Results only.</param>
/// <param name="error">Errors and notes, one sentence a line.</param>
/// <param name="stop">Cancelled by Ctrl-C.</param>
/// <param name="wrote">Called behind each line of results; null for nothing.</param>
public sealed class Terminal(TextWriter output, TextWriter error, CancellationToken stop, Action? wrote = null)
{
    public TextWriter Output { get; } = new PlainWriter(output, wrote);
    public TextWriter Error { get; } = new PlainWriter(error);
    public CancellationToken Stop => stop;

    /// <summary>The writer behind <see cref="Output"/>, for what draws with escapes of its own.</summary>
    internal TextWriter Drawing => ((PlainWriter)Output).Inner;

    /// <summary>Where a person answers questions; null where nobody sits at a terminal.</summary>
    public TextReader? Input { get; init; }

    /// <summary>What is written over by what follows, where a person looks: a terminal, no file. Null where none does. The writer's texts are our own.</summary>
    public TextWriter? Live { get; init; }

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
