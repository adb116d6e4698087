using LiveCam.Ui;

namespace LiveCam.Plugins.Faults;

/// <summary>What went wrong while the loop went on, over everything else, until it is mended: the newest at the top.</summary>
public sealed class FaultsPlugin : Plugin
{
    private const int MostShown = 3, MostLines = 3;

    public override string Name => "faults";
    public override IReadOnlyList<Type> Reads => [typeof(Canvas)];
    public override IReadOnlyList<Type> Writes => [typeof(Canvas)];

    public override void Draw(Frame frame)
    {
        if (frame.Get<Messages>() is not { Faults: { Count: > 0 } faults }) return;
        Theme theme = frame.Theme;
        float top = theme.Margin;
        for (int i = faults.Count - 1; i >= Math.Max(0, faults.Count - MostShown); i--)
            top = Draw(frame.Canvas!, theme, faults[i], top) + theme.Gap;
    }

    /// <returns>The lower edge.</returns>
    private static float Draw(Canvas canvas, Theme theme, Fault fault, float top)
    {
        float line = theme.LineHeight(theme.Body), head = theme.LineHeight(theme.Title), width = canvas.Width - 2 * theme.Margin, inner = width - 3 * theme.Pad;
        ReadOnlySpan<char> rest = fault.Sentence;
        int lines = 0;
        for (; !rest.IsEmpty && lines < MostLines; lines++) rest = rest[Fitting(canvas, theme, rest, inner)..].TrimStart();
        var box = new Rect(theme.Margin, top, width, theme.Pad + head + lines * line);
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Bad, theme.Hairline, theme.Radius);
        Rect text = box.Inset(theme.Pad, theme.Pad / 2);
        canvas.Text(fault.Name, text.CutTop(head, out text), theme.Title, theme.Bad);
        rest = fault.Sentence;
        for (int i = 0; i < lines; i++)
        {
            // The last line keeps what does not fit, and the canvas ends it with an ellipsis.
            int count = i == lines - 1 ? rest.Length : Fitting(canvas, theme, rest, inner);
            canvas.Text(rest[..count], text.CutTop(line, out text), theme.Body, theme.Text);
            rest = rest[count..].TrimStart();
        }
        return box.Bottom;
    }

    /// <summary>How many characters of whole words fit a line; at least one word.</summary>
    private static int Fitting(Canvas canvas, Theme theme, ReadOnlySpan<char> text, float width)
    {
        int fitting = 0;
        for (int at = 0; at < text.Length;)
        {
            int space = text[at..].IndexOf(' '), end = space < 0 ? text.Length : at + space;
            if (fitting > 0 && canvas.Font.Measure(text[..end], theme.Body) > width) break;
            fitting = end;
            at = end + 1;
        }
        return fitting;
    }
}
