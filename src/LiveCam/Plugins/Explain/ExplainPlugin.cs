using LiveCam.Engine;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Explain;

/// <summary>
/// What in the picture the answer stands on, in colors over the camera. Maps are made on a thread of lower priority, the newest picture when the last map is done; a
/// method of many passes is shown while it grows.
/// </summary>
/// <param name="method">The method that is on from the start; null for none.</param>
/// <param name="waits">Whether each picture waits for its map, as in a recording.</param>
public sealed class ExplainPlugin(string? method = null, bool waits = false) : Plugin
{
    private static readonly string[] Names = [.. ExplainMethods.All.Select(one => one.Name)];

    private readonly SwitchSetting isOn = new("on", "what the answer stands on, over the camera", method is not null) { IsHidden = true };
    private readonly ChoiceSetting chosen = new("method", "how it is found", Names, Math.Max(0, Array.IndexOf(Names, method ?? ExplainMethods.Default)));
    private readonly ChoiceSetting view = new("view", "how the map is drawn", ["blurred", "raw", "contours"]);
    private readonly NumberSetting opacity = new("opacity", "how far it covers the picture", 0.75, 0, 1);

    private readonly BackgroundWorker worker = new("explain", isBehind: true);
    private readonly MapWork work = new();
    private (float X, float Y) pointer = (0.5f, 0.5f);
    private PictureModel? model;
    private ExplainNetwork? network;
    private Picture? seen;
    private ExplainTarget? target;
    private Held held;
    private volatile ShownMap? shown;
    private volatile bool isBusy;
    private volatile int wish;
    private bool isStale;
    private string? asked = method;

    /// <summary>What is explained: the best class of each picture, or what was chosen and is held.</summary>
    private enum Held { Nothing, Class, Channel, Unit }

    public override string Name => "explain";
    public override IReadOnlyList<Type> Reads => [typeof(Picture), typeof(NetworkInfo), typeof(Canvas)];
    public override IReadOnlyList<Type> MayRead => [typeof(Answer), typeof(FeatureView), typeof(LayerData), typeof(CameraPlace), typeof(Focus), typeof(WindowEvent)];
    public override IReadOnlyList<Type> Writes => [typeof(Canvas)];
    public override IReadOnlyList<Handler> Handles => [Handler.Of<MoveProbe>((_, moved) => pointer = (moved.X, moved.Y))];
    public override IEnumerable<Setting> Settings => [isOn, chosen, view, opacity];

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Look, "F6", "what in the picture the answer stands on, and stop", [(Key.F6, 0)], (_, _) => Switch()),
        new(KeyTable.Look, "F7", "next way to find it (Shift: the one before)", [(Key.F7, 0)], (_, back) => Walk(back ? -1 : 1)),
        new(KeyTable.Look, "F8", "explain the best class, this class, the channel shown, its place at the probe", [(Key.F8, 0)], (frame, _) => Hold(frame)),
    ];

    private void Switch()
    {
        isOn.IsOn = !isOn.IsOn;
        Anew();
        Say(isOn.IsOn ? $"{chosen.Text}: {ExplainMethods.Find(chosen.Text).Shows}" : "no explanation");
    }

    private void Walk(int by)
    {
        chosen.Step(by);
        isOn.IsOn = true;
        Anew();
        Say($"{chosen.Text}: {ExplainMethods.Find(chosen.Text).Shows}");
    }

    /// <summary>From one kind of target to the next that there is.</summary>
    private void Hold(Frame frame)
    {
        isOn.IsOn = true;
        held = (Held)(((int)held + 1) % 4);
        if (held == Held.Class && (network is not { Classes: > 0 } || frame.Get<Answer>() is not { Count: > 0 } answer || answer.Top[0].Index >= network.Classes)) held = Held.Channel;
        if (held is Held.Channel or Held.Unit && (frame.Get<FeatureView>() is null || frame.Get<LayerData>() is null)) held = Held.Nothing;
        LayerData? layer = frame.Get<LayerData>();
        target = held switch
        {
            Held.Class => ExplainTarget.Class(frame.Get<Answer>()!.Top[0].Index),
            Held.Channel => ExplainTarget.Channel(layer!.Name, frame.Get<FeatureView>()!.Channel),
            Held.Unit => ExplainTarget.Channel(layer!.Name, frame.Get<FeatureView>()!.Channel) with { Place = (LayerData.Pixel(pointer.Y, layer.Height), LayerData.Pixel(pointer.X, layer.Width)) },
            _ => null,
        };
        Anew();
        Say(held switch
        {
            Held.Class => $"explained: {frame.Get<Answer>()!.Top[0].Label}",
            Held.Channel => $"explained: channel {target!.Index} of {target.Layer}",
            Held.Unit => $"explained: channel {target!.Index} of {target.Layer} at ({target.Place!.Value.Column}, {target.Place.Value.Row})",
            _ => "explained: the best class of each picture",
        });
    }

    /// <summary>What is under way and on screen is of no use any more.</summary>
    private void Anew()
    {
        wish++;
        (isStale, shown) = (true, null);
    }

    public override void Update(Frame frame)
    {
        // The command line has the last word, after what was kept of other runs.
        if (asked is { } name)
        {
            (asked, isOn.IsOn) = (null, true);
            chosen.Index = Array.IndexOf(Names, name);
        }
        if (!isOn.IsOn || frame.Picture is not { } picture || frame.Get<NetworkInfo>() is not { } running) return;
        if (!ReferenceEquals(running.Model, model)) Take(running.Model);
        if (network is null || !frame.IsNew && !isStale || isBusy) return;
        isStale = false;
        // The loop fills its pictures anew while this one is still looked at.
        if (seen is null || (seen.Width, seen.Height, seen.Format) != (picture.Width, picture.Height, picture.Format)) seen = new Picture(picture.Width, picture.Height, picture.Format);
        picture.Bytes.AsSpan().CopyTo(seen.Bytes);
        var job = new ExplainJob(network, ExplainMethods.Find(chosen.Text), target, seen, (MapView)view.Index);
        if (waits)
        {
            work.Run(job, map => shown = map, () => true);
            return;
        }
        int own = wish;
        isBusy = true;
        worker.Post(() =>
        {
            work.Run(job, map =>
            {
                if (own == wish) shown = map;
            }, () => own == wish);
            isBusy = false;
        });
    }

    /// <summary>Another network runs: what was held is not one of its.</summary>
    private void Take(PictureModel next)
    {
        (model, network, target, held) = (next, null, null, Held.Nothing);
        Anew();
        try
        {
            network = new ExplainNetwork(next);
        }
        catch (LiveCamException error)
        {
            shown = new(null, error.Message);
        }
    }

    public override void Draw(Frame frame)
    {
        if (!isOn.IsOn || frame.Picture is not { } picture || frame.Get<CameraPlace>() is not { Pane.IsEmpty: false } place || frame.Get<Focus>()?.Page is not null) return;
        (Canvas canvas, Theme theme) = (frame.Canvas!, frame.Theme);
        Rect box = place.Pane.Fit(picture.Width, picture.Height);
        ShownMap? map = shown;
        if (map?.Colors is { } colors) canvas.Image(colors, box, smooth: view.Index != (int)MapView.Raw, opacity: (float)opacity.Value);
        string text = map?.Text ?? $"{chosen.Text} …";
        float width = MathF.Min(box.Width - theme.Px(16), MathF.Ceiling(canvas.Font.Measure(text, theme.Body)) + theme.Px(20)), height = theme.LineHeight(theme.Body) + theme.Px(8);
        var chip = new Rect(box.X + theme.Px(8), box.Bottom - theme.Px(8) - height, width, height);
        canvas.Fill(chip, theme.Background.Fade(0.85f), height / 2);
        Ui.Widgets.Label.Draw(canvas, chip.Inset(theme.Px(8)) with { Y = chip.Y, Height = chip.Height }, text, theme.Body, theme.Caption.Size, map is { Colors: null } ? theme.Warn : theme.Text);
    }

    public override void Unload()
    {
        wish++;
        worker.Dispose();
        work.Dispose();
    }
}
