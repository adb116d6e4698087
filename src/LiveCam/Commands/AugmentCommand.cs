using System.CommandLine;
using System.CommandLine.Parsing;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Reports;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam augment FOLDER --augment LIST --preview out.png</c>: what training would make of pictures, for a person to look at.</summary>
internal static class AugmentCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("augment", "Show on a contact sheet how training varies pictures");
        var folder = new Argument<string>("FOLDER") { Description = "Class folders or pictures, IDX (MNIST), CIFAR binaries or a CSV" };
        var augment = new Option<string>("--augment")
        {
            Description = $"What is done, separated by commas, each with its number after a colon or its usual one: {string.Join(", ", Variations.All.Select(kind => $"{kind.Example} ({kind.Does})"))}",
            HelpName = "LIST",
            Required = true,
        };
        var preview = new Option<string>("--preview") { Description = "The picture file to write", HelpName = "FILE", Required = true };
        var seed = new Option<long>("--seed") { Description = "Where the chance comes from; the same seed gives the same sheet" };
        var count = new Option<int>("--count") { Description = "Pictures shown, each in a row of its own", DefaultValueFactory = _ => 6 };
        augment.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0) return;
            try
            {
                VariationList.Parse(result.Tokens[^1].Value);
            }
            catch (LiveCamException error)
            {
                result.AddError(error.Message);
            }
        });
        seed.Validators.Add(result => Numbers.Within(result, 0, long.MaxValue));
        count.Validators.Add(result => Numbers.Within(result, 1, 50));
        command.Add(folder);
        foreach (Option option in (Option[])[augment, preview, seed, count]) command.Add(option);
        command.SetAction(parse =>
        {
            ImageFile.Prepare();
            string path = parse.GetValue(folder)!, target = parse.GetValue(preview)!;
            DataParts parts = DataSet.Open(path, PictureFiles.Instance);
            VariationList list = VariationList.Parse(parse.GetValue(augment)!);
            DataSet set = (parts.Train ?? parts.Evaluation).Limit(parse.GetValue(count));
            ContactSheet sheet = new(list, (ulong)parse.GetValue(seed), path);
            for (int sample = 0; sample < set.Count; sample++)
            {
                terminal.Stop.ThrowIfCancellationRequested();
                try
                {
                    sheet.Add(set.Read(sample), Title(set, sample), Path.GetFileName(set.NameOf(sample)));
                }
                catch (LiveCamException error)
                {
                    terminal.Note(error.Message);
                }
            }
            if (sheet.Count == 0) throw new LiveCamException($"Cannot show the pictures of \"{path}\": none of the {set.Count} chosen can be read.");
            ImageFile.Save(sheet.Draw(), target);
            terminal.Output.WriteLine($"{target}: {sheet.Count} pictures, {ContactSheet.Variants} variants of each, {list}.");
            return sheet.Count == set.Count ? CommandLine.Fine : CommandLine.Failed;
        });
        return command;
    }

    private static string Title(DataSet set, int sample) =>
        string.Join(", ", set.Labels(sample).ToArray().Select(label => set.Classes[label])) is { Length: > 0 } classes ? classes : Path.GetFileNameWithoutExtension(set.NameOf(sample));
}
