using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace LiveCam.Ui.Fonts;

/// <summary>Puts a line of text of any script into glyphs: directions by <see cref="Bidi"/>, a font for every character, forms and places by HarfBuzz.</summary>
internal static class TextShaper
{
    /// <summary>Chars of one direction, one font and one script.</summary>
    private readonly record struct Item(int Start, int Length, byte Level, FontFace Face, Script Script);

    /// <param name="size">The em size in pixels.</param>
    /// <param name="tracking">Added to every advance, in em.</param>
    public static ShapedText Shape(ReadOnlySpan<char> text, FaceList faces, FontWeight weight, float size, float tracking)
    {
        var items = Split(text, faces, weight);
        Reorder(items);
        var glyphs = new List<ShapedGlyph>(text.Length);
        float pen = 0;
        foreach (Item item in items)
        {
            using var buffer = new Buffer();
            buffer.AddUtf16(text, item.Start, item.Length);
            buffer.Direction = item.Level % 2 == 0 ? Direction.LeftToRight : Direction.RightToLeft;
            buffer.Script = item.Script;
            buffer.Language = Language.Default;
            item.Face.Shape(buffer);
            float scale = size / item.Face.Typeface.UnitsPerEm;
            var places = buffer.GetGlyphPositionSpan();
            var infos = buffer.GetGlyphInfoSpan();
            for (int i = 0; i < infos.Length; i++)
            {
                glyphs.Add(new(item.Face.Index, (ushort)infos[i].Codepoint, pen + places[i].XOffset * scale, places[i].YOffset * scale));
                // Letters that join must touch; a mark takes no room.
                if (places[i].XAdvance != 0) pen += places[i].XAdvance * scale + (item.Face == faces.Of(weight) ? tracking * size : 0);
            }
        }
        return new([.. glyphs], pen);
    }

    private static List<Item> Split(ReadOnlySpan<char> text, FaceList faces, FontWeight weight)
    {
        var levels = new byte[text.Length];
        Bidi.Levels(text, levels);
        var items = new List<Item>();
        for (int i = 0; i < text.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(text[i..]);
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out _);
            FontFace face = faces.For(rune.Value, weight);
            Script script = UnicodeFunctions.Default.GetScript(rune.Value);
            bool isCommon = script == Script.Common || script == Script.Inherited;
            if (items.Count > 0 && items[^1] is var last && last.Level == levels[i] && last.Face == face && (isCommon || last.Script == script || last.Script == Script.Common))
                items[^1] = last with { Length = last.Length + length, Script = isCommon ? last.Script : script };
            else items.Add(new(i, length, levels[i], face, isCommon ? Script.Common : script));
            i += length;
        }
        return items;
    }

    /// <summary>From the order of reading to that of seeing: from the highest level down to the lowest odd one, what is at least as high is turned round (UAX 9, L2).</summary>
    private static void Reorder(List<Item> items)
    {
        for (int level = items.Count == 0 ? 0 : items.Max(item => item.Level); level > 0; level--)
            for (int i = 0; i < items.Count; i++)
            {
                int end = i;
                while (end < items.Count && items[end].Level >= level) end++;
                if (end - i > 1) items.Reverse(i, end - i);
                i = Math.Max(i, end);
            }
    }
}
