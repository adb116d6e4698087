using System.CommandLine;
using System.CommandLine.Help;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>From words to a verb and its exit code: 0 fine, 1 it failed, 2 wrong usage.</summary>
public static class CommandLine
{
    public const int Fine = 0, Failed = 1, Misused = 2;

    private const string DefaultVerb = "run";

    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        try
        {
            Command root = Verbs(terminal);
            ParseResult parse = root.Parse(Words.Complete(args, [.. root.Subcommands.Select(verb => verb.Name)], DefaultVerb), new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
            if (parse.Errors.Count > 0)
            {
                string verb = parse.CommandResult.Command == root ? "" : $" {parse.CommandResult.Command.Name}";
                terminal.Note($"{string.Join(" ", parse.Errors.Select(error => error.Message).Distinct())} See livecam{verb} --help.");
                return Misused;
            }
            return parse.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (terminal.Stop.IsCancellationRequested)
        {
            return Fine;
        }
        catch (Exception error)
        {
            terminal.Note(Sentence(error));
            return Failed;
        }
    }

    private static Command Verbs(Terminal terminal) => new("livecam", "LiveCam shows what a neural network sees in a camera, a video or a picture.")
    {
        new HelpOption(),
        new VersionOption(),
        RunCommand.Create(terminal),
        ReplayCommand.Create(terminal),
        ClassifyCommand.Create(terminal),
        ExplainCommand.Create(terminal),
        TrainCommand.Create(terminal),
        EvaluateCommand.Create(terminal),
        AugmentCommand.Create(terminal),
        InspectCommand.Create(terminal),
        ModelsCommand.Create(terminal),
        BenchCommand.Create(terminal),
        CompareCommand.Create(terminal),
        VerifyCommand.Create(terminal),
        ExportCommand.Create(terminal),
        DevicesCommand.Create(terminal),
        SamplesCommand.Create(terminal),
    };

    /// <summary>What a person reads of an exception that ends the program.</summary>
    internal static string Sentence(Exception error) => Sentences.IsUnexpected(error)
        ? $"Something unexpected happened ({Sentences.Of(error).TrimEnd('.')}); please report it with the command that led here." : Sentences.Of(error);
}
