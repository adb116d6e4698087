using System.Globalization;
using System.Text;

namespace LiveCam.Engine.Text;

/// <summary>
/// Text of files and of the network made fit for people: what would move a cursor, color a terminal, turn the direction of writing or hide is shown as its code, as in
/// <c>\u001b</c>. In JSON the code is the character's own escape, so a reader of it gets what was there.
/// </summary>
public static class PlainText
{
    /// <summary>The text itself where nothing in it is a code.</summary>
    /// <param name="keepsLines">Whether line feeds and tabs stay what they are.</param>
    public static string Of(string text, bool keepsLines = false) => IsPlain(text, keepsLines) ? text : Coded(text, keepsLines);

    /// <summary>Whether every character may be shown as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text, bool keepsLines = false)
    {
        // Nearly every text is of these alone.
        int other = text.IndexOfAnyExceptInRange(' ', '~');
        if (other < 0) return true;
        for (text = text[other..]; !text.IsEmpty;)
        {
            bool isWhole = Rune.DecodeFromUtf16(text, out Rune rune, out int used) == System.Buffers.OperationStatus.Done;
            if (!isWhole || !IsShown(rune, keepsLines)) return false;
            text = text[used..];
        }
        return true;
    }

    /// <summary>As <see cref="Of"/>, of a span.</summary>
    public static string Coded(ReadOnlySpan<char> text, bool keepsLines = false)
    {
        var shown = new StringBuilder(text.Length + 16);
        while (!text.IsEmpty)
        {
            bool isWhole = Rune.DecodeFromUtf16(text, out Rune rune, out int used) == System.Buffers.OperationStatus.Done;
            if (isWhole && IsShown(rune, keepsLines)) shown.Append(text[..used]);
            else
                foreach (char unit in text[..used]) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            text = text[used..];
        }
        return shown.ToString();
    }

    private static bool IsShown(Rune rune, bool keepsLines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => keepsLines && (rune.Value is '\n' or '\t'),
        // The joiners are part of words (Persian, Devanagari) and of emoji; the others turn or hide text.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => true,
    };
}
