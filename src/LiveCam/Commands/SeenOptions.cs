using System.CommandLine;
using LiveCam.Plugins.Seen;

namespace LiveCam.Commands;

/// <summary>The options that say what is done when something has been seen.</summary>
internal sealed class SeenOptions
{
    private readonly Option<string[]> on = new("--on")
    {
        Description = "Run a command of the system's shell when a class has been seen for a while; the variables LIVECAM_LABEL and LIVECAM_PROBABILITY tell it what. Once each time the class comes; any number of pairs",
        HelpName = "LABEL COMMAND", Arity = new ArgumentArity(2, 32), AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double> after = new("--on-after") { Description = "How long it has to be seen, in seconds", HelpName = "SECONDS", DefaultValueFactory = _ => 1 };

    public SeenOptions(Command command)
    {
        on.Validators.Add(result =>
        {
            if (result.Tokens.Count % 2 != 0) result.AddError("--on takes a class and a command, as in --on cat 'aplay meow.wav'; quote a command of several words.");
        });
        after.Validators.Add(result => Numbers.Between(result, 0, 3600));
        command.Add(on);
        command.Add(after);
    }

    /// <summary>A plugin for each pair.</summary>
    public IReadOnlyList<Plugin> Open(ParseResult parse) =>
        [.. (parse.GetValue(on) ?? []).Chunk(2).Select(pair => new SeenPlugin(pair[0], pair[1], TimeSpan.FromSeconds(parse.GetValue(after))))];
}
