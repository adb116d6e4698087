namespace LiveCam.Text;

/// <summary>Where a verb writes, and the wish to end: the process's, or a test's.</summary>
/// <param name="Output">Results only.</param>
/// <param name="Error">Errors and notes, one sentence a line.</param>
/// <param name="Stop">Cancelled by Ctrl-C.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, CancellationToken Stop)
{
    /// <summary>Tells something worth knowing that is no result.</summary>
    public void Note(string sentence) => Error.WriteLine($"livecam: {Sentences.OneLine(sentence)}");
}
