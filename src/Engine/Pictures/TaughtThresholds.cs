using System.Buffers;
using System.Text;
using System.Text.Json;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Pictures;

/// <summary>Where "unknown" and "sure" begin, in the metadata of a model that was taught: <c>{"unknown_from": 41.2, "sure_from": 0.83}</c>; the first is left out where nothing is unknown.</summary>
public static class TaughtThresholds
{
    public const string MetadataKey = "livecam.taught";

    private const string Unknown = "unknown_from", Sure = "sure_from";

    public static string Write(Thresholds borders)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (double.IsFinite(borders.UnknownFrom)) json.WriteNumber(Unknown, borders.UnknownFrom);
            json.WriteNumber(Sure, borders.SureFrom);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>What a model's metadata say; null where it was not taught.</summary>
    /// <param name="path">For the sentence.</param>
    /// <exception cref="LiveCamException">They cannot be read, or the model has not the two outputs they belong to.</exception>
    public static Thresholds? Read(string path, IReadOnlyDictionary<string, string> metadata, Graph graph)
    {
        if (!metadata.TryGetValue(MetadataKey, out string? text)) return null;
        string[] outputs = [.. graph.Outputs.Select(output => output.Name)];
        if (outputs is not [TaughtNetwork.Output, TaughtNetwork.DistanceOutput])
            throw new LiveCamException($"Reading {path}: its metadata \"{MetadataKey}\" belong to the outputs {TaughtNetwork.Output} and {TaughtNetwork.DistanceOutput}, but it has {string.Join(", ", outputs)}; "
                + "save it anew with livecam export --project, or remove that entry.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            var borders = new Thresholds(root.TryGetProperty(Unknown, out JsonElement unknown) ? unknown.GetDouble() : double.PositiveInfinity, root.GetProperty(Sure).GetDouble());
            if (borders.UnknownFrom >= 0 && borders.SureFrom is >= 0 and <= 1) return borders;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Told below.
        }
        throw new LiveCamException($"Reading {path}: its metadata \"{MetadataKey}\" are {text}, but should be like {Write(new(41.2, 0.83))}, a squared distance and a probability.");
    }
}
