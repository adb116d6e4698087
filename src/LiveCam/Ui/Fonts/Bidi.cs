using System.Globalization;
using System.Text;

namespace LiveCam.Ui.Fonts;

/// <summary>
/// The directions in a line of text: the rules of Unicode's bidirectional algorithm (UAX 9) that names and sentences need. Embeddings, isolates
/// and overrides, which are typed as invisible signs, are not followed.
/// </summary>
internal static class Bidi
{
    private enum Kind : byte { Neutral, Left, Right, Number }

    /// <summary>Gives every char its level: even ones run to the right, odd ones to the left.</summary>
    public static void Levels(ReadOnlySpan<char> text, Span<byte> levels)
    {
        Span<Kind> kinds = text.Length <= 256 ? stackalloc Kind[text.Length] : new Kind[text.Length];
        Classify(text, kinds);
        Kind first = Kind.Left;
        foreach (Kind kind in kinds)
            if (kind is Kind.Left or Kind.Right)
            {
                first = kind;
                break;
            }
        byte paragraph = (byte)(first == Kind.Right ? 1 : 0);
        ResolveNumbers(text, kinds, first);
        ResolveNeutrals(kinds, first);
        for (int i = 0; i < kinds.Length; i++)
            levels[i] = kinds[i] switch { Kind.Right => 1, Kind.Number => 2, Kind.Left => (byte)(paragraph * 2), _ => paragraph };
    }

    private static void Classify(ReadOnlySpan<char> text, Span<Kind> kinds)
    {
        for (int i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out int used);
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            // A mark goes with what it stands on.
            Kind kind = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? i > 0 ? kinds[i - 1] : Kind.Neutral
                : category == UnicodeCategory.DecimalDigitNumber && (Rune.IsDigit(rune) && rune.Value < 0x80 || IsRightToLeft(rune.Value)) ? Kind.Number
                : IsRightToLeft(rune.Value) ? Kind.Right
                : Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.SpacingCombiningMark ? Kind.Left : Kind.Neutral;
            kinds.Slice(i, used).Fill(kind);
            i += used;
        }
    }

    /// <summary>Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, with the forms for printing.</summary>
    private static bool IsRightToLeft(int code) =>
        code is >= 0x0590 and < 0x0900 or 0x200F or >= 0xFB1D and < 0xFE00 or >= 0xFE70 and < 0xFF00 or >= 0x10800 and < 0x11000 or >= 0x1E800 and < 0x1F000;

    /// <summary>Digits after letters that run to the right run with them; a sign inside a number and a percent sign behind it belong to it.</summary>
    private static void ResolveNumbers(ReadOnlySpan<char> text, Span<Kind> kinds, Kind strong)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is Kind.Left or Kind.Right) strong = kinds[i];
            bool joins = i > 0 && kinds[i - 1] == Kind.Number && kinds[i] == Kind.Neutral
                && (text[i] is '%' or '°' || text[i] is '.' or ',' or ':' or '/' && i + 1 < kinds.Length && kinds[i + 1] == Kind.Number);
            if (joins) kinds[i] = Kind.Number;
        }
        foreach (ref Kind kind in kinds)
        {
            if (kind is Kind.Left or Kind.Right) strong = kind;
            if (kind == Kind.Number && strong == Kind.Left) kind = Kind.Left;
        }
    }

    /// <summary>Blanks and signs between two of one direction take it; others keep that of the line.</summary>
    private static void ResolveNeutrals(Span<Kind> kinds, Kind first)
    {
        for (int i = 0; i < kinds.Length;)
        {
            int end = i;
            while (end < kinds.Length && kinds[end] == Kind.Neutral) end++;
            if (end == i)
            {
                i++;
                continue;
            }
            Kind before = i > 0 ? Side(kinds[i - 1]) : first, after = end < kinds.Length ? Side(kinds[end]) : first;
            if (before == after) kinds[i..end].Fill(before);
            i = end;
        }

        static Kind Side(Kind kind) => kind == Kind.Number ? Kind.Right : kind;
    }
}
