using LiveCam.Engine.Vision;

namespace LiveCam.Ui.Widgets;

/// <summary>A small picture with a few words under it.</summary>
/// <param name="Mark">The colour of its edge, such as its class's; fully transparent for none.</param>
public readonly record struct Thumbnail(Picture Picture, string Caption = "", Color Mark = default);

/// <summary>Pictures of any size in equal cells, each as large as its cell allows.</summary>
public static class ThumbnailGrid
{
    /// <summary>Draws as many as fit and returns the layout for hit tests.</summary>
    /// <param name="aspect">Width over height of a picture's cell.</param>
    /// <param name="selected">The outlined cell, or -1.</param>
    public static TileLayout Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<Thumbnail> pictures, float aspect = 4f / 3, int selected = -1)
    {
        float caption = 0, gap = theme.Px(4);
        foreach (ref readonly Thumbnail one in pictures)
            if (one.Caption.Length > 0) caption = theme.LineHeight(theme.Caption);
        // The largest cells that hold all of them, but none smaller than can be recognised: then some are left out.
        float least = theme.Px(36);
        int most = (int)((box.Width + gap) / (least + gap)) * (int)((box.Height + gap) / (least / aspect + caption + gap));
        int count = Math.Min(pictures.Length, Math.Max(0, most));
        if (count == 0) return default;
        TileLayout layout = Layout(box, count, aspect, caption, gap);
        for (int i = 0; i < count; i++)
        {
            Rect cell = layout.Tile(i), words = cell.CutBottom(caption, out Rect place);
            canvas.Fill(place, theme.Well, theme.Px(3));
            canvas.Image(pictures[i].Picture, place.Fit(pictures[i].Picture.Width, pictures[i].Picture.Height), radius: theme.Px(3));
            if (pictures[i].Mark.A > 0) canvas.Fill(new(place.X, place.Bottom - theme.Px(3), place.Width, theme.Px(3)), pictures[i].Mark);
            if (i == selected) canvas.Border(place.Inset(-theme.Px(2)), theme.Text, theme.Px(2), theme.Px(4));
            canvas.Text(pictures[i].Caption, words, theme.Caption, theme.TextDim, Align.Center, Cut.Middle);
        }
        return layout;
    }

    /// <summary>Whole cells: the picture and its words.</summary>
    private static TileLayout Layout(Rect box, int count, float aspect, float caption, float gap)
    {
        var best = default(TileLayout);
        for (int columns = 1; columns <= count; columns++)
        {
            int rows = (count + columns - 1) / columns;
            float width = MathF.Floor(MathF.Min((box.Width - gap * (columns - 1)) / columns, ((box.Height - gap * (rows - 1)) / rows - caption) * aspect));
            float height = MathF.Floor(width / aspect) + caption;
            if (width > best.TileWidth) best = new(new(box.X, box.Y, columns * (width + gap) - gap, rows * (height + gap) - gap), columns, rows, width, height, gap, count);
        }
        return best;
    }
}
