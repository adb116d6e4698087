using System.Text.Json;
using LiveCam.Networks;
using LiveCam.Text;
using LiveCam.Input;

namespace LiveCam.Recording;

/// <summary>An answer as a line of <c>answers.jsonl</c>: frame, time and the classes with every digit of their probabilities.</summary>
internal static class AnswerLine
{
    public static string Of(Answer answer)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var line = new JsonLine(text);
        Utf8JsonWriter json = line.Begin();
        json.WriteNumber("frame", answer.Number);
        json.WriteNumber("time", ScriptLine.Seconds(answer.Time));
        json.WriteStartArray("top");
        foreach (Guess guess in answer.Top)
        {
            json.WriteStartObject();
            json.WriteNumber("index", guess.Index);
            json.WriteString("label", guess.Label);
            // The shortest digits that are this number and no other.
            json.WriteNumber("probability", guess.Probability);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        line.End();
        return text.ToString();
    }
}
