using System.CommandLine;
using LiveCam.Loop.Loading;

namespace LiveCam.Commands;

/// <summary>The option that says where class libraries with plugins lie.</summary>
internal sealed class ExternalOption
{
    private readonly Option<string?> folder = new("--plugins") { Description = "A folder of class libraries with plugins; else the folder \"plugins\" beside ./livecam (LIVECAM_PLUGINS), or beside the program", HelpName = "FOLDER" };

    public ExternalOption(Command command)
    {
        folder.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !Directory.Exists(result.Tokens[0].Value)) result.AddError($"--plugins is \"{result.Tokens[0].Value}\", but there is no such folder.");
        });
        command.Add(folder);
    }

    public PluginFolder Open(ParseResult parse) => new(parse.GetValue(folder) ?? PluginFolder.Usual);
}
