using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine.Text;
using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Reports;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam inspect MODEL</c>: every layer, the totals, the contract, and all that keeps it from running.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("inspect", "List a network's layers, or everything that keeps it from running");
        var model = new Argument<string>("MODEL") { Description = "An ONNX file, or zoo:NAME" };
        Option<bool> json = Numbers.Json();
        command.Add(model);
        var zoo = new ZooOption(command);
        var html = new Option<string?>("--html") { Description = "Write the report also as a page that needs nothing else", HelpName = "FILE" };
        command.Add(json);
        command.Add(html);
        command.SetAction(parse => Run(zoo.FileOf(parse.GetValue(model)!, parse, terminal), parse.GetValue(json), parse.GetValue(html), terminal));
        return command;
    }

    private static int Run(string path, bool json, string? html, Terminal terminal)
    {
        if (!File.Exists(path)) throw new LiveCamException($"Cannot inspect {path}: there is no such file.");
        IReadOnlyList<string> problems = ModelDoctor.Examine(path, further: graph => Compiler.Problems(graph, new CompileOptions()));
        if (problems.Count == 0 && SidecarProblem(path) is { } broken) problems = [broken];
        if (problems.Count == 0)
        {
            Write(path, OnnxImporter.Import(path), json, html, terminal.Output);
            return CommandLine.Fine;
        }
        if (html is not null) InspectionPage.Save(html, new() { Model = path, Problems = problems });
        if (json)
        {
            var line = new JsonLine(terminal.Output);
            Utf8JsonWriter writer = line.Begin();
            writer.WriteString("model", path);
            writer.WriteStartArray("problems");
            foreach (string problem in problems) writer.WriteStringValue(problem);
            writer.WriteEndArray();
            line.End();
        }
        else
        {
            foreach (string problem in problems) terminal.Output.WriteLine(PlainText.Of(problem));
        }
        terminal.Note($"{path} cannot be run: {problems.Count} problem{(problems.Count == 1 ? "" : "s")}.");
        return CommandLine.Failed;
    }

    private static void Write(string path, OnnxModel model, bool json, string? html, TextWriter output)
    {
        var shapes = new CompileOptions { InputShapes = ModelInputs.Shapes(model, path) };
        TypedGraph typed = Compiler.Infer(model.Graph, shapes);
        IReadOnlyList<Layer> layers = Layers.Of(typed);
        long parameters = layers.Sum(layer => layer.Parameters);
        double mflop = layers.Sum(layer => layer.Flop) / 1e6;
        (PictureModel? picture, string? noContract) = Contract(path);
        ModelHealth health = ModelHealth.Of(path, model, shapes, picture, layers);
        (string Name, string Value)[] facts =
        [
            ("model", $"{path} ({model.ByteCount:N0} bytes, operator set {model.OpSet}{(model.Producer.Length > 0 ? $", by {model.Producer}" : "")})"),
            .. model.Graph.Inputs.Select(input => ("input", $"{input.Name}: {input.Type} {Declared(input)}")),
            .. model.Graph.Outputs.Select(one => ("output", $"{one.Name}: {typed[one.Value].Type} {typed[one.Value].Shape}")),
            ("totals", $"{layers.Count:N0} layers, {parameters:N0} parameters of {layers.Sum(layer => layer.Bytes):N0} bytes, {mflop:N2} MFLOP"),
            .. health.Memory.Select(need => ("memory", $"{need.Device}: {need.Values:N0} bytes of values beside {need.Weights:N0} of weights")),
            ("contract", picture is not null ? Words(picture.Contract) : $"none: {noContract}"),
            .. (picture?.Notes ?? []).Select(note => ("note", note)),
            ("self-test", health.Test ?? "none in the file"),
        ];
        if (html is not null) InspectionPage.Save(html, new() { Model = path, Findings = health.Findings, Facts = facts, Layers = layers });
        if (json)
        {
            WriteJson(path, model, typed, layers, picture?.Contract, health, output);
            return;
        }
        LayerText.Write(layers, output);
        output.WriteLine();
        foreach ((string name, string value) in facts) output.WriteLine($"{name,-10}  {PlainText.Of(value)}");
        foreach (string finding in health.Findings) output.WriteLine($"{"finding",-10}  {PlainText.Of(finding)}");
    }

    private static void WriteJson(string path, OnnxModel model, TypedGraph typed, IReadOnlyList<Layer> layers, Preprocessing? contract, ModelHealth health, TextWriter output)
    {
        var line = new JsonLine(output);
        Utf8JsonWriter json = line.Begin();
        json.WriteString("model", path);
        json.WriteNumber("opset", model.OpSet);
        json.WriteString("producer", model.Producer);
        json.WriteStartArray("inputs");
        foreach (GraphInput input in model.Graph.Inputs) WriteValue(json, input.Name, input.Type, input.Extents.Span);
        json.WriteEndArray();
        json.WriteStartArray("outputs");
        foreach ((string name, Value value) in model.Graph.Outputs) WriteValue(json, name, typed[value].Type, typed[value].Shape.Span);
        json.WriteEndArray();
        LayerText.WriteJson(json, layers);
        json.WriteStartObject("totals");
        json.WriteNumber("layers", layers.Count);
        json.WriteNumber("parameters", layers.Sum(layer => layer.Parameters));
        json.WriteNumber("bytes", layers.Sum(layer => layer.Bytes));
        json.WriteRounded("mflop", layers.Sum(layer => layer.Flop) / 1e6, 6);
        json.WriteEndObject();
        json.WritePropertyName("contract");
        if (contract is null)
        {
            json.WriteNullValue();
        }
        else
        {
            // Parsed and written again: the text has lines.
            using JsonDocument text = JsonDocument.Parse(PreprocessingJson.Write(contract));
            text.RootElement.WriteTo(json);
        }
        health.WriteJson(json);
        json.WriteStartArray("problems");
        json.WriteEndArray();
        line.End();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, ElementType type, ReadOnlySpan<int> extents)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type.ToString().ToLowerInvariant());
        LayerText.WriteShape(json, extents);
        json.WriteEndObject();
    }

    private static string Declared(GraphInput input) => input.Extents.Count == 0 ? "scalar" : string.Join('x', input.Extents.Select(x => x < 0 ? "?" : x.ToString()));

    /// <summary>What is wrong with a sidecar that is meant as one; null for nothing.</summary>
    private static string? SidecarProblem(string path)
    {
        string sidecar = PreprocessingJson.SidecarPath(path);
        try
        {
            if (File.Exists(sidecar) && PreprocessingJson.IsMeant(PlainFile.ReadAllText(sidecar, Limits.TextBytes))) PreprocessingJson.Load(sidecar, Preprocessing.ImageNet);
            return null;
        }
        catch (LiveCamException error)
        {
            return error.Message;
        }
    }

    private static (PictureModel? Picture, string? Reason) Contract(string path)
    {
        try
        {
            return (PictureModel.Load(path, null, new Dictionary<string, string>()), null);
        }
        catch (LiveCamException error)
        {
            return (null, error.Message);
        }
    }

    private static string Words(Preprocessing contract) => string.Create(CultureInfo.InvariantCulture,
        $"{contract.Width}x{contract.Height}, {(contract.Channels == 1 ? "luma" : contract.Order.ToString().ToLowerInvariant())}, "
        + $"{contract.Fit.ToString().ToLowerInvariant()}{(contract.Fit == Fit.Crop ? $" {contract.CropFraction}" : "")}, {contract.Resample.ToString().ToLowerInvariant()}, "
        + $"scale {contract.Scale:G6}, mean {contract.Mean}, std {contract.StandardDeviation}");
}
