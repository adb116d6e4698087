using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Faults;

/// <summary>What went wrong while the loop went on, over everything else, until it is mended or closed: the newest at the top.</summary>
public sealed class FaultsPlugin : Plugin
{
    private const int MostShown = 3, MostLines = 3;

    private readonly List<Fault> closed = [], shown = [];
    private readonly List<Rect> boxes = [];

    public override string Name => "faults";
    public override IReadOnlyList<Type> Reads => [typeof(Canvas)];
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent), typeof(Focus)];
    public override IReadOnlyList<Type> Writes => [typeof(Canvas)];

    public override IEnumerable<KeyCommand> Keys => [new(KeyTable.Look, "Esc", "close the newest of what went wrong", [(Key.Escape, 0)], (_, _) => Close(0)) { When = frame => shown.Count > 0 && frame.Get<Focus>()?.Page is null }];

    public override void Update(Frame frame)
    {
        foreach (WindowEvent happened in frame.Events)
            if (happened is { Kind: WindowEventKind.MouseDown, Button: MouseButton.Left } && boxes.FindIndex(box => box.Contains(happened.X, happened.Y)) is >= 0 and var at) Close(at);
    }

    public override void Draw(Frame frame)
    {
        shown.Clear();
        boxes.Clear();
        if (frame.Get<Messages>() is not { Faults: { Count: > 0 } faults }) return;
        Theme theme = frame.Theme;
        float top = theme.Margin;
        for (int i = faults.Count - 1; i >= 0 && shown.Count < MostShown; i--)
        {
            // The same fault, told again, is another one.
            if (closed.Exists(other => ReferenceEquals(other, faults[i]))) continue;
            float bottom = Draw(frame.Canvas!, theme, faults[i], top);
            shown.Add(faults[i]);
            boxes.Add(new(theme.Margin, top, frame.Width - 2 * theme.Margin, bottom - top));
            top = bottom + theme.Gap;
        }
    }

    private void Close(int at)
    {
        closed.Add(shown[at]);
        shown.RemoveAt(at);
        boxes.RemoveAt(at);
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
        Rect title = text.CutTop(head, out text);
        canvas.Text(fault.Name, title, theme.Title, theme.Bad);
        canvas.Text("Esc ×", title, theme.Caption, theme.TextFaint, Align.Right);
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
