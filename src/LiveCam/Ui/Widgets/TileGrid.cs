using LiveCam.Engine.Vision;

namespace LiveCam.Ui.Widgets;

/// <summary>
/// Equal tiles in one picture, in rows of <paramref name="Columns"/>, without gaps. Gray8 atlases are coloured by the map, others as they are.
/// </summary>
/// <param name="Low">The value that byte 0 stands for.</param>
/// <param name="High">The value that byte 255 stands for.</param>
public readonly record struct TileAtlas(Picture? Picture, int TileWidth, int TileHeight, int Columns, int Count, float Low, float High)
{
    /// <summary>The picture in a texture, where <see cref="Picture"/> is null.</summary>
    public GlImage? Image { get; init; }

    public bool IsGray => (Picture?.Format ?? Image!.Format) == PixelFormat.Gray8;

    /// <summary>Draws a part of the picture; gray ones in the colours of the map.</summary>
    public void Draw(Canvas canvas, Rect target, Clip part, bool smooth, ColorMap map)
    {
        ColorMap? colors = IsGray ? map : null;
        if (Picture is not null) canvas.Image(Picture, target, part, smooth: smooth, map: colors);
        else canvas.Image(Image!, target, part, smooth: smooth, map: colors);
    }
}

/// <summary>How a grid fills its box: tiles of equal whole-pixel size with <paramref name="Gap"/> pixels between them.</summary>
public readonly record struct TileLayout(Rect Area, int Columns, int Rows, float TileWidth, float TileHeight, float Gap, int Count)
{
    /// <summary>The columns and rows that make tiles of this aspect as large as possible and, among those, fill the width best.</summary>
    public static TileLayout Of(Rect box, int count, float aspect, float gap)
    {
        var best = default(TileLayout);
        for (int columns = 1; columns <= count; columns++)
        {
            var layout = Try(columns);
            bool larger = layout.TileWidth > best.TileWidth || layout.TileWidth == best.TileWidth && layout.Area.Width > best.Area.Width;
            if (layout.TileWidth >= 1 && layout.TileHeight >= 1 && larger) best = layout;
        }
        float x = MathF.Floor(box.X + (box.Width - best.Area.Width) / 2), y = MathF.Floor(box.Y + (box.Height - best.Area.Height) / 2);
        return best with { Area = best.Area with { X = x, Y = y } };

        TileLayout Try(int columns)
        {
            int rows = (count + columns - 1) / columns;
            float width = MathF.Floor(MathF.Min((box.Width - gap * (columns - 1)) / columns, (box.Height - gap * (rows - 1)) / rows * aspect));
            float height = MathF.Floor(width / aspect);
            return new(new(0, 0, columns * (width + gap) - gap, rows * (height + gap) - gap), columns, rows, width, height, gap, count);
        }
    }

    public Rect Tile(int index) => new(Area.X + index % Columns * (TileWidth + Gap), Area.Y + index / Columns * (TileHeight + Gap), TileWidth, TileHeight);

    /// <summary>The tile under a point, or -1.</summary>
    public int At(float x, float y)
    {
        if (Columns == 0 || !Area.Contains(x, y)) return -1;
        int index = (int)((y - Area.Y) / (TileHeight + Gap)) * Columns + (int)((x - Area.X) / (TileWidth + Gap));
        return index < Count && Tile(index).Contains(x, y) ? index : -1;
    }
}

/// <summary>A grid of feature maps with a selected tile and a numeric colour ramp.</summary>
public static class TileGrid
{
    /// <summary>Draws the tiles and the legend and returns the layout for hit tests.</summary>
    /// <param name="selected">The outlined tile, or -1.</param>
    /// <param name="legend">Whether the colour ramp is drawn along the bottom.</param>
    public static TileLayout Draw(Canvas canvas, Theme theme, Rect box, in TileAtlas atlas, ColorMap map, int selected = -1, bool legend = true)
    {
        if (legend && box.Height > theme.Px(100))
        {
            Ramp(canvas, theme, box.CutBottom(theme.LineHeight(theme.Caption), out box), map, atlas.Low, atlas.High);
            box = box with { Height = box.Height - theme.Gap };
        }
        var layout = TileLayout.Of(box, atlas.Count, (float)atlas.TileWidth / atlas.TileHeight, 1);
        if (layout.Columns == 0) return layout;
        // Pixels of a map stay visible as squares when enlarged; reduced maps are averaged so that nothing is lost between them.
        bool smooth = layout.TileWidth < atlas.TileWidth;
        for (int i = 0; i < atlas.Count; i++)
        {
            int x = i % atlas.Columns * atlas.TileWidth, y = i / atlas.Columns * atlas.TileHeight;
            atlas.Draw(canvas, layout.Tile(i), new(x, y, x + atlas.TileWidth, y + atlas.TileHeight), smooth, map);
        }
        if (selected >= 0 && selected < atlas.Count)
        {
            float stroke = theme.Px(2);
            canvas.Border(layout.Tile(selected).Inset(-stroke), theme.Background, stroke);
            canvas.Border(layout.Tile(selected), theme.Text, stroke);
        }
        return layout;
    }

    private static void Ramp(Canvas canvas, Theme theme, Rect line, ColorMap map, float low, float high)
    {
        Span<char> number = stackalloc char[24];
        float left = canvas.Text(Figures.Write(number, low, "0.##"), line, theme.Caption, theme.TextDim) + theme.Gap;
        float right = canvas.Text(Figures.Write(number, high, "0.##"), line, theme.Caption, theme.TextDim, Align.Right) + theme.Gap;
        var bar = Rect.FromEdges(line.X + left, MathF.Floor(line.CenterY - theme.Px(4)), line.Right - right, MathF.Floor(line.CenterY + theme.Px(4))).Snap();
        canvas.Image(RampPicture, bar, map: map);
    }

    /// <summary>All values in one row, coloured when drawn.</summary>
    private static readonly Picture RampPicture = MakeRamp();

    private static Picture MakeRamp()
    {
        var ramp = new Picture(256, 1, PixelFormat.Gray8);
        for (int i = 0; i < 256; i++) ramp.Bytes[i] = (byte)i;
        ramp.MarkChanged();
        return ramp;
    }
}
