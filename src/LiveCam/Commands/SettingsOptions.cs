using System.CommandLine;

namespace LiveCam.Commands;

/// <summary>The options that say how plugins are set.</summary>
internal sealed class SettingsOptions
{
    private readonly Option<string[]> set = new("--set") { Description = "Set something of a plugin for this run, as on the page of plugins (F2): overlay.large-text=on", HelpName = "PLUGIN.NAME=VALUE", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> file = new("--settings") { Description = "Where settings are kept; else in the user's folder (LIVECAM_SETTINGS), and without a window nowhere", HelpName = "FILE" };

    public SettingsOptions(Command command)
    {
        command.Add(set);
        command.Add(file);
    }

    /// <param name="isKept">Whether they are kept where no file is named: a run without a window is to repeat whatever somebody set in another one.</param>
    /// <exception cref="Engine.LiveCamException">The file cannot be read, or --set is not written as it has to be.</exception>
    public SettingsStore Open(ParseResult parse, bool isKept) => new(parse.GetValue(file) ?? (isKept ? SettingsStore.Usual : null), parse.GetValue(set));
}
