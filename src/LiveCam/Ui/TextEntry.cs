using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Ui.Widgets;

namespace LiveCam.Ui;

/// <summary>A text somebody types, what it is for, and what happens to it. Enter takes it and Esc leaves it.</summary>
public sealed class TextEntry(string title, string text, Action<Frame, string> done)
{
    public string Title => title;
    public TextField Field { get; } = Filled(text);

    /// <summary>Takes an event while somebody types.</summary>
    /// <returns>Whether it was for the text.</returns>
    public bool Take(Frame frame, in WindowEvent happened)
    {
        if (happened is { Kind: WindowEventKind.KeyDown, Key: Key.Enter or Key.KeypadEnter or Key.Escape })
        {
            frame.Screen.Entry = null;
            if (happened.Key == Key.Escape) return true;
            try
            {
                done(frame, Field.Text.Trim());
            }
            catch (LiveCamException error)
            {
                frame.Screen.Say(error.Message, frame.Now, complaint: true);
            }
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
