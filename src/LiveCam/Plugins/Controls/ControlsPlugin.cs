using LiveCam.Platform;
using LiveCam.Networks;

namespace LiveCam.Plugins.Controls;

/// <summary>Keys, dropped files and the window's wishes to <see cref="Frame.Screen"/>. The mouse belongs to whoever drew what it points at.</summary>
public sealed class ControlsPlugin : Plugin
{
    private static readonly string[] LabelFiles = [".txt", ".json"];

    public override string Name => "keys";
    public override FrameParts MayRead => FrameParts.Events;

    public override void Update(Frame frame)
    {
        Screen screen = frame.Screen;
        screen.Age(frame.Now);
        foreach (WindowEvent happened in frame.Events)
        {
            if (screen.Entry is { } entry && entry.Take(frame, happened)) continue;
            switch (happened.Kind)
            {
                case WindowEventKind.KeyDown: Keys.Do(frame, happened); break;
                case WindowEventKind.Close: frame.HasEnded = true; break;
                case WindowEventKind.MouseMove: screen.Pointer = (happened.X, happened.Y); break;
                case WindowEventKind.MouseLeave: screen.Pointer = null; break;
                case WindowEventKind.Drop: Take(frame, happened.Path!); break;
                case WindowEventKind.Resize when happened is { Width: > 0, Height: > 0 }: (frame.Width, frame.Height) = (happened.Width, happened.Height); break;
            }
        }
    }

    /// <summary>Models and labels go to the network; whatever else was dropped is a source, and capture says why where it is none.</summary>
    private static void Take(Frame frame, string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        bool isFolder = Directory.Exists(path);
        NetworkWish? wish = isFolder ? null : ending == ".onnx" ? new(Model: path) : LabelFiles.Contains(ending) ? new(Labels: path) : null;
        if (wish is null)
        {
            frame.CaptureRequest = (frame.CaptureRequest ?? new()) with { Source = path };
            return;
        }
        frame.Screen.Wishes.Enqueue(wish);
        frame.Screen.Say($"loading {Path.GetFileName(path)} …", frame.Now);
    }
}
