using LiveCam.Ui;

namespace LiveCam.Plugins.Help;

/// <summary>The table of keys over a darkened frame, in as many columns as fit.</summary>
internal static class HelpScreen
{
    public static void Draw(Canvas canvas, Theme theme, Rect frame, IReadOnlyList<KeyCommand> commands)
    {
        canvas.Fill(frame, theme.Background.Fade(0.86f));
        var box = frame.Inset(MathF.Floor(MathF.Min(frame.Width, frame.Height) * 0.035f));
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        var inner = box.Inset(theme.Px(24), theme.Px(16));
        var head = inner.CutTop(theme.LineHeight(theme.Headline), out inner);
        canvas.Text("Keys", head, theme.Headline, theme.Text);
        canvas.Text("H, F1 or Esc closes this. The mouse chooses layers, channels and numbers too.", head, theme.Body, theme.TextDim, Align.Right);
        inner.CutTop(theme.Px(8), out inner);

        int rows = commands.Count(command => command.Label.Length > 0), groups = commands.Select(command => command.Group).Distinct().Count();
        const int columns = 2;
        float gutter = theme.Px(36), width = MathF.Floor((inner.Width - gutter * (columns - 1)) / columns);
        // Headings take two rows' height; a group is not torn apart, so the fuller column may have some rows more than half.
        float total = rows + groups * 1.8f, least = MathF.Floor(inner.Height / (total / columns + 3));
        var text = theme.Strong with { Weight = FontWeight.Regular };
        while (text.Size > theme.Px(9) && theme.LineHeight(text) > least) text = text with { Size = text.Size - 1 };
        float row = MathF.Floor(MathF.Min(least, theme.LineHeight(text) * 1.35f)), key = 0;
        foreach (KeyCommand command in commands) key = MathF.Max(key, canvas.Font.Measure(command.Label, text with { Weight = FontWeight.SemiBold }));
        key = MathF.Ceiling(key) + theme.Px(18);

        float x = inner.X, y = inner.Y, used = 0;
        string group = "";
        foreach (KeyCommand command in commands)
        {
            if (command.Group != group)
            {
                group = command.Group;
                if (used > total / columns - 2 && x == inner.X) (x, y, used) = (inner.X + width + gutter, inner.Y, 0);
                else if (used > 0) y += row * 0.5f;
                canvas.Text(group, new Rect(x, y, width, row), text with { Weight = FontWeight.SemiBold }, theme.Accent);
                y += row * 1.1f;
                used += 1.8f;
            }
            if (command.Label.Length == 0) continue;
            canvas.Text(command.Label, new Rect(x, y, key, row), text with { Weight = FontWeight.SemiBold }, theme.Text);
            canvas.Text(command.Help, new Rect(x + key, y, width - key, row), text, theme.TextDim);
            y += row;
            used++;
        }
    }
}
