using System.CommandLine;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Networks;
using LiveCam.Reports;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam classify FILES</c>: what the network sees in each picture.</summary>
internal static class ClassifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("classify", "Say what a network sees in pictures");
        var files = new Argument<string[]>("FILES") { Description = "Picture files, and folders of them", Arity = ArgumentArity.OneOrMore };
        var top = new Option<int>("--top") { Description = "How many classes to list", DefaultValueFactory = _ => 5 };
        top.Validators.Add(result => Numbers.Within(result, 1, 1000));
        var tiles = new Option<bool>("--tiles") { Description = "Slide the network over pictures larger than its input, and write where it sees the best class as NAME.heat.png" };
        var heat = new Option<string?>("--heat") { Description = "Where --tiles writes; else the working directory", HelpName = "FOLDER" };
        Option<bool> json = Numbers.Json();
        command.Add(files);
        var model = new ModelOptions(command, "An ONNX file that ranks classes, or the name of a trained network (`livecam models`)", "FILE|NAME");
        var device = new DeviceOptions(command);
        command.Add(top);
        command.Add(tiles);
        command.Add(heat);
        command.Add(json);
        command.Validators.Add(result =>
        {
            if (!model.IsGiven(result)) result.AddError("Option '--model' is required: the built-in network has no classes.");
            if (result.GetResult(heat) is not null && !result.GetValue(tiles)) result.AddError("--heat says where --tiles writes; give both.");
        });
        command.SetAction(parse =>
        {
            ImageFile.Prepare();
            PictureModel network = model.Load(parse, terminal);
            if (!network.Classifies) throw new LiveCamException($"Cannot classify with {network.Path}: it ends in features or is for another task, and ranks no classes; give a network that does, or teach on this one with run --project FOLDER.");
            using Device on = device.Open(parse, terminal);
            using Classifier classifier = Classifier.Create(network, on);
            return Run(classifier, [.. parse.GetValue(files)!.SelectMany(PictureArguments.Files)], parse.GetValue(top), parse.GetValue(tiles) ? parse.GetValue(heat) ?? "." : null, parse.GetValue(json), terminal);
        });
        return command;
    }

    /// <summary>A file that cannot be read is told and the next one is taken; the exit code then says that something failed.</summary>
    /// <param name="heatFolder">Where heat maps of tiles are written; null for no tiles.</param>
    private static int Run(Classifier classifier, string[] files, int top, string? heatFolder, bool json, Terminal terminal)
    {
        int exit = CommandLine.Fine;
        var line = new JsonLine(terminal.Output);
        var table = new TextTable("file", ">", "class", ">probability", ">ms");
        var guesses = new Guess[top];
        foreach ((int done, string file) in files.Index())
        {
            if (terminal.Stop.IsCancellationRequested)
            {
                terminal.Note($"stopped after {done} of {files.Length} pictures.");
                exit = CommandLine.Failed;
                break;
            }
            int found;
            (TileAnswer Answer, string Map)? tiled = null;
            try
            {
                Picture picture = PictureArguments.Load(file, "classified", terminal);
                if (heatFolder is null)
                {
                    classifier.Run(picture);
                    found = classifier.Rank(guesses);
                }
                else
                {
                    TileAnswer answer = new TiledRun(classifier).Run(picture, terminal.Stop);
                    found = classifier.Best(answer.Mean(), guesses);
                    string map = Path.Combine(heatFolder, $"{Path.GetFileNameWithoutExtension(file)}.heat.png");
                    ImageFile.Save(HeatMap.Draw(picture, answer, guesses[0].Index), map);
                    tiled = (answer, map);
                }
            }
            catch (LiveCamException error)
            {
                terminal.Note(error.Message);
                exit = CommandLine.Failed;
                continue;
            }
            string? certainty = found > 0 && tiled is null ? classifier.CertaintyOf(guesses[0])?.ToString().ToLowerInvariant() : null;
            if (json)
            {
                Utf8JsonWriter writer = line.Begin();
                writer.WriteString("file", file);
                writer.WriteString("device", classifier.Device.Kind);
                writer.WriteRounded("infer_ms", classifier.InferMilliseconds);
                writer.WriteGuesses(guesses.AsSpan(0, found));
                if (certainty is not null) writer.WriteString("certainty", certainty);
                if (tiled is { } whole)
                {
                    writer.WriteNumber("tile_columns", whole.Answer.Lefts.Length);
                    writer.WriteNumber("tile_rows", whole.Answer.Tops.Length);
                    writer.WriteString("heat_map", whole.Map);
                }
                line.End();
                continue;
            }
            string shown = tiled is { } all ? $"{file} ({all.Answer.Lefts.Length}x{all.Answer.Tops.Length} tiles: {all.Map})" : file;
            for (int i = 0; i < found; i++)
                table.Add(i == 0 ? shown : "", $"{guesses[i].Index}", i == 0 && certainty is not null ? $"{guesses[i].Label} ({certainty})" : guesses[i].Label, $"{guesses[i].Probability:P1}", i == 0 ? $"{classifier.InferMilliseconds:F1}" : "");
        }
        if (!json && table.Count > 0) table.Write(terminal.Output);
        return exit;
    }
}
