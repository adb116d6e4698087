using System.Globalization;
using LiveCam.Engine.Vision;
using LiveCam.Loop;
using LiveCam.Platform;
using LiveCam.Loop.Loading;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

[assembly: PluginContract(PluginContract.Version)]

namespace MotionMeter;

/// <summary>Measures how much the picture moves, publishes it as <see cref="Motion"/> and draws it as a bar over the camera's picture; J shows and hides it.</summary>
public sealed class MotionMeterPlugin : Plugin
{
    // A prime, so that the bytes looked at are spread over columns and colours.
    private const int Stride = 67;

    private readonly SwitchSetting isShown = new("shown", "the bar over the picture", isOn: true);
    private readonly NumberSetting calm = new("calm", "how slowly the level follows, 0 to 0.95", 0.8, 0, 0.95, 0.05);
    private readonly ColorSetting color = new("color", "of the bar", Color.Hex(0x45BDF5));
    private byte[] before = [];
    private double level;

    public override string Name => "motion meter";
    public override IReadOnlyList<Type> Reads => [typeof(Picture), typeof(Canvas)];
    public override IReadOnlyList<Type> MayRead => [typeof(CameraPlace)];
    public override IReadOnlyList<Type> Writes => [typeof(Motion), typeof(Canvas)];
    public override IEnumerable<Setting> Settings => [isShown, calm, color];

    public override IEnumerable<KeyCommand> Keys =>
        [new("Motion meter", "J", "show or hide the bar", [(Key.J, 0)], (_, _) => Say((isShown.IsOn ^= true) ? "motion shown" : "motion shown: off"))];

    public override void Update(Frame frame)
    {
        if (!frame.IsNew || frame.Picture is not { } picture) return;
        int count = picture.Bytes.Length / Stride;
        if (before.Length != count)
        {
            before = new byte[count];
            Remember(picture);
            level = 0;
        }
        long sum = 0;
        for (int i = 0; i < count; i++) sum += Math.Abs(picture.Bytes[i * Stride] - before[i]);
        Remember(picture);
        double now = count == 0 ? 0 : sum / 255.0 / count;
        level = calm.Value * level + (1 - calm.Value) * now;
        frame.Set(new Motion(level));
    }

    public override void Draw(Frame frame)
    {
        if (!isShown.IsOn || frame.Get<CameraPlace>() is not { Pane.IsEmpty: false } place || frame.Get<Focus>()?.Page is not null) return;
        Theme theme = frame.Theme;
        var box = new Rect(place.Pane.Right - theme.Px(172), place.Pane.Y + theme.Px(12), theme.Px(160), theme.LineHeight(theme.Caption) + theme.Px(20));
        frame.Canvas!.Fill(box, theme.Background.Fade(0.78f), theme.Px(6));
        Rect inner = box.Inset(theme.Px(8), theme.Px(4)), line = inner.CutTop(theme.LineHeight(theme.Caption), out Rect below);
        frame.Canvas.Text("motion", line, theme.Caption, theme.TextDim);
        frame.Canvas.Text(level.ToString("0.000", CultureInfo.InvariantCulture), line, theme.Caption, theme.Text, Align.Right);
        // The root makes small motions visible.
        Meter.Draw(frame.Canvas, theme, below.CutBottom(theme.Px(8), out _), (float)Math.Sqrt(level), color.Value);
    }

    private void Remember(Picture picture)
    {
        for (int i = 0; i < before.Length; i++) before[i] = picture.Bytes[i * Stride];
    }
}
