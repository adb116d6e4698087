using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LiveCam.Engine.Vision;

/// <summary>
/// A contract as JSON: one flat object, in a sidecar file <c>model.json</c> beside <c>model.onnx</c> or in an ONNX file's
/// <c>metadata_props</c>.
/// </summary>
/// <remarks>
/// Keys are those of the command line: width, height, channels, contract, fit, crop, resample, pad, order, scale, mean, std, mirror, rotate,
/// region (cropFraction and rotation are read as crop and rotate). All are optional when reading; an unknown one is an error. Numbers may be
/// texts with a fraction ("1/255"), lists may be one number.
/// </remarks>
public static class PreprocessingJson
{
    /// <summary>The metadata key that holds the contract.</summary>
    public const string MetadataKey = "livecam.preprocessing";

    /// <summary>The largest text accepted, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The whole contract, all keys, indented.</summary>
    public static string Write(Preprocessing contract)
    {
        contract.Check();
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("width", contract.Width);
            json.WriteNumber("height", contract.Height);
            json.WriteNumber("channels", contract.Channels);
            json.WriteString("fit", contract.Fit switch { Fit.Crop => "crop", Fit.Letterbox => "letterbox", _ => "stretch" });
            json.WriteNumber("crop", contract.CropFraction);
            json.WriteString("resample", contract.Resample.ToString().ToLowerInvariant());
            WriteList(json, "pad", contract.Pad.Red, contract.Pad.Green, contract.Pad.Blue);
            json.WriteString("order", contract.Order == ColourOrder.Rgb ? "rgb" : "bgr");
            json.WriteNumber("scale", contract.Scale);
            WriteList(json, "mean", [.. Enumerable.Range(0, contract.Channels).Select(c => contract.Mean[c])]);
            WriteList(json, "std", [.. Enumerable.Range(0, contract.Channels).Select(c => contract.StandardDeviation[c])]);
            json.WriteBoolean("mirror", contract.Mirror);
            json.WriteNumber("rotate", contract.Rotation);
            WriteList(json, "region", contract.Region.Left, contract.Region.Top, contract.Region.Width, contract.Region.Height);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Returns <paramref name="start"/> with the settings that the JSON names.</summary>
    /// <param name="where">Names the text in errors, for example its file.</param>
    /// <exception cref="LiveCamException">The text is not JSON of this form, or a value is out of bounds.</exception>
    public static Preprocessing Parse(string text, Preprocessing start, string where)
    {
        if (text.Length > MaxLength)
            throw new LiveCamException($"Cannot read the preprocessing in {where}: it has {text.Length} characters, the limit is {MaxLength}.");
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 2 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new LiveCamException($"Cannot read the preprocessing in {where}: it is {document.RootElement.ValueKind}, but has to be an object such as {{ \"scale\": \"1/255\" }}.");
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                string name = PreprocessingText.NameOf(property.Name);
                if (!PreprocessingText.Settings.Any(setting => setting.Key == name))
                    throw new LiveCamException($"Cannot read the preprocessing in {where}: there is no setting \"{property.Name}\"; "
                        + $"the settings are {string.Join(", ", PreprocessingText.Settings.Select(setting => setting.Key))}.");
                if (!given.TryAdd(name, Flatten(property.Value)))
                    throw new LiveCamException($"Cannot read the preprocessing in {where}: \"{property.Name}\" is there twice; keep one.");
            }
        }
        catch (JsonException error)
        {
            throw new LiveCamException($"Cannot read the preprocessing in {where}: it is not JSON at line {error.LineNumber + 1}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // An escape of half a character.
            throw new LiveCamException($"Cannot read the preprocessing in {where}: a name or value in it is no text; is the file damaged?", error);
        }
        Preprocessing contract = start;
        foreach ((string key, string allowed) in PreprocessingText.Settings)
        {
            if (!given.TryGetValue(key, out string? value)) continue;
            try
            {
                contract = PreprocessingText.With(contract, key, value);
            }
            catch (Exception error) when (error is FormatException or OverflowException)
            {
                throw new LiveCamException($"Cannot read the preprocessing in {where}: \"{key}\" is {value}, but takes {allowed}.", error);
            }
        }
        return contract.Check($"the preprocessing in {where}");
    }

    /// <summary>Whether a text is meant as a contract: it names one of the settings. Other programs keep a model.json of theirs beside a model.</summary>
    public static bool IsMeant(string text) => PreprocessingText.Settings.Any(setting => text.Contains($"\"{setting.Key}\"", StringComparison.Ordinal))
        || text.Contains("\"cropFraction\"", StringComparison.Ordinal) || text.Contains("\"rotation\"", StringComparison.Ordinal);

    /// <summary>The sidecar of a model: the same path with the ending <c>.json</c>.</summary>
    public static string SidecarPath(string modelPath) => Path.ChangeExtension(modelPath, ".json");

    /// <summary>Reads a sidecar file.</summary>
    /// <exception cref="LiveCamException">As <see cref="Parse"/>, or the file cannot be read.</exception>
    public static Preprocessing Load(string path, Preprocessing start)
    {
        try
        {
            if (new FileInfo(path).Length > 4L * MaxLength)
                throw new LiveCamException($"Cannot read the preprocessing in {path}: the file has more than {4 * MaxLength} bytes.");
            return Parse(PlainFile.ReadAllText(path, Limits.TextBytes), start, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Cannot read the preprocessing in {path}: {error.Message}", error);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, params ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    // A value in the spelling of the command line: lists separated by commas.
    private static string Flatten(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(Flatten)),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ValueKind.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}
