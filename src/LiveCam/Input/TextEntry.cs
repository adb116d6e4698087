using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Ui.Widgets;

namespace LiveCam.Input;

/// <summary>A text somebody types, what it is for, and what happens to it. Enter takes it and Esc leaves it.</summary>
public sealed class TextEntry(string title, string text, Action<string> done)
{
    public string Title => title;
    public TextField Field { get; } = Filled(text);

    /// <summary>Whether it was taken or left.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes an event while somebody types.</summary>
    /// <returns>Whether it was for the text.</returns>
    /// <exception cref="LiveCamException">The text was refused.</exception>
    public bool Take(in WindowEvent happened)
    {
        if (happened is { Kind: WindowEventKind.KeyDown, Key: Key.Enter or Key.KeypadEnter or Key.Escape })
        {
            IsOver = true;
            if (happened.Key != Key.Escape) done(Field.Text.Trim());
            return true;
        }
        // A key that does nothing to the text is no command meanwhile either.
        return Field.Take(happened) || happened.Kind == WindowEventKind.KeyDown;
    }

    private static TextField Filled(string text)
    {
        var field = new TextField();
        field.Set(text);
        return field;
    }
}
