using System.Text.Json;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Text;

namespace LiveCam.Reports;

/// <summary>The layers of a network as a table, or as fields of a JSON object.</summary>
internal static class LayerText
{
    public static void Write(IEnumerable<Layer> layers, TextWriter output)
    {
        var table = new TextTable("layer", "operator", "output", ">parameters", ">MFLOP", "window", ">sees");
        foreach (Layer layer in layers)
            table.Add(layer.Name, layer.Op, layer.Output.ToString(), $"{layer.Parameters:N0}", $"{layer.Flop / 1e6:N2}", Window(layer), Field(layer));
        table.Write(output);
    }

    /// <summary>Kernel, stride and padding, axis by axis where they differ, as in <c>3x3 /2 +1</c>; empty where there is no window.</summary>
    public static string Window(Layer layer)
    {
        IReadOnlyList<Reach> axes = layer.Window;
        if (axes.Count == 0) return "";
        string pads = Same(axis => axis.PadBegin == axis.PadEnd ? $"{axis.PadBegin}" : $"{axis.PadBegin}..{axis.PadEnd}", ",");
        return $"{string.Join('x', axes.Select(axis => axis.Size))} /{Same(axis => $"{axis.Stride}", ",")}{(pads == "0" ? "" : $" +{pads}")}";

        string Same(Func<Reach, string> text, string between) => axes.Select(text).Distinct().Count() == 1 ? text(axes[0]) : string.Join(between, axes.Select(text));
    }

    /// <summary>How many elements of the input one of the output depends on, as in <c>7x7</c>.</summary>
    public static string Field(Layer layer) => layer.Field.All(axis => axis.Size is null) ? layer.Field.Count == 0 ? "" : "all" : string.Join('x', layer.Field);

    public static void WriteJson(Utf8JsonWriter json, IEnumerable<Layer> layers)
    {
        json.WriteStartArray("layers");
        foreach (Layer layer in layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("op", layer.Op);
            WriteShape(json, layer.Output.Span);
            json.WriteNumber("parameters", layer.Parameters);
            json.WriteRounded("mflop", layer.Flop / 1e6, 6);
            json.WriteStartArray("window");
            foreach (Reach axis in layer.Window)
            {
                json.WriteStartObject();
                json.WriteNumber("size", axis.Size);
                json.WriteNumber("stride", axis.Stride);
                json.WriteNumber("pad_begin", axis.PadBegin);
                json.WriteNumber("pad_end", axis.PadEnd);
                json.WriteString("formula", axis.Formula);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("receptive_field");
            foreach (ReceptiveField axis in layer.Field)
            {
                if (axis.Size is { } size) json.WriteNumberValue(size);
                else json.WriteNullValue();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteShape(Utf8JsonWriter json, ReadOnlySpan<int> extents)
    {
        json.WriteStartArray("shape");
        foreach (int extent in extents) json.WriteNumberValue(extent);
        json.WriteEndArray();
    }
}
