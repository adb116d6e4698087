using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam inspect MODEL</c>: every layer, the totals, the contract, and all that keeps it from running.</summary>
internal static class InspectCommand
{
    private sealed record Layer(string Name, string Op, Shape Output, long Parameters, double Mflop);

    public static Command Create(Terminal terminal)
    {
        var command = new Command("inspect", "List a network's layers, or everything that keeps it from running");
        var model = new Argument<string>("MODEL") { Description = "An ONNX file" };
        Option<bool> json = Numbers.Json();
        command.Add(model);
        command.Add(json);
        command.SetAction(parse => Run(parse.GetValue(model)!, parse.GetValue(json), terminal));
        return command;
    }

    private static int Run(string path, bool json, Terminal terminal)
    {
        if (!File.Exists(path)) throw new LiveCamException($"Cannot inspect {path}: there is no such file.");
        IReadOnlyList<string> problems = ModelDoctor.Examine(path, further: graph => Compiler.Problems(graph, new CompileOptions()));
        if (problems.Count == 0 && SidecarProblem(path) is { } broken) problems = [broken];
        if (problems.Count == 0)
        {
            Write(path, OnnxImporter.Import(path), json, terminal.Output);
            return CommandLine.Fine;
        }
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
            foreach (string problem in problems) terminal.Output.WriteLine(problem);
        }
        terminal.Note($"{path} cannot be run: {problems.Count} problem{(problems.Count == 1 ? "" : "s")}.");
        return CommandLine.Failed;
    }

    private static void Write(string path, OnnxModel model, bool json, TextWriter output)
    {
        TypedGraph typed = Compiler.Infer(model.Graph, new CompileOptions { InputShapes = ModelInputs.Shapes(model, path) });
        List<Layer> layers = Layers(typed);
        long parameters = layers.Sum(layer => layer.Parameters);
        double mflop = layers.Sum(layer => layer.Mflop);
        (PictureModel? contract, string? noContract) = Contract(path);
        if (json)
        {
            WriteJson(path, model, typed, layers, contract?.Contract, output);
            return;
        }
        var table = new TextTable("layer", "operator", "output", ">parameters", ">MFLOP");
        foreach (Layer layer in layers) table.Add(layer.Name, layer.Op, layer.Output.ToString(), $"{layer.Parameters:N0}", $"{layer.Mflop:N2}");
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"model       {path} ({model.ByteCount:N0} bytes, operator set {model.OpSet}{(model.Producer.Length > 0 ? $", by {model.Producer}" : "")})");
        foreach (GraphInput input in model.Graph.Inputs) output.WriteLine($"input       {input.Name}: {input.Type} {Declared(input)}");
        foreach ((string name, Value value) in model.Graph.Outputs) output.WriteLine($"output      {name}: {typed[value].Type} {typed[value].Shape}");
        output.WriteLine($"totals      {layers.Count:N0} layers, {parameters:N0} parameters, {mflop:N2} MFLOP");
        output.WriteLine(contract is not null ? $"contract    {Words(contract.Contract)}" : $"contract    none: {noContract}");
        foreach (string note in contract?.Notes ?? []) output.WriteLine($"note        {note}");
    }

    private static void WriteJson(string path, OnnxModel model, TypedGraph typed, List<Layer> layers, Preprocessing? contract, TextWriter output)
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
        json.WriteStartArray("layers");
        foreach (Layer layer in layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("op", layer.Op);
            WriteShape(json, layer.Output.Span);
            json.WriteNumber("parameters", layer.Parameters);
            json.WriteRounded("mflop", layer.Mflop, 6);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("totals");
        json.WriteNumber("layers", layers.Count);
        json.WriteNumber("parameters", layers.Sum(layer => layer.Parameters));
        json.WriteRounded("mflop", layers.Sum(layer => layer.Mflop), 6);
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
        json.WriteStartArray("problems");
        json.WriteEndArray();
        line.End();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, ElementType type, ReadOnlySpan<int> extents)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type.ToString().ToLowerInvariant());
        WriteShape(json, extents);
        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, ReadOnlySpan<int> extents)
    {
        json.WriteStartArray("shape");
        foreach (int extent in extents) json.WriteNumberValue(extent);
        json.WriteEndArray();
    }

    /// <summary>A parameter counts where it is first read.</summary>
    private static List<Layer> Layers(TypedGraph typed)
    {
        var layers = new List<Layer>();
        var counted = new HashSet<Value>();
        foreach (Node node in typed.Graph.Nodes)
        {
            long parameters = 0;
            foreach (Value input in node.Inputs)
                if (input.Exists && typed.Graph.Parameters.TryGetValue(input, out Parameter? parameter)
                    && parameter.Type is ElementType.Float32 or ElementType.Float16 or ElementType.Float64 && counted.Add(input))
                    parameters += parameter.Shape.ElementCount;
            Value output = node.Outputs.First(value => value.Exists);
            layers.Add(new(typed.Graph.NameOf(output), node.Op.Name, typed[output].Shape, parameters, node.Op.Cost(typed.Call(node)).Flop / 1e6));
        }
        return layers;
    }

    private static string Declared(GraphInput input) => input.Extents.Count == 0 ? "scalar" : string.Join('x', input.Extents.Select(x => x < 0 ? "?" : x.ToString()));

    /// <summary>What is wrong with a sidecar that is meant as one; null for nothing.</summary>
    private static string? SidecarProblem(string path)
    {
        string sidecar = PreprocessingJson.SidecarPath(path);
        try
        {
            if (File.Exists(sidecar) && PreprocessingJson.IsMeant(File.ReadAllText(sidecar))) PreprocessingJson.Load(sidecar, Preprocessing.ImageNet);
            return null;
        }
        catch (LiveCamException error)
        {
            return error.Message;
        }
    }

    private static (PictureModel? Contract, string? Reason) Contract(string path)
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
