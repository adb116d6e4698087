using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Vision;

/// <summary>One picture and what the program that wrote the model made of it.</summary>
/// <param name="Picture">The bytes of a PNG file.</param>
/// <param name="Input">The tensor the model's contract makes of the picture, in the model's axes.</param>
/// <param name="Outputs">What the model answers to that tensor, by the name of the output.</param>
public sealed record SelfTestVector(byte[] Picture, Tensor Input, IReadOnlyList<(string Name, Tensor Value)> Outputs);

/// <summary>
/// Self-test vectors as JSON in an ONNX file's <c>metadata_props</c>, so that any other program can check its preprocessing and its
/// arithmetic against ours.
/// </summary>
/// <remarks>
/// An array of <c>{"picture": PNG, "input": TENSOR, "outputs": {NAME: TENSOR}}</c> where PNG is base64 and TENSOR is <c>{"shape": [...],
/// "float32": base64 of little-endian floats, row-major}</c>.
/// </remarks>
public static class SelfTest
{
    /// <summary>The metadata key that holds the vectors.</summary>
    public const string MetadataKey = "livecam.selftest";

    /// <summary>The largest text accepted, in characters, and the most vectors.</summary>
    public const int MaxLength = 256 << 20, MaxCount = 64;

    public static string Write(IReadOnlyList<SelfTestVector> vectors)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (SelfTestVector vector in vectors)
            {
                json.WriteStartObject();
                json.WriteBase64String("picture", vector.Picture);
                Write(json, "input", vector.Input);
                json.WriteStartObject("outputs");
                foreach ((string name, Tensor value) in vector.Outputs)
                    Write(json, name, value);
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <param name="where">Names the text in errors, for example its file.</param>
    /// <exception cref="LiveCamException">The text is not JSON of this form, or a tensor does not have the elements of its shape.</exception>
    public static IReadOnlyList<SelfTestVector> Parse(string text, string where)
    {
        if (text.Length > MaxLength)
            throw new LiveCamException($"Cannot read the self-test in {where}: it has {text.Length} characters, the limit is {MaxLength}.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 6 });
            if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.GetArrayLength() is < 1 or > MaxCount)
                throw new FormatException($"it is no list of 1 to {MaxCount} vectors");
            return [.. document.RootElement.EnumerateArray().Select(Vector)];
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or LiveCamException)
        {
            throw new LiveCamException($"Cannot read the self-test in {where}: {error.Message.TrimEnd('.')}; export the model again.", error);
        }
    }

    private static SelfTestVector Vector(JsonElement json) => new(
        json.GetProperty("picture").GetBytesFromBase64(),
        Tensor(json.GetProperty("input"), "input"),
        [.. json.GetProperty("outputs").EnumerateObject().Select(output => (output.Name, Tensor(output.Value, output.Name)))]);

    private static Tensor Tensor(JsonElement json, string name)
    {
        Shape shape = Shape.FromLongs([.. json.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt64())]);
        byte[] bytes = json.GetProperty("float32").GetBytesFromBase64();
        return bytes.LongLength == 4L * shape.ElementCount
            ? new Tensor(ElementType.Float32, shape, bytes)
            : throw new FormatException($"the tensor \"{name}\" of shape {shape} needs {4L * shape.ElementCount} bytes, but has {bytes.Length}");
    }

    private static void Write(Utf8JsonWriter json, string name, Tensor tensor)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("shape");
        foreach (int extent in tensor.Shape)
            json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteBase64String("float32", MemoryMarshal.AsBytes<float>(tensor.Span<float>()));
        json.WriteEndObject();
    }
}
