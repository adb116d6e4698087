namespace LiveCam.Ui.Fonts;

/// <summary>A glyph in its place: pixels to the right of the pen and above the baseline.</summary>
internal readonly record struct ShapedGlyph(int Face, ushort Glyph, float X, float Y);

/// <summary>A text as glyphs from left to right as they are seen, and its width in pixels.</summary>
internal sealed record ShapedText(ShapedGlyph[] Glyphs, float Width);
