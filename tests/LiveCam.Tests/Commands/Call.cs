using System.Text.Json;
using LiveCam.Commands;
using LiveCam.Text;

namespace LiveCam.Tests.Commands;

/// <summary>One run of the program inside the test: what it wrote and its exit code.</summary>
internal sealed record Call(int Exit, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    public JsonElement[] Json => Array.ConvertAll(Lines, line => JsonDocument.Parse(line).RootElement);

    public static Call Run(params string[] args) => Run(CancellationToken.None, args);

    public static Call Run(CancellationToken stop, params string[] args)
    {
        using StringWriter output = new(), error = new();
        int exit = CommandLine.Run(args, new Terminal(output, error, stop));
        return new(exit, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>Asserts that it failed with this exit code, one sentence on the error stream, and nothing like a stack trace.</summary>
    /// <param name="notes">A part of each note that has to be told, too.</param>
    public string AssertFailed(int exit, params string[] notes)
    {
        Assert.True(exit == Exit, $"exit {Exit}: {Error}");
        Assert.All(notes, note => Assert.Contains(note, Error));
        string[] sentences = [.. ErrorLines.Where(line => !line.Contains("the arithmetic runs on") && !line.Contains("is a guess") && !line.Contains("no network was named") && !notes.Any(line.Contains))];
        string sentence = Assert.Single(sentences);
        Assert.StartsWith("livecam: ", sentence);
        Assert.Matches("[.?]$", sentence);
        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("Exception", Error);
        return sentence;
    }

    public static string[] Fields(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];
}
