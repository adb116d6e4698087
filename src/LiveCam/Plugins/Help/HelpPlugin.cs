using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Help;

/// <summary>The page of keys: those of all plugins.</summary>
public sealed class HelpPlugin : Plugin
{
    public override string Name => "help";
    public override IReadOnlyList<Type> Reads => [typeof(Canvas)];
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent), typeof(Focus), typeof(KeyTable)];
    public override IReadOnlyList<Type> Writes => [typeof(Canvas)];
    public override IEnumerable<KeyCommand> Keys => [new(KeyTable.Program, "H or F1", "this help", [(Key.H, 0), (Key.F1, 0)], (frame, _) => frame.Get<Focus>()!.Toggle(this))];

    public override void Update(Frame frame)
    {
        if (frame.Get<Focus>() is not { } focus || !focus.IsOn(this)) return;
        foreach (WindowEvent happened in frame.Events)
            if (happened is { Kind: WindowEventKind.MouseDown, Button: MouseButton.Left }) focus.Close();
    }

    public override void Draw(Frame frame)
    {
        if (frame.Get<Focus>()?.IsOn(this) == true && frame.Get<KeyTable>() is { } keys) HelpScreen.Draw(frame.Canvas!, frame.Theme, frame.Canvas!.Bounds, keys.Commands);
    }
}
