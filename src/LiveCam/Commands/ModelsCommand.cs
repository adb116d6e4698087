using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Passes;
using LiveCam.Networks.Zoo;
using LiveCam.Reports;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>
/// <c>livecam models</c>: the networks LiveCam builds, and the trained ones that can be had by name; <c>livecam models show NAME</c>: the layers of one that is built;
/// <c>livecam models get NAME</c>: downloads a trained one.
/// </summary>
internal static class ModelsCommand
{
    /// <param name="Parameters">That training changes, of the layers the output depends on.</param>
    /// <param name="Field">The most a place of a layer sees along its first axis; null where the last maps depend on the whole input, or there are none.</param>
    private sealed record Size(IReadOnlyList<Layer> Layers, string Input, long Parameters, double Gflop, int? Field);

    public static Command Create(Terminal terminal)
    {
        var command = new Command("models", "List the networks LiveCam builds, and the trained ones it downloads by name");
        Option<bool> json = Numbers.Json();
        command.Add(json);
        command.SetAction(parse => List(parse.GetValue(json), terminal.Output));
        command.Add(Show(terminal));
        command.Add(Get(terminal));
        return command;
    }

    private static Command Get(Terminal terminal)
    {
        var names = new Argument<string[]>("NAME") { Description = "Trained networks that `livecam models` lists", Arity = ArgumentArity.OneOrMore };
        var command = new Command("get", "Download trained networks") { names };
        command.SetAction(parse =>
        {
            // All names are looked at before the first byte is asked for.
            List<ZooNetwork> wanted = [.. parse.GetValue(names)!.Select(Named)];
            ZooFolder folder = ZooFolder.OfUser();
            foreach (ZooNetwork network in wanted)
                terminal.Output.WriteLine(folder.Has(network) ? folder.FileOf(network) : ZooOption.Download(folder, network, terminal));
        });
        return command;

        static ZooNetwork Named(string text)
        {
            string name = text.StartsWith(ZooNetwork.Prefix, StringComparison.OrdinalIgnoreCase) ? text[ZooNetwork.Prefix.Length..] : text;
            return ZooTable.TryFind(name, out ZooNetwork? network) ? network
                : throw new LiveCamException($"There is no network \"{name}\" to be had; `livecam models` lists those there are.");
        }
    }

    private static Command Show(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "A network that `livecam models` lists" };
        Option<bool> json = Numbers.Json();
        var command = new Command("show", "The layers of a network as it was published") { name, json };
        command.SetAction(parse =>
        {
            string wanted = parse.GetValue(name)!;
            NetworkFamily family = NetworkTable.TryFind(wanted, out NetworkFamily? found) ? found
                : throw new LiveCamException($"Cannot show {wanted}: LiveCam builds no network of that name; `livecam models` lists them, and `livecam inspect` shows a file.");
            Size size = Measure(family);
            if (parse.GetValue(json)) ShowJson(family, size, terminal.Output);
            else ShowText(family, size, terminal.Output);
        });
        return command;
    }

    private static void List(bool json, TextWriter output)
    {
        var line = new JsonLine(output);
        var table = new TextTable("name", ">parameters", ">GFLOP", ">sees", "input", "network");
        foreach (NetworkFamily family in NetworkTable.All)
        {
            Size size = Measure(family);
            if (json)
            {
                Summary(line.Begin(), family, size);
                line.End();
            }
            else
            {
                table.Add(family.Name, Text($"{size.Parameters:N0}"), Text($"{size.Gflop:N3}"), size.Field?.ToString() ?? "all", size.Input, $"{family.Description} ({family.Source})");
            }
        }
        if (json)
        {
            ListZoo(line);
            return;
        }
        output.WriteLine("Built here, with new weights (train, export):");
        table.Write(output);
        output.WriteLine();
        WriteZoo(output);
    }

    private static void ListZoo(JsonLine line)
    {
        ZooFolder folder = ZooFolder.OfUser();
        foreach (ZooNetwork network in ZooTable.All)
        {
            Utf8JsonWriter json = line.Begin();
            json.WriteString("name", ZooNetwork.Prefix + network.Name);
            json.WriteString("description", network.Description);
            json.WriteNumber("bytes", network.Bytes);
            json.WriteString("sha256", network.Sha256);
            json.WriteString("licence", ZooNetwork.Licence);
            json.WriteString("address", new Uri(folder.Address, network.Place).ToString());
            json.WriteBoolean("present", folder.Has(network));
            json.WriteString("file", folder.FileOf(network));
            line.End();
        }
    }

    private static void WriteZoo(TextWriter output)
    {
        ZooFolder folder = ZooFolder.OfUser();
        output.WriteLine($"Trained by others, from {folder.Address.Host} (livecam models get NAME; kept in {folder.Root}):");
        var table = new TextTable("name", ">size", "licence", "here", "network");
        foreach (ZooNetwork network in ZooTable.All)
            table.Add(ZooNetwork.Prefix + network.Name, network.Size, ZooNetwork.Licence, folder.Has(network) ? "yes" : "", network.Description + (network.HasImageNetLabels ? "; a thousand names" : ""));
        table.Write(output);
    }

    private static Size Measure(NetworkFamily family)
    {
        Graph graph = family.Build();
        TypedGraph typed = Compiler.Infer(graph, new());
        IReadOnlyList<Layer> layers = Layers.Of(typed);
        HashSet<Value> read = [.. layers.SelectMany(layer => layer.Node.Inputs)];
        HashSet<Parameter> needed = [.. graph.Parameters.Where(pair => read.Contains(pair.Key)).Select(pair => pair.Value)];
        long parameters = TrainingForm.Trainable(graph).Where(needed.Contains).Sum(parameter => (long)parameter.Shape.ElementCount);
        string input = string.Join(", ", graph.Inputs.Select(one => typed[one.Value].Shape.ToString()));
        return new(layers, input, parameters, layers.Sum(layer => layer.Flop) / 1e9, Field(layers));
    }

    private static int? Field(IReadOnlyList<Layer> layers)
    {
        Layer? maps = layers.LastOrDefault(layer => layer.Output.Rank > 2 && layer.Output.CountOf(2, layer.Output.Rank) > 1);
        return maps?.Field[0].Size is null ? null : layers.Where(layer => layer.Window.Count > 0).Max(layer => layer.Field[0].Size);
    }

    private static void Summary(Utf8JsonWriter json, NetworkFamily family, Size size)
    {
        json.WriteString("name", family.Name);
        json.WriteString("description", family.Description);
        json.WriteString("source", family.Source);
        json.WriteString("task", family.Task.ToString().ToLowerInvariant());
        json.WriteString("input", size.Input);
        json.WriteNumber("layer_count", size.Layers.Count);
        json.WriteNumber("parameters", size.Parameters);
        json.WriteRounded("gflop", size.Gflop, 6);
        if (size.Field is { } field) json.WriteNumber("receptive_field", field);
        else json.WriteNull("receptive_field");
    }

    private static void ShowJson(NetworkFamily family, Size size, TextWriter output)
    {
        var line = new JsonLine(output);
        Utf8JsonWriter json = line.Begin();
        Summary(json, family, size);
        LayerText.WriteJson(json, size.Layers);
        line.End();
    }

    private static void ShowText(NetworkFamily family, Size size, TextWriter output)
    {
        LayerText.Write(size.Layers, output);
        output.WriteLine();
        output.WriteLine($"network     {family.Name}: {family.Description} ({family.Source})");
        output.WriteLine($"input       {size.Input}");
        output.WriteLine(Text($"totals      {size.Layers.Count:N0} layers, {size.Parameters:N0} parameters that training changes, {size.Gflop:N3} GFLOP"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
