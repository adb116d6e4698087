using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LiveCam.Text;

/// <summary>JSON objects, one a line. Buffers are kept: a line costs no garbage once the longest was seen.</summary>
internal sealed class JsonLine(TextWriter output)
{
    private readonly ArrayBufferWriter<byte> bytes = new(512);
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private char[] text = new char[512];

    /// <summary>Begins the object of a line.</summary>
    public Utf8JsonWriter Begin()
    {
        bytes.ResetWrittenCount();
        json.Reset(bytes);
        json.WriteStartObject();
        return json;
    }

    /// <summary>Ends the object and writes the line.</summary>
    public void End()
    {
        json.WriteEndObject();
        json.Flush();
        if (text.Length < bytes.WrittenCount) text = new char[bytes.WrittenCount * 2];
        int length = Encoding.UTF8.GetChars(bytes.WrittenSpan, text);
        output.WriteLine(text.AsSpan(0, length));
    }
}

internal static class JsonNumbers
{
    /// <summary>A number with a few digits after the point; null where it is none (JSON knows no infinity).</summary>
    public static void WriteRounded(this Utf8JsonWriter json, string name, double value, int digits = 3)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, Math.Round(value, digits));
        else json.WriteNull(name);
    }
}
