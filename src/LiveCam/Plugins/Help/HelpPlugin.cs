using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Help;

/// <summary>The page of keys: those of all plugins.</summary>
public sealed class HelpPlugin : Plugin
{
    // Long enough to be seen, and gone with the first key.
    private static readonly TimeSpan HintLasts = TimeSpan.FromSeconds(30);

    private bool hasPressed;

    public override string Name => "help";
    public override IReadOnlyList<Type> Reads => [typeof(Canvas)];
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent), typeof(Focus), typeof(KeyTable), typeof(CameraPlace)];
    public override IReadOnlyList<Type> Writes => [typeof(Canvas)];
    public override IEnumerable<KeyCommand> Keys => [new(KeyTable.Program, "H or F1", "this help", [(Key.H, 0), (Key.F1, 0)], (frame, _) => frame.Get<Focus>()!.Toggle(this))];

    public override void Update(Frame frame)
    {
        foreach (WindowEvent happened in frame.Events) hasPressed |= happened.Kind == WindowEventKind.KeyDown;
        if (frame.Get<Focus>() is not { } focus || !focus.IsOn(this)) return;
        foreach (WindowEvent happened in frame.Events)
            if (happened is { Kind: WindowEventKind.MouseDown, Button: MouseButton.Left }) focus.Close();
    }

    public override void Draw(Frame frame)
    {
        if (frame.Get<Focus>()?.IsOn(this) == true && frame.Get<KeyTable>() is { } keys) HelpScreen.Draw(frame.Canvas!, frame.Theme, frame.Canvas!.Bounds, keys.Commands);
        else if (!hasPressed && frame.Now < HintLasts && frame.Get<Focus>() is { Page: null } && frame.Get<CameraPlace>() is { Pane: { IsEmpty: false } pane }) DrawHint(frame.Canvas!, frame.Theme, pane);
    }

    /// <summary>In a corner of the picture, for who looks now.</summary>
    private static void DrawHint(Canvas canvas, Theme theme, Rect pane)
    {
        const string hint = "H  help";
        canvas.IsPassing = true;
        float width = MathF.Ceiling(canvas.Font.Measure(hint, theme.Strong)) + theme.Px(20), height = theme.LineHeight(theme.Strong) + theme.Px(8);
        Rect chip = new Rect(pane.Right - width - theme.Px(12), pane.Y + theme.Px(12), width, height).Snap();
        canvas.Fill(chip, theme.Background.Fade(0.8f), height / 2);
        canvas.Text(hint, chip, theme.Strong, theme.Text, Align.Center);
        canvas.IsPassing = false;
    }
}
