using SkiaSharp;

namespace LiveCam.Ui.Fonts;

/// <summary>The coverage of a glyph at a size, one byte a pixel, rows top first. Never changes.</summary>
/// <param name="Left">Its left edge, counted from the pen.</param>
/// <param name="Top">Its upper edge, counted upwards from the baseline.</param>
/// <param name="Coverage">Rows of <see cref="Stride"/> bytes; zeros follow on the right.</param>
public sealed record GlyphImage(int Left, int Top, int Width, int Height, byte[] Coverage)
{
    private const int Pad = 8;                          // the blend reads eight coverage bytes at a time
    private static int made;

    /// <summary>A number of its own, counted up from 0 over all glyphs of the program.</summary>
    public int Number { get; } = Interlocked.Increment(ref made) - 1;

    /// <summary>The bytes of a row.</summary>
    public int Stride => Padded(Width);

    internal static int Padded(int width) => (width + Pad - 1) & -Pad;

    /// <summary>Draws a glyph that stands <paramref name="shift"/> pixels to the right.</summary>
    internal static GlyphImage Draw(FontFace face, int size, ushort glyph, float shift)
    {
        using SKFont font = face.At(size);
        using SKPath? path = font.GetGlyphPath(glyph);
        return path is { IsEmpty: false } ? Fill(path, shift) : Paint(font, glyph);
    }

    private static GlyphImage Fill(SKPath path, float shift)
    {
        SKRect ink = path.TightBounds;
        ink.Offset(shift, 0);
        var box = SKRectI.Ceiling(ink, true);
        if (box.IsEmpty) return new(0, 0, 0, 0, []);
        using var bitmap = new SKBitmap(new SKImageInfo(box.Width, box.Height, SKColorType.Alpha8));
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { IsAntialias = true, Color = SKColors.White })
        {
            canvas.Clear();
            canvas.Translate(shift - box.Left, -box.Top);
            canvas.DrawPath(path, paint);
        }
        var coverage = new byte[Padded(box.Width) * box.Height];
        for (int y = 0; y < box.Height; y++) bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, box.Width).CopyTo(coverage.AsSpan(y * Padded(box.Width)));
        return new(box.Left, -box.Top, box.Width, box.Height, coverage);
    }

    /// <summary>A glyph without an outline, such as a colored picture: its brightness, drawn in the color of the text.</summary>
    private static GlyphImage Paint(SKFont font, ushort glyph)
    {
        font.MeasureText([glyph], out SKRect ink);
        var box = SKRectI.Ceiling(ink, true);
        if (box.Width <= 0 || box.Height <= 0) return new(0, 0, 0, 0, []);
        using var bitmap = new SKBitmap(new SKImageInfo(box.Width, box.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { Color = SKColors.White })
        using (var builder = new SKTextBlobBuilder())
        {
            canvas.Clear();
            builder.AddRun([glyph], font);
            using SKTextBlob? blob = builder.Build();
            if (blob is not null) canvas.DrawText(blob, -box.Left, -box.Top, paint);
        }
        var coverage = new byte[Padded(box.Width) * box.Height];
        for (int y = 0; y < box.Height; y++)
        {
            var row = bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, box.Width * 4);
            // Rec. 709 weights of the bytes as they are.
            for (int x = 0; x < box.Width; x++) coverage[y * Padded(box.Width) + x] = (byte)((row[x * 4] * 54 + row[x * 4 + 1] * 183 + row[x * 4 + 2] * 19) >> 8);
        }
        return new(box.Left, -box.Top, box.Width, box.Height, coverage);
    }
}
