using System.Globalization;

namespace LiveCam.Ui;

/// <summary>Where a text that is wider than its box is cut; an ellipsis stands for what is left out.</summary>
public enum Cut : byte
{
    /// <summary>Sentences: what comes first is said.</summary>
    End,
    /// <summary>Names, whose ends tell them apart as often as their beginnings.</summary>
    Middle,
    /// <summary>Paths, and names whose beginnings are those of their neighbours.</summary>
    Start,
}

/// <summary>Texts made to fit.</summary>
internal static class Cutting
{
    private const char Ellipsis = '…';

    /// <summary>Writes as much of a text as fits beside an ellipsis, in whole characters; empty where not even that fits.</summary>
    /// <param name="buffer">At least as long as the text.</param>
    public static ReadOnlySpan<char> Fit(Span<char> buffer, ReadOnlySpan<char> text, float room, Strike strike, Cut cut)
    {
        float dots = strike.Measure([Ellipsis]);
        int head = cut == Cut.Start ? 0 : Longest(text, cut == Cut.End ? room - dots : (room - dots) / 2, strike, fromEnd: false);
        int tail = cut == Cut.End ? 0 : Longest(text[head..], room - dots - strike.Measure(text[..head]), strike, fromEnd: true);
        // Parts of a text can be wider than they are inside it.
        while (true)
        {
            var fitted = Join(buffer, text, head, text.Length - tail);
            if (strike.Measure(fitted) <= room) return fitted;
            if (tail > 0) tail = text.Length - After(text, text.Length - tail);
            else if (head > 0) head = Boundary(text, head - 1);
            else return default;
        }
    }

    /// <summary>How many chars of the beginning or the end are no wider than the room.</summary>
    private static int Longest(ReadOnlySpan<char> text, float room, Strike strike, bool fromEnd)
    {
        int fits = 0, beyond = text.Length;
        while (fits < beyond)
        {
            int middle = (fits + beyond + 1) / 2, cut = fromEnd ? Boundary(text, text.Length - middle) : Boundary(text, middle);
            if (strike.Measure(fromEnd ? text[cut..] : text[..cut]) <= room) fits = middle;
            else beyond = middle - 1;
        }
        return fromEnd ? text.Length - Boundary(text, text.Length - fits) : Boundary(text, fits);
    }

    private static ReadOnlySpan<char> Join(Span<char> buffer, ReadOnlySpan<char> text, int head, int tail)
    {
        var first = text[..head].TrimEnd(' ');                     // no blank beside the ellipsis
        var last = text[tail..].TrimStart(' ');
        if (first.Length + 1 + last.Length > buffer.Length) return text;
        first.CopyTo(buffer);
        buffer[first.Length] = Ellipsis;
        last.CopyTo(buffer[(first.Length + 1)..]);
        return buffer[..(first.Length + 1 + last.Length)];
    }

    private static int After(ReadOnlySpan<char> text, int at) => at + StringInfo.GetNextTextElementLength(text[at..]);

    /// <summary>The last place between two characters that is not behind <paramref name="most"/>.</summary>
    private static int Boundary(ReadOnlySpan<char> text, int most)
    {
        int at = 0;
        while (at < most && After(text, at) is var next && next <= most) at = next;
        return at;
    }
}
