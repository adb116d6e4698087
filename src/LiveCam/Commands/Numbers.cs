using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LiveCam.Commands;

/// <summary>Options several verbs share, and what their texts may be.</summary>
internal static class Numbers
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON object a line instead of text" };

    /// <summary>Complains unless the option's text is a whole number in the range.</summary>
    public static void Within(OptionResult result, long least, long most)
    {
        if (result.Tokens.Count == 0) return;
        string text = result.Tokens[^1].Value;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) || number < least || number > most)
            result.AddError($"{result.Option.Name} is \"{text}\", but has to be a whole number from {least} to {most}.");
    }

    /// <summary>Complains unless the option's text is a number in the range.</summary>
    public static void Between(OptionResult result, double least, double most)
    {
        if (result.Tokens.Count == 0) return;
        string text = result.Tokens[^1].Value;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(number >= least && number <= most))
            result.AddError($"{result.Option.Name} is \"{text}\", but has to be a number from {least} to {most}.");
    }

    /// <summary>Complains unless the option's text is a positive number.</summary>
    public static void Positive(OptionResult result)
    {
        if (result.Tokens.Count == 0) return;
        string text = result.Tokens[^1].Value;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(number > 0) || double.IsInfinity(number))
            result.AddError($"{result.Option.Name} is \"{text}\", but has to be a number above 0.");
    }
}
