using System.Globalization;
using System.Text;

namespace LiveCam.Engine.Text;

/// <summary>
/// One value as JSON, Python and YAML's flow style write it: <c>{"0": "cat"}</c>, <c>{0: 'cat'}</c>, <c>[cat, dog]</c>. Trailing commas are
/// allowed, and so are comments from <c>#</c> or <c>//</c> to the end of a line. Words without quotes are texts.
/// </summary>
/// <remarks>
/// A value is a <see cref="string"/>, a <see cref="double"/>, a <see cref="bool"/>, null, a <c>List&lt;object?&gt;</c>, or a
/// <c>List&lt;KeyValuePair&lt;string, object?&gt;&gt;</c> in the order of the text, whose keys that were numbers are their digits.
/// </remarks>
internal ref struct Literal
{
    private const int Deepest = 16;

    private readonly ReadOnlySpan<char> text;
    private int at, depth;

    private Literal(ReadOnlySpan<char> text) => this.text = text;

    /// <exception cref="FormatException">The text is no such value, or holds more than one; the message says where.</exception>
    public static object? Parse(ReadOnlySpan<char> text)
    {
        var reader = new Literal(text);
        object? value = reader.Value();
        reader.Skip();
        return reader.at == text.Length ? value : throw reader.Error("there is more behind its end");
    }

    private object? Value()
    {
        Skip();
        if (at == text.Length) throw Error("it ends too early");
        if (text[at] is '[' or '(' or '{')
        {
            if (++depth > Deepest) throw Error($"it is nested more than {Deepest} deep");
            object value = text[at] == '{' ? Pairs() : Items(text[at] == '[' ? ']' : ')');
            depth--;
            return value;
        }
        return text[at] is '"' or '\'' ? Quoted() : Word();
    }

    private List<object?> Items(char end)
    {
        var items = new List<object?>();
        for (at++; !Ends(end); Comma(end)) items.Add(Value());
        return items;
    }

    private List<KeyValuePair<string, object?>> Pairs()
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        for (at++; !Ends('}'); Comma('}'))
        {
            Skip();
            int start = at;
            string key = text[at] is '"' or '\'' ? Quoted() : WordText(":");
            Skip();
            if (key.Length == 0 && start == at || at == text.Length || text[at++] != ':') throw Error("a key and a colon are expected");
            pairs.Add(new(key, Value()));
        }
        return pairs;
    }

    /// <summary>Whether the container ends here; then its end is taken.</summary>
    private bool Ends(char end)
    {
        Skip();
        if (at == text.Length) throw Error($"'{end}' is missing");
        if (text[at] != end) return false;
        at++;
        return true;
    }

    private void Comma(char end)
    {
        Skip();
        if (at < text.Length && text[at] == ',') at++;
        else if (at == text.Length || text[at] != end) throw Error($"',' or '{end}' is expected");
    }

    private string Quoted()
    {
        char quote = text[at++];
        var value = new StringBuilder();
        for (; ; )
        {
            if (at == text.Length) throw Error("a quote is never closed");
            char c = text[at++];
            if (c == quote) return value.ToString();
            if (c != '\\')
            {
                value.Append(c);
                continue;
            }
            if (at == text.Length) throw Error("a quote is never closed");
            c = text[at++];
            value.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', 'u' => Code(4), 'x' => Code(2), _ => c });
        }
    }

    private char Code(int digits)
    {
        if (at + digits > text.Length || !ushort.TryParse(text.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            throw Error($"{digits} hexadecimal digits are expected");
        at += digits;
        return (char)code;
    }

    private object? Word()
    {
        string word = WordText("");
        return word switch
        {
            "" => throw Error("a value is expected"),
            "true" or "True" => true,
            "false" or "False" => false,
            "null" or "None" or "~" => null,
            _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : word,
        };
    }

    /// <summary>Text without quotes, to the next character that ends it.</summary>
    private string WordText(string furtherEnds)
    {
        int start = at;
        while (at < text.Length && !"\n,[]{}()\"#".Contains(text[at]) && !furtherEnds.Contains(text[at])) at++;
        return text[start..at].Trim().ToString();
    }

    private void Skip()
    {
        for (; at < text.Length; at++)
        {
            if (text[at] == '#' || text[at] == '/' && at + 1 < text.Length && text[at + 1] == '/')
                at = text[at..].IndexOf('\n') is var end && end < 0 ? text.Length - 1 : at + end;
            else if (!char.IsWhiteSpace(text[at]))
                return;
        }
    }

    private readonly FormatException Error(string what) => new($"line {text[..at].Count('\n') + 1}: {what}");
}
