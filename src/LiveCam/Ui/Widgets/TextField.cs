using LiveCam.Platform;

namespace LiveCam.Ui.Widgets;

/// <summary>One line of text that a person types.</summary>
/// <param name="most">Characters it holds at most.</param>
public sealed class TextField(int most = 64)
{
    public string Text { get; private set; } = "";

    /// <summary>Where the next character goes: 0 to the length of <see cref="Text"/>.</summary>
    public int Caret { get; private set; }

    /// <summary>Puts a text in, the caret behind it.</summary>
    public void Set(string text)
    {
        Text = text.Length > most ? text[..most] : text;
        Caret = Text.Length;
    }

    /// <summary>Takes a typed character or an editing key.</summary>
    /// <returns>Whether the event was for it; Enter and Esc are for whoever shows the field.</returns>
    public bool Take(in WindowEvent happened)
    {
        switch (happened.Kind)
        {
            case WindowEventKind.Text when !System.Text.Rune.IsControl(happened.Character):
                string typed = happened.Character.ToString();
                if (Text.Length + typed.Length <= most) (Text, Caret) = (Text.Insert(Caret, typed), Caret + typed.Length);
                return true;
            case WindowEventKind.KeyDown:
                return Edit(happened.Key);
            default:
                return false;
        }
    }

    private bool Edit(Key key)
    {
        switch (key)
        {
            case Key.Left: Caret = Before(); return true;
            case Key.Right: Caret = After(); return true;
            case Key.Home: Caret = 0; return true;
            case Key.End: Caret = Text.Length; return true;
            case Key.Backspace:
                int from = Before();
                (Text, Caret) = (Text.Remove(from, Caret - from), from);
                return true;
            case Key.Delete:
                Text = Text.Remove(Caret, After() - Caret);
                return true;
            // Letters arrive as text too, and must not be commands meanwhile.
            default: return key is >= Key.Space and <= Key.GraveAccent;
        }
    }

    // A character beyond the first plane is two.
    private int Before() => Caret == 0 ? 0 : Caret - (Caret > 1 && char.IsLowSurrogate(Text[Caret - 1]) ? 2 : 1);

    private int After() => Caret == Text.Length ? Caret : Caret + (char.IsHighSurrogate(Text[Caret]) && Caret + 1 < Text.Length ? 2 : 1);

    /// <summary>Draws the text with its caret in sight.</summary>
    /// <param name="hint">Shown while it is empty.</param>
    /// <param name="hasFocus">Whether keys go to it.</param>
    public void Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<char> hint = default, bool hasFocus = true)
    {
        canvas.Fill(box, theme.Well, theme.Px(6));
        canvas.Border(box, hasFocus ? theme.Accent : theme.Line, hasFocus ? theme.Px(2) : theme.Hairline, theme.Px(6));
        Rect inner = box.Inset(theme.Px(10), 0);
        if (Text.Length == 0) canvas.Text(hint, inner, theme.Row, theme.TextFaint);
        float caret = canvas.Font.Measure(Text.AsSpan(0, Caret), theme.Row), shift = MathF.Max(0, caret + theme.Px(2) - inner.Width);
        canvas.PushClip(inner);
        float end = canvas.Font.Measure(Text, theme.Row) + 1;
        canvas.Text(Text, new Rect(inner.X - shift, inner.Y, MathF.Max(end, inner.Width), inner.Height), theme.Row, theme.Text);
        float height = theme.LineHeight(theme.Row) * 0.8f;
        if (hasFocus) canvas.Fill(new(MathF.Floor(inner.X + caret - shift), MathF.Floor(inner.CenterY - height / 2), theme.Px(2), MathF.Floor(height)), theme.Accent);
        canvas.PopClip();
    }
}
