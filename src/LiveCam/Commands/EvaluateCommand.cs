using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Training.Metrics;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Reports;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam evaluate MODEL --data FOLDER</c>: how good a network's answers are on labelled pictures.</summary>
internal static class EvaluateCommand
{
    private const int MostNotes = 5;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("evaluate", "Say how good a network is on labelled pictures");
        var file = new Argument<string>("MODEL") { Description = "An ONNX file, or the name of a trained network" };
        var model = new ModelOptions(command, position: file);
        var device = new DeviceOptions(command);
        var data = new Option<string>("--data") { Description = "Class folders of pictures, IDX (MNIST), CIFAR binaries or a CSV of paths and labels; a test part is taken alone", HelpName = "FOLDER", Required = true };
        var batch = new Option<int>("--batch") { Description = "Pictures of one run", DefaultValueFactory = _ => 32 };
        var limit = new Option<int?>("--limit") { Description = "Take this many pictures at most, spread over the set", HelpName = "N" };
        var report = new Option<string?>("--report") { Description = "Write a report as one HTML file", HelpName = "FILE" };
        Option<bool> json = Numbers.Json();
        batch.Validators.Add(result => Numbers.Within(result, 1, 4096));
        limit.Validators.Add(result => Numbers.Within(result, 1, DataSet.MaxCount));
        foreach (Option option in (Option[])[data, batch, limit, report, json]) command.Add(option);
        var columns = new DataColumnOptions(command);
        command.SetAction(parse =>
        {
            ImageFile.Prepare();
            DataParts parts = columns.Open(parse.GetValue(data)!, parse, terminal);
            ModelChoice choice = model.Choice(parse, terminal);
            PictureModel network = Whole(choice.Load(terminal), choice, parts.Evaluation, terminal);
            using Device on = device.Open(parse, terminal);
            return Run(network, parts, on, parse.GetValue(batch), parse.GetValue(limit), parse.GetValue(report), parse.GetValue(json), terminal);
        });
        return command;
    }

    private static int Run(PictureModel model, DataParts parts, Device device, int size, int? limit, string? report, bool json, Terminal terminal)
    {
        DataSet set = parts.Evaluation;
        if (set.Classes.Count == 0)
            throw new LiveCamException($"Cannot evaluate on {parts.Path}: its pictures carry no labels; put each class into a folder of its own.");
        if (limit is { } most) set = set.Limit(most);
        long start = Stopwatch.GetTimestamp();
        using var network = BatchNetwork.Create(model, device, size);
        ClassMap map = ClassMap.Create(model, set, network.Classes);
        if (map.Note is { } note) terminal.Note(note);
        int unreadable = 0;
        Evaluation evaluation = SetJudge.Evaluate(network, new(set, model.Contract, new() { Size = size, ChannelsLast = model.Axes == PictureAxes.Nhwc }), map, sentence =>
        {
            if (++unreadable <= MostNotes) terminal.Note(sentence);
        }, terminal.Stop);
        if (unreadable > MostNotes) terminal.Note($"{unreadable - MostNotes} more pictures could not be read; all {unreadable} are left out.");
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (report is not null)
        {
            HtmlReport.Save(report, new()
            {
                Title = $"{model.Name} on {Path.GetFileName(Path.GetFullPath(parts.Path).TrimEnd(Path.DirectorySeparatorChar))}",
                Facts =
                [
                    ("Model", model.Path ?? model.Name), ("Data", $"{set.Name}, {parts.Form}"), ("Input", EvaluationText.Of(model.Contract)),
                    ("Device", device.Description), ("Pictures per second", $"{evaluation.Count / seconds:F0}"),
                ],
                Evaluation = evaluation,
            });
            if (!json) terminal.Output.WriteLine($"Report: {report}");
        }
        if (json) WriteJson(evaluation, terminal);
        else EvaluationText.Write(evaluation, seconds, terminal.Output);
        return unreadable == 0 ? CommandLine.Fine : CommandLine.Failed;
    }

    /// <summary>The last line of everything that judges a network.</summary>
    internal static void WriteJson(Evaluation evaluation, Terminal terminal)
    {
        var line = new JsonLine(terminal.Output);
        Utf8JsonWriter writer = line.Begin();
        writer.WriteRounded("accuracy", evaluation.Accuracy, 9);
        writer.WriteRounded("top5", evaluation.TopFive, 9);
        writer.WriteNumber("count", evaluation.Count);
        writer.WriteRounded("ece", evaluation.CalibrationError, 9);
        writer.WriteStartArray("confusion");
        foreach (int[] row in evaluation.Confusion)
        {
            writer.WriteStartArray();
            foreach (int count in row) writer.WriteNumberValue(count);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        line.End();
    }

    /// <summary>
    /// Pictures that already have the size of the input are taken whole where nobody states a crop: the crop of the usual contract is for photographs.
    /// </summary>
    private static PictureModel Whole(PictureModel model, ModelChoice choice, DataSet set, Terminal terminal)
    {
        Preprocessing contract = model.Contract;
        bool isUsual = !choice.Preprocessing.Keys.Any(key => key is "crop" or "fit")
            && contract == PreprocessingOptions.Parse(choice.Preprocessing, Preprocessing.For(contract.Channels, contract.Height, contract.Width));
        if (!isUsual || contract is not { Fit: Fit.Crop, CropFraction: < 1 } || set.PictureSize != (contract.Width, contract.Height)) return model;
        terminal.Note($"the pictures of {set.Name} have the size of the input, so they are taken whole; --crop {contract.CropFraction} cuts them.");
        return model with { Contract = contract with { CropFraction = 1 } };
    }
}
