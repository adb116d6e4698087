using System.CommandLine;
using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Training;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Training.Metrics;
using LiveCam.Loop;
using LiveCam.TrainingRuns;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam train --model NAME|FILE --data FOLDER</c>: teaches a network with labelled pictures and writes it as one ONNX file.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("train", "Teach a network with labelled pictures and write it as one ONNX file");
        var model = new ModelOptions(command, $"A network to build: {NetworkTable.Classifiers}; or an ONNX file that learns on, or zoo:NAME for a trained one", "NAME|FILE", builds: true);
        var recipe = new RecipeOptions(command, model);
        var device = new DeviceOptions(command);
        var resume = new Option<string?>("--resume") { Description = "Go on from a checkpoint, which knows all other options", HelpName = "CHECKPOINT" };
        Option<bool> json = Numbers.Json();
        command.Add(resume);
        command.Add(json);
        command.Validators.Add(result =>
        {
            if (result.GetResult(resume) is null && !recipe.IsComplete(result)) result.AddError($"Options '--model' (an ONNX file, or a network that `livecam models` lists) and '--data' are required, or '--resume'.");
        });
        command.SetAction(parse =>
        {
            ImageFile.Prepare();
            string? checkpoint = parse.GetValue(resume);
            TrainingRecipe wanted = recipe.Read(parse, checkpoint, terminal);
            CheckPlaces(wanted, isNew: checkpoint is null);
            VariationList.Parse(wanted.Augment);
            DataParts parts = DataColumnOptions.Tell(DataSet.Open(wanted.Data, PictureFiles.Instance, new(wanted.ImageColumn, wanted.LabelColumn, recipe.AllowsOutside(parse))), terminal);
            using Device on = device.Open(parse, terminal);
            using var run = new TrainingRun(wanted, parts, on);
            if (checkpoint is not null) run.Resume(checkpoint);
            bool isTerminal = terminal.Drawing == Console.Out && !Console.IsOutputRedirected;
            ITrainingView view = parse.GetValue(json) ? new JsonView(terminal) : isTerminal ? new LiveView(terminal) : new PlainView(terminal);
            return Run(run, wanted, on, view, parse.GetValue(json), terminal);
        });
        return command;
    }

    private static int Run(TrainingRun run, TrainingRecipe recipe, Device device, ITrainingView view, bool json, Terminal terminal)
    {
        bool isDone = false;
        using IDisposable finishing = OrderlyEnd.Begin();
        view.Show(run.Facts, () => isDone = run.Train(view, terminal.Stop));
        if (!isDone)
        {
            terminal.Note($"Stopped in epoch {Math.Min(run.Epochs.Count + 1, recipe.Epochs)} of {recipe.Epochs}; nothing is lost. Go on with: livecam train --resume {Quoted(recipe.Checkpoint)}");
            return CommandLine.Fine;
        }
        // First of all: whatever becomes of judging, what was learned is there.
        PictureModelFile.Save(run.Model, recipe.Out);
        long start = Stopwatch.GetTimestamp();
        Evaluation evaluation = run.Judge(view, CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TrainingReport.Save(run, recipe, evaluation, device.Description);
        File.Delete(recipe.Checkpoint);
        if (run.Data is { Test: null, Validation: null })
            terminal.Note("no pictures were kept from learning, so the accuracy is that on what was learned.");
        if (json)
        {
            EvaluateCommand.WriteJson(evaluation, terminal);
            return CommandLine.Fine;
        }
        terminal.Output.WriteLine($"Network: {recipe.Out}\nReport: {recipe.ReportPath}\n\nOn {run.Data.Evaluation.Name}:");
        EvaluationText.Write(evaluation, seconds, terminal.Output);
        return CommandLine.Fine;
    }

    /// <summary>Nothing that was there is lost, and no file of the run is another's.</summary>
    private static void CheckPlaces(TrainingRecipe recipe, bool isNew)
    {
        string target = Path.GetFullPath(recipe.Out), checkpoint = Path.GetFullPath(recipe.Checkpoint), report = Path.GetFullPath(recipe.ReportPath);
        if (target == Path.GetFullPath(recipe.Model))
            throw new LiveCamException($"Cannot train {recipe.Model} into itself: a run that is resumed starts from that file; give another one with --out.");
        if (target == checkpoint || target == report || report == checkpoint)
            throw new LiveCamException($"Cannot write the network to {recipe.Out}, the report to {recipe.ReportPath} and checkpoints to {recipe.Checkpoint}: two of these are one file; give others with --out and --report.");
        foreach (string file in (string[])[target, report, checkpoint])
            if (Directory.Exists(file)) throw new LiveCamException($"Cannot write {file}: that is a folder; give a file with --out or --report.");
        if (isNew && File.Exists(checkpoint) && Trainer.StepsOf(checkpoint) is > 0 and { } steps)
            throw new LiveCamException($"Training would write over {recipe.Checkpoint}, in which a run stopped after step {steps}: go on with it by --resume, give another --out, or delete it.");
    }

    private static string Quoted(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
