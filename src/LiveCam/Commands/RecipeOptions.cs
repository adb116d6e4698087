using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.TrainingRuns;
using LiveCam.Networks;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>The options that make a training recipe; what is not given is what is usual for the network, or what a checkpoint says.</summary>
internal sealed class RecipeOptions
{
    private readonly ModelOptions model;
    private readonly DataColumnOptions columns;
    private readonly Option<string?> data = new("--data") { Description = "Class folders of pictures (with or without train, val, test), IDX (MNIST), CIFAR binaries or a CSV of paths and labels", HelpName = "FOLDER" };
    private readonly Option<int?> epochs = new("--epochs") { Description = "How often all pictures are seen; as all below, else as is usual for the network" };
    private readonly Option<int?> batch = new("--batch") { Description = "Pictures of a step" };
    private readonly Option<double?> rate = new("--lr") { Description = "The highest learning rate" };
    private readonly Option<string?> optimizer = new("--optimizer") { Description = string.Join(", ", TrainingRecipe.Optimizers) };
    private readonly Option<double?> decay = new("--decay") { Description = "Weight decay" };
    private readonly Option<string?> schedule = new("--schedule") { Description = $"How the learning rate goes on: {string.Join(", ", TrainingRecipe.Schedules)}" };
    private readonly Option<string?> loss = new("--loss") { Description = $"What is made small: {string.Join(", ", TrainingRecipe.Losses)}; else cross-entropy, or binary where pictures have several labels" };
    private readonly Option<double?> smoothing = new("--smoothing") { Description = "Part of the probability that cross-entropy spreads over all classes" };
    private readonly Option<string?> weights = new("--class-weights") { Description = "What a mistake in each class counts: balanced, or as in cat=2,dog=0.5", HelpName = "LIST" };
    private readonly Option<double?> clip = new("--clip") { Description = "The longest gradient; longer ones are shortened to it, 0 for none" };
    private readonly Option<double?> average = new("--average") { Description = "Judge and write a moving average of the weights with this decay, 0.999 say; 0 for none" };
    private readonly Option<double?> dropPath = new("--drop-path") { Description = "How often a picture goes without the last residual branch, without those before it evenly less often" };
    private readonly Option<string?> freeze = new("--freeze") { Description = "This layer and all it depends on keep their weights", HelpName = "LAYER" };
    private readonly Option<string?> augment = new("--augment") { Description = "How pictures are varied, as in mirror,crop:4 (livecam augment shows it); none for not at all", HelpName = "LIST" };
    private readonly Option<long?> seed = new("--seed") { Description = "Of weights, order and variation" };
    private readonly Option<double?> validation = new("--validation") { Description = "Part of the training pictures that is kept to judge each epoch by, where the data has no such part; 0 for none" };
    private readonly Option<int?> limit = new("--limit") { Description = "Take this many pictures of each part at most", HelpName = "N" };
    private readonly Option<string?> target = new("--out") { Description = "The ONNX file to write; else NAME.onnx, or FILE-trained.onnx", HelpName = "FILE" };
    private readonly Option<string?> report = new("--report") { Description = "The HTML report to write; else beside the ONNX file", HelpName = "FILE" };

    public RecipeOptions(Command command, ModelOptions model)
    {
        this.model = model;
        epochs.Validators.Add(result => Numbers.Within(result, 1, 100_000));
        batch.Validators.Add(result => Numbers.Within(result, 1, 4096));
        rate.Validators.Add(Numbers.Positive);
        decay.Validators.Add(result => Numbers.Between(result, 0, 1));
        validation.Validators.Add(result => Numbers.Between(result, 0, 0.9));
        seed.Validators.Add(result => Numbers.Within(result, 0, uint.MaxValue));
        limit.Validators.Add(result => Numbers.Within(result, 1, DataSet.MaxCount));
        smoothing.Validators.Add(result => Numbers.Between(result, 0, 1));
        clip.Validators.Add(result => Numbers.Between(result, 0, 1e9));
        average.Validators.Add(result => Numbers.Between(result, 0, 0.999999));
        dropPath.Validators.Add(result => Numbers.Between(result, 0, 0.9));
        loss.AcceptOnlyFromAmong([.. TrainingRecipe.Losses]);
        optimizer.AcceptOnlyFromAmong([.. TrainingRecipe.Optimizers]);
        schedule.AcceptOnlyFromAmong([.. TrainingRecipe.Schedules]);
        foreach (Option option in (Option[])[data, epochs, batch, rate, optimizer, decay, schedule, loss, smoothing, weights, clip, average, dropPath, freeze, augment, seed, validation, limit, target, report]) command.Add(option);
        columns = new(command);
    }

    public bool IsComplete(CommandResult result) => model.IsGiven(result) && result.GetResult(data) is not null;

    /// <summary>Only the command line lets a CSV name files outside of its folder, no checkpoint does.</summary>
    public bool AllowsOutside(ParseResult parse) => columns.Read(parse).AllowsOutside;

    /// <summary>What the options say; of a run that is resumed, what its checkpoint says.</summary>
    /// <exception cref="LiveCamException">An option contradicts the checkpoint.</exception>
    public TrainingRecipe Read(ParseResult parse, string? checkpoint, Terminal terminal)
    {
        ModelChoice choice = model.Choice(parse, terminal);
        TrainingRecipe known = checkpoint is not null ? TrainingNote.Read(checkpoint).Recipe : Usual(parse, choice);

        T Take<T>(Option option, T given, T usual) where T : notnull
        {
            if (checkpoint is null || given.Equals(usual)) return given;
            throw new LiveCamException(string.Create(CultureInfo.InvariantCulture,
                $"Cannot resume {checkpoint} with {option.Name} {given}: it was begun with {(usual is "" ? "none" : usual)}; leave the option out, or begin anew without --resume."));
        }

        string? Text(Option<string?> option, string? usual) => parse.GetValue(option) is { } given ? Take(option, given, usual ?? "") : usual;
        if (checkpoint is not null && choice.Model is { } name && name != known.Model)
            throw new LiveCamException($"Cannot resume {checkpoint} with --model {name}: it was begun with {known.Model}; leave the option out, or begin anew without --resume.");
        foreach ((string option, string given) in choice.Preprocessing)
            if (checkpoint is not null && known.Preprocessing.GetValueOrDefault(option) != given)
                throw new LiveCamException($"Cannot resume {checkpoint} with --{option} {given}: it was begun with {known.Preprocessing.GetValueOrDefault(option, "what is usual")}; leave the option out, or begin anew without --resume.");
        if (checkpoint is not null) CheckPlaces(known, checkpoint, parse.GetValue(target) is not null, parse.GetValue(report) is not null);
        return known with
        {
            Data = Text(data, known.Data)!,
            Out = Text(target, known.Out)!,
            Report = Text(report, known.Report),
            Epochs = parse.GetValue(epochs) is { } e ? Take(epochs, e, known.Epochs) : known.Epochs,
            Batch = parse.GetValue(batch) is { } b ? Take(batch, b, known.Batch) : known.Batch,
            Rate = parse.GetValue(rate) is { } r ? Take(rate, r, known.Rate) : known.Rate,
            Optimizer = Text(optimizer, known.Optimizer)!,
            Decay = parse.GetValue(decay) is { } d ? Take(decay, d, known.Decay) : known.Decay,
            Schedule = Text(schedule, known.Schedule)!,
            Loss = Text(loss, known.Loss),
            Smoothing = parse.GetValue(smoothing) is { } spread ? Take(smoothing, spread, known.Smoothing) : known.Smoothing,
            ClassWeights = Text(weights, known.ClassWeights),
            Clip = parse.GetValue(clip) is { } longest ? Take(clip, longest, known.Clip) : known.Clip,
            Average = parse.GetValue(average) is { } mean ? Take(average, mean, known.Average) : known.Average,
            DropPath = parse.GetValue(dropPath) is { } dropped ? Take(dropPath, dropped, known.DropPath) : known.DropPath,
            Freeze = Text(freeze, known.Freeze),
            Augment = parse.GetValue(augment) is { } list ? Take(augment, list == "none" ? "" : list, known.Augment) : known.Augment,
            Seed = parse.GetValue(seed) is { } s ? Take(seed, s, known.Seed) : known.Seed,
            Validation = parse.GetValue(validation) is { } v ? Take(validation, v, known.Validation) : known.Validation,
            Limit = parse.GetValue(limit) is { } most ? Take(limit, most, known.Limit ?? 0) : known.Limit,
        };
    }

    /// <summary>A checkpoint that somebody sends writes nothing outside of its folder, unless the command line says so.</summary>
    private static void CheckPlaces(TrainingRecipe recipe, string checkpoint, bool isTargetNamed, bool isReportNamed)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(checkpoint))! + Path.DirectorySeparatorChar;
        foreach ((string option, string path, bool isNamed) in ((string, string, bool)[])[("--out", recipe.Out, isTargetNamed), ("--report", recipe.ReportPath, isReportNamed || isTargetNamed && recipe.Report is null)])
            if (!isNamed && !Path.GetFullPath(path).StartsWith(folder.Replace("//", "/"), StringComparison.Ordinal))
                throw new LiveCamException($"Cannot resume {checkpoint}: it would write {path}, outside of its own folder; if that is where it belongs, say so by {option} \"{path}\".");
    }

    private TrainingRecipe Usual(ParseResult parse, ModelChoice choice)
    {
        string name = choice.Model!;
        string written = File.Exists(name) ? $"{Path.GetFileNameWithoutExtension(name)}-trained.onnx" : $"{name.ToLowerInvariant()}.onnx";
        return TrainingRecipe.For(name, parse.GetValue(data)!, written) with
        {
            Labels = choice.Labels,
            ImageColumn = columns.Read(parse).ImageColumn,
            LabelColumn = columns.Read(parse).LabelColumn,
            Preprocessing = new(choice.Preprocessing),
        };
    }
}
