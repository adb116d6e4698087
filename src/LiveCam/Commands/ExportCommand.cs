using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam export --model FILE|NAME --out FILE</c>, or <c>--project FOLDER</c> for what was taught there: one ONNX file with labels, contract and self-test.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("export", "Write a network as one ONNX file with labels, contract and self-test");
        var model = new ModelOptions(command, "An ONNX file, or a network with weights from the seed (`livecam models` lists them), or zoo:NAME for a trained one", "FILE|NAME", builds: true);
        var target = new Option<string>("--out") { Description = "The ONNX file to write", HelpName = "FILE", Required = true };
        var project = new Option<string?>("--project") { Description = "What was taught in this folder, instead of --model", HelpName = "FOLDER" };
        var classes = new Option<int?>("--classes") { Description = "Of a network by name: how many classes (else as many as labels, or as published)" };
        var seed = new Option<long>("--seed") { Description = "Of a network by name: which weights", DefaultValueFactory = _ => 1 };
        var rule = new Option<Initializer?>("--init") { Description = "Of a network by name: one rule for all weights (else what suits each layer): he, glorot, lecun, selu", HelpName = "RULE" };
        Option<bool> json = Numbers.Json();
        classes.Validators.Add(result => Numbers.Within(result, 1, NetworkFamily.MostClasses));
        seed.Validators.Add(result => Numbers.Within(result, 0, long.MaxValue));
        command.Add(target);
        command.Add(project);
        command.Add(classes);
        command.Add(seed);
        command.Add(rule);
        command.Add(json);
        command.Validators.Add(result =>
        {
            bool isTaught = result.GetResult(project) is not null;
            if (!model.IsGiven(result) && !isTaught) result.AddError("Option '--model' is required: an ONNX file, or a network that `livecam models` lists; or --project.");
            if (model.IsGiven(result) && isTaught) result.AddError("--project knows on which network it was taught; leave --model out.");
        });
        command.SetAction(parse =>
        {
            ImageFile.Prepare();
            ModelChoice choice = model.Choice(parse, terminal);
            string to = parse.GetValue(target)!;
            if (parse.GetValue(project) is { } folder)
            {
                Report(TeachingParts.Export(folder, to), folder, to, parse.GetValue(json), terminal.Output);
                return CommandLine.Fine;
            }
            Graph graph = NetworkTable.TryFind(choice.Model!, out NetworkFamily? family) && !File.Exists(choice.Model)
                ? ExportNetwork(family, choice, family.Usual with { Classes = parse.GetValue(classes) ?? family.Usual.Classes, Seed = parse.GetValue(seed), Initializer = parse.GetValue(rule) }, parse.GetResult(classes) is not null, to)
                : ExportFile(choice, to, terminal);
            Report(graph, choice.Model!, to, parse.GetValue(json), terminal.Output);
            return CommandLine.Fine;
        });
        return command;
    }

    private static Graph ExportNetwork(NetworkFamily family, ModelChoice choice, NetworkChoice wanted, bool hasClasses, string to)
    {
        // Only what ranks classes of pictures we can take has a contract, and pictures to test it with.
        if (!family.Classifies || family.Usual.Channels is not (1 or 3) && choice.Preprocessing.Count == 0)
        {
            Graph other = family.Build(wanted);
            OnnxExporter.Save(other, to, new() { Name = family.Name });
            return other;
        }
        NetworkChoice usual = family.Usual;
        Preprocessing contract = PreprocessingOptions.Parse(choice.Preprocessing, Preprocessing.For(usual.Channels is 1 ? 1 : 3, usual.Size, usual.Size));
        if (contract.Width != contract.Height)
            throw new LiveCamException($"Cannot build {family.Name} for pictures of {contract.Width}x{contract.Height}: it takes square ones; give --width and --height the same.");
        Labels? labels = choice.Labels is { } path ? Labels.Load(path) : null;
        int count = !hasClasses && labels is not null ? labels.Names.Count : wanted.Classes;
        Graph graph = family.Build(wanted with { Classes = count, Channels = contract.Channels, Size = contract.Width });
        PictureModelFile.Save(new()
        {
            Name = family.Name,
            Graph = graph,
            Input = graph.Inputs[0],
            Axes = PictureAxes.Nchw,
            Contract = contract,
            Labels = labels?.Match(count),
        }, to);
        return graph;
    }

    private static Graph ExportFile(ModelChoice choice, string to, Terminal terminal)
    {
        string path = choice.Model!;
        if (!File.Exists(path) && !Path.HasExtension(path))
            throw new LiveCamException($"Cannot export {path}: there is no such file, and LiveCam builds no network of that name (`livecam models` lists them).");
        OnnxModel file = OnnxImporter.Import(path);
        PictureModel model;
        try
        {
            model = PictureModel.Of(file, path, choice.Labels, choice.Preprocessing);
        }
        catch (LiveCamException error) when (choice is { Labels: null, Preprocessing.Count: 0 })
        {
            // Any network can be written; only what looks at pictures has a contract and pictures to test it with.
            terminal.Note($"{error.Message} It is written without a contract and a self-test.");
            OnnxExporter.Save(file.Graph, to, new() { Name = Path.GetFileNameWithoutExtension(path), Metadata = file.Metadata });
            return file.Graph;
        }
        PictureModelFile.Save(model, to);
        return file.Graph;
    }

    private static void Report(Graph graph, string model, string to, bool json, TextWriter output)
    {
        var read = graph.Nodes.SelectMany(node => node.Inputs).ToHashSet();
        long parameters = graph.Parameters.Where(one => one.Value.Type == ElementType.Float32 && read.Contains(one.Key)).Sum(one => (long)one.Value.Shape.ElementCount);
        long bytes = new FileInfo(to).Length;
        if (!json)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{to}: {model}, {parameters:N0} numbers in its weights, {bytes:N0} bytes"));
            return;
        }
        var line = new JsonLine(output);
        Utf8JsonWriter writer = line.Begin();
        writer.WriteString("file", to);
        writer.WriteString("model", model);
        writer.WriteNumber("parameters", parameters);
        writer.WriteNumber("bytes", bytes);
        line.End();
    }
}
