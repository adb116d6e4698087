using System.CommandLine;
using System.CommandLine.Parsing;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>The options that say which network looks at pictures, and how.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> model;
    private readonly Option<string?> labels = new("--labels") { Description = "Class names: one a line, numbered or not, or a JSON, Python or YAML list or table; else the model's own, or those of a file beside it that fits", HelpName = "FILE" };
    private readonly Option<string?> output = new("--output") { Description = "Of several outputs, the one that ranks classes", HelpName = "NAME" };
    private readonly List<Option<string?>> preprocessing = [];
    private readonly Option<bool>? mirror;
    private readonly Argument<string>? position;
    private readonly ZooOption zoo;

    /// <param name="description">What <c>--model</c> takes.</param>
    /// <param name="helpName">Its value in the help.</param>
    /// <param name="position">The verb's own argument that names the model, instead of <c>--model</c>.</param>
    /// <param name="builds">Whether a plain name is a network built here, and only <c>zoo:NAME</c> a trained one.</param>
    public ModelOptions(Command command, string description = "An ONNX file; without one, the kernels of the lectures run", string helpName = "FILE",
        Argument<string>? position = null, bool builds = false)
    {
        model = new("--model") { Description = description, HelpName = helpName };
        this.position = position;
        if (position is null) command.Add(model);
        else command.Add(position);
        command.Add(labels);
        command.Add(output);
        zoo = new(command, takesPlainNames: !builds);
        labels.Validators.Add(result =>
        {
            if (position is null && result.Parent is CommandResult verb && !IsGiven(verb)) result.AddError("--labels needs --model: the built-in network has no classes.");
        });
        foreach ((string option, string allowed) in PreprocessingOptions.All)
        {
            // As where the camera's pictures are mirrored: a switch.
            if (option == "mirror" && command.Options.All(other => other.Name != "--mirror")) command.Add(mirror = new("--mirror") { Description = "Preprocessing: left becomes right" });
            if (option == "mirror") continue;
            var one = new Option<string?>($"--{option}") { Description = $"Preprocessing: {allowed}", HelpName = "VALUE" };
            one.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && Complaint(option, result.Tokens[0].Value) is { } complaint) result.AddError(complaint);
            });
            // Where a camera's pictures are turned and cut for everybody, the network's preprocessing does not do it once more.
            if (command.Options.Any(other => other.Name == one.Name)) continue;
            preprocessing.Add(one);
            command.Add(one);
        }
    }

    public PictureModel Load(ParseResult parse, Terminal terminal) => Choice(parse, terminal).Load(terminal);

    /// <exception cref="LiveCamException">A trained network was named that is not here and is not to be had.</exception>
    public ModelChoice Choice(ParseResult parse, Terminal terminal)
    {
        var given = new Dictionary<string, string>();
        foreach (Option<string?> option in preprocessing)
            if (parse.GetValue(option) is { } text)
                given[option.Name.TrimStart('-')] = text;
        if (mirror is not null && parse.GetResult(mirror) is { Implicit: false }) given["mirror"] = parse.GetValue(mirror) ? "true" : "false";
        string? wanted = position is null ? parse.GetValue(model) : parse.GetValue(position);
        return new(wanted is null ? null : zoo.FileOf(wanted, parse, terminal), parse.GetValue(labels), given, parse.GetValue(output));
    }

    public bool IsGiven(CommandResult result) => result.GetResult(model) is not null;

    /// <summary>What is wrong with an option's text for every kind of network, or null.</summary>
    private static string? Complaint(string option, string text)
    {
        string? complaint = null;
        foreach (int channels in (ReadOnlySpan<int>)[3, 1])
        {
            try
            {
                PreprocessingOptions.Parse(new Dictionary<string, string> { [option] = text }, Preprocessing.For(channels, 0, 0));
                return null;
            }
            catch (LiveCamException error)
            {
                complaint ??= error.Message;
            }
        }
        return complaint;
    }
}
