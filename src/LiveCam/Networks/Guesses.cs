using System.Text.Json;
using LiveCam.Text;

namespace LiveCam.Networks;

internal static class Guesses
{
    /// <summary>The field <c>top</c>: index, label and probability, best first.</summary>
    public static void WriteGuesses(this Utf8JsonWriter json, ReadOnlySpan<Guess> guesses)
    {
        json.WriteStartArray("top");
        foreach (Guess guess in guesses)
        {
            json.WriteStartObject();
            json.WriteNumber("index", guess.Index);
            json.WriteString("label", guess.Label);
            json.WriteRounded("probability", guess.Probability, 6);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
