namespace LiveCam.Ui.Widgets;

/// <summary>A row of a list.</summary>
/// <param name="Note">Fainter, at the right end.</param>
/// <param name="Mark">The colour of a dot in front; fully transparent for none.</param>
/// <param name="IsFaint">Whether the row is out of use.</param>
public readonly record struct ListRow(string Text, string Note = "", Color Mark = default, bool IsFaint = false);

/// <summary>Where the rows of a list lie.</summary>
/// <param name="First">The first row shown.</param>
/// <param name="Rows">How many are shown.</param>
public readonly record struct ListBoxLayout(Rect Box, int First, int Rows, float RowHeight)
{
    public Rect Row(int index) => new(Box.X, Box.Y + (index - First) * RowHeight, Box.Width, RowHeight);

    /// <summary>The row under a point, or -1.</summary>
    public int At(float x, float y)
    {
        int index = First + (int)MathF.Floor((y - Box.Y) / MathF.Max(1, RowHeight));
        return Box.Contains(x, y) && index < First + Rows && index >= First ? index : -1;
    }
}

/// <summary>Rows of text of which one is chosen and kept in sight.</summary>
public static class ListBox
{
    public static ListBoxLayout Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<ListRow> rows, int selected)
    {
        float height = theme.LineHeight(theme.Row) + theme.Px(6), dot = theme.Px(8);
        int shown = Math.Min(rows.Length, (int)(box.Height / height));
        if (shown < 1) return default;
        int first = Math.Clamp(selected - shown / 2, 0, rows.Length - shown);
        var layout = new ListBoxLayout(box, first, shown, height);
        for (int i = first; i < first + shown; i++)
        {
            Rect line = layout.Row(i), inner = line.Inset(theme.Px(10), 0);
            if (i == selected)
            {
                canvas.Fill(line, theme.Well, theme.Px(4));
                canvas.Fill(new(line.X, line.Y, theme.Px(3), line.Height), theme.Accent);
            }
            if (rows[i].Mark.A > 0) canvas.Fill(new(inner.X, MathF.Floor(inner.CenterY - dot / 2), dot, dot), rows[i].Mark, dot / 2);
            inner.CutLeft(dot + theme.Px(10), out inner);
            Color color = rows[i].IsFaint ? theme.TextFaint : i == selected ? theme.Text : theme.TextDim;
            float note = canvas.Text(rows[i].Note, inner, theme.Body, theme.TextFaint, Align.Right);
            Names.Draw(canvas, rows[i].Text, Alike(rows.Slice(first, shown), rows[i].Text), inner with { Width = MathF.Max(0, inner.Width - note - theme.Pad) }, theme.Row, color);
        }
        return layout;
    }

    private static int Alike(ReadOnlySpan<ListRow> rows, string text)
    {
        int most = 0;
        foreach (ref readonly ListRow other in rows) most = Math.Max(most, Names.Alike(text, other.Text));
        return most;
    }
}
