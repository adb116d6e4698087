using System.CommandLine;
using LiveCam.Engine;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Planning;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam explain FILES</c>: what in a picture an answer stands on.</summary>
internal static class ExplainCommand
{
    private const string All = "all";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("explain", "Show what in pictures an answer stands on");
        var files = new Argument<string[]>("FILES") { Description = "Picture files, and folders of them", Arity = ArgumentArity.OneOrMore };
        command.Add(files);
        var model = new ModelOptions(command, "An ONNX file");
        var method = new Option<string>("--method")
        {
            Description = $"How: {string.Join(", ", ExplainMethods.All.Select(one => one.Name))}; several with commas, or {All}",
            HelpName = "NAME",
            DefaultValueFactory = _ => ExplainMethods.Default,
        };
        var target = new Option<string?>("--target") { Description = "A class by number or label, or a channel of a layer; without it the class of the highest score", HelpName = "CLASS|LAYER:CHANNEL" };
        var against = new Option<string?>("--against") { Description = "Of a class, the one it is told from: the difference of both scores is explained", HelpName = "CLASS" };
        var output = new Option<string?>("--out") { Description = "Where NAME-METHOD.png (over the picture) and NAME-METHOD.npy (float32, the picture's height x width) are written", HelpName = "FOLDER" };
        var check = new Option<bool>("--check") { Description = "Also explain with shuffled weights, and say how alike both maps are" };
        Option<bool> json = Numbers.Json();
        var device = new DeviceOptions(command);
        command.Add(method);
        command.Add(target);
        command.Add(against);
        command.Add(output);
        command.Add(check);
        command.Add(json);
        command.Validators.Add(result =>
        {
            if (!model.IsGiven(result)) result.AddError("Option '--model' is required: the built-in network has nothing to explain.");
            if (result.GetResult(output) is null) result.AddError("Option '--out' is required: it is the folder that maps are written to.");
        });
        method.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens.Count > 0) Methods(result.Tokens[0].Value);
            }
            catch (LiveCamException error)
            {
                result.AddError(error.Message);
            }
        });
        command.SetAction(parse =>
        {
            ImageFile.Prepare();
            var network = new ExplainNetwork(model.Load(parse, terminal));
            using Device on = device.Open(parse, terminal);
            using var run = new ExplainRun(network, on, new()
            {
                Methods = Methods(parse.GetValue(method)!),
                SkipsUnfit = parse.GetValue(method) == All,
                Target = parse.GetValue(target),
                Against = parse.GetValue(against),
                Folder = parse.GetValue(output)!,
                Checks = parse.GetValue(check),
                Json = parse.GetValue(json),
            }, terminal);
            return run.Run([.. parse.GetValue(files)!.SelectMany(PictureArguments.Files)]);
        });
        return command;
    }

    /// <exception cref="LiveCamException">One of them is no method.</exception>
    private static IReadOnlyList<ExplainMethod> Methods(string text) =>
        text == All ? ExplainMethods.All : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(ExplainMethods.Find).Distinct()];
}
