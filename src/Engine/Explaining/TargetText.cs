using System.Globalization;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Explaining;

/// <summary>Targets as people write them: a class by number or name, or <c>LAYER:CHANNEL</c>.</summary>
internal static class TargetText
{
    /// <summary>A number is a class; so is a label, or one of the names a label lists between commas. Else the last colon divides a layer from a channel.</summary>
    /// <exception cref="LiveCamException">It is none of these, or there is no such class, layer or channel.</exception>
    public static ExplainTarget Parse(string text, ExplainNetwork network)
    {
        ExplainTarget target = Class(text, network) ?? Channel(text, network) ?? throw new LiveCamException(
            $"Explaining \"{text}\": it is neither a class of {network.Model.Name} (a number{(network.Classes > 0 ? $" 0 to {network.Classes - 1}" : "")} or a label{Near(text, network)}) nor LAYER:CHANNEL of a layer that `livecam inspect` lists.");
        network.ValueOf(target);
        return target;
    }

    private static ExplainTarget? Class(string text, ExplainNetwork network)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return ExplainTarget.Class(number);
        string key = LabelName.Key(text);
        int whole = network.Labels.ToArray().ToList().FindIndex(label => LabelName.Key(label) == key);
        if (whole >= 0) return ExplainTarget.Class(whole);
        int[] parts = [.. Enumerable.Range(0, network.Classes).Where(i => network.Labels[i].Split(',').Any(name => LabelName.Key(name.Trim()) == key))];
        return parts.Length switch
        {
            0 => null,
            1 => ExplainTarget.Class(parts[0]),
            _ => throw new LiveCamException($"Explaining \"{text}\": classes {string.Join(" and ", parts)} are both called so; give the number."),
        };
    }

    private static ExplainTarget? Channel(string text, ExplainNetwork network)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int channel)) return null;
        // What is shown is the value's name, whichever of the two names was given.
        return network.Layer(text[..colon]) is { } value ? ExplainTarget.Channel(network.Model.Graph.NameOf(value), channel)
            : throw new LiveCamException($"Explaining \"{text}\": {network.Model.Name} has no layer \"{text[..colon]}\"; `livecam inspect` lists all of them{NearLayers(text[..colon], network)}.");
    }

    private static string Near(string text, ExplainNetwork network)
    {
        string[] near = [.. network.Labels.ToArray().Where(label => label.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(3)];
        return near.Length == 0 ? "" : $", such as {string.Join("; ", near.Select(label => $"\"{label}\""))}";
    }

    private static string NearLayers(string name, ExplainNetwork network)
    {
        string[] near = [.. network.Model.Graph.Nodes.SelectMany(node => node.Outputs).Where(value => value.Exists).Select(network.Model.Graph.NameOf)
            .Where(other => other.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(3)];
        return near.Length == 0 ? "" : $", near it {string.Join(", ", near)}";
    }
}
