using System.Globalization;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Lessons;

/// <summary>Classes over the camera's picture, each with a button to hold, and the page of teaching.</summary>
public sealed partial class LessonsPlugin : Plugin
{
    private const int MostChips = 10;

    private readonly List<(Rect Box, Action<Frame> Do)> buttons = [];
    private bool isHeld;

    /// <summary>What can be clicked in the last frame, without lists and pictures.</summary>
    internal IEnumerable<Rect> Buttons => buttons.Select(button => button.Box);

    public override string Name => "lessons";

    public override IReadOnlyList<Type> MayRead =>
        [typeof(WindowEvent), typeof(Focus), typeof(Answer), typeof(TeachingState), typeof(BurstState), typeof(ShelfRows), typeof(LessonState), typeof(CameraPlace), typeof(Canvas)];

    public override IReadOnlyList<Type> Writes => [typeof(Canvas)];

    public override void Update(Frame frame)
    {
        AskForSamples(frame);
        Focus? focus = frame.Get<Focus>();
        foreach (WindowEvent happened in frame.Events)
        {
            if (happened is { Kind: WindowEventKind.MouseUp, Button: MouseButton.Left } && isHeld)
            {
                isHeld = false;
                Ask(frame, new ChangeSamples(SampleCommand.Stop));
            }
            if (happened is not { Kind: WindowEventKind.MouseDown, Button: MouseButton.Left } || focus?.Page is { } page && page != this) continue;
            if (focus is { Page: not null, Entry: null }) Press(frame, happened);
            foreach ((Rect box, Action<Frame> what) in buttons)
                if (box.Contains(happened.X, happened.Y)) what(frame);
        }
    }

    public override void Draw(Frame frame)
    {
        buttons.Clear();
        if (frame.Get<TeachingState>() is not { } state) return;
        Plugin? page = frame.Get<Focus>()?.Page;
        if (page == this) DrawPage(frame.Canvas!, frame.Theme, frame, state);
        else if (page is null && frame.Get<CameraPlace>() is { } place) DrawChips(frame.Canvas!, frame.Theme, frame, state, place.Pane);
    }

    private void Hold(Frame frame, int classId)
    {
        isHeld = true;
        Record(frame, classId, force: false);
    }

    /// <summary>The classes at the lower edge of the picture, and what is being recorded above them.</summary>
    private void DrawChips(Canvas canvas, Theme theme, Frame frame, TeachingState state, Rect pane)
    {
        pane = pane.Inset(theme.Gap);
        float height = theme.Px(52), gap = theme.Px(6);
        if (pane.Height < 3 * height) return;
        Rect strip = pane.CutBottom(height, out pane), line = pane.CutBottom(theme.LineHeight(theme.Body) + theme.Px(12), out _);
        // One more than there are: the next class to teach.
        int last = state.Classes.Max(one => one.Id), count = Math.Min(MostChips, state.Classes.Count + (last < 9 ? 1 : 0));
        float width = MathF.Min(theme.Px(176), MathF.Floor((strip.Width + gap) / count - gap));
        for (int i = 0; i < count; i++)
        {
            SampleClass? one = i < state.Classes.Count ? state.Classes[i] : null;
            Rect chip = strip.CutLeft(width, out strip);
            strip.CutLeft(gap, out strip);
            DrawChip(canvas, theme, frame, chip, one, one?.Id ?? last + 1);
        }
        string said = Status(frame, state, out Color color);
        if (said.Length == 0) return;
        line = line with { Height = line.Height - theme.Px(6), Width = MathF.Min(line.Width, canvas.Font.Measure(said, theme.Body) + 2 * theme.Px(10)) };
        canvas.Fill(line, theme.Background.Fade(0.78f), theme.Px(6));
        canvas.Text(said, line.Inset(theme.Px(10), 0), theme.Body, color);
    }

    private void DrawChip(Canvas canvas, Theme theme, Frame frame, Rect chip, SampleClass? one, int id)
    {
        bool isOn = frame.Get<BurstState>() is { IsOn: true } burst && burst.Class == id;
        Color own = one is null ? theme.Line : Color.Hex((uint)one.Color);
        canvas.Fill(chip, theme.Background.Fade(0.78f), theme.Px(6));
        if (isOn) canvas.Fill(chip, own.Fade(0.35f), theme.Px(6));
        canvas.Border(chip, isOn ? own : theme.Line, isOn ? theme.Px(2) : theme.Hairline, theme.Px(6));
        canvas.Fill(new(chip.X, chip.Y + theme.Px(8), theme.Px(3), chip.Height - theme.Px(16)), own, theme.Px(1));
        Rect inner = chip.Inset(theme.Px(10), theme.Px(6));
        if (one is not null && frame.Get<ShelfRows>()?.Find(id)?.Samples is [var newest, ..] && inner.Width > theme.Px(90))
        {
            Rect place = inner.CutRight(theme.Px(48), out inner);
            canvas.Image(newest.Picture, place.Fit(newest.Picture.Width, newest.Picture.Height), radius: theme.Px(3));
            inner = inner with { Width = inner.Width - theme.Px(6) };
        }
        Rect head = inner.CutTop(inner.Height / 2, out inner);
        canvas.Text(one?.Name ?? "new class", head, theme.Title, one is null ? theme.TextFaint : theme.Text);
        canvas.Text(one is null ? $"hold {id}" : id <= 9 ? $"{id}  ·  {one.Count}" : $"{one.Count}", inner, theme.Caption, theme.TextDim);
        buttons.Add((chip, then => Hold(then, id)));
    }

    /// <summary>What is going on, in a line.</summary>
    private static string Status(Frame frame, TeachingState state, out Color color)
    {
        Theme theme = frame.Theme;
        BurstState burst = frame.Get<BurstState>() ?? BurstState.None;
        LessonState? lessons = frame.Get<LessonState>();
        string name = state.Classes.FirstOrDefault(one => one.Id == burst.Class)?.Name ?? "";
        color = theme.Warn;
        if (burst.IsWaiting) return $"recording {name} waits for the camera";
        if (burst.Reason.Length > 0 && burst.Taken > 0) return $"not kept, {burst.Reason} (Shift keeps it)";
        color = theme.Bad;
        if (lessons?.HeldBack is { } held) return held;
        color = theme.Text;
        if (burst.IsOn) return $"recording {name}";
        color = theme.TextDim;
        if (lessons?.Progress is { } progress) return progress;
        return lessons is { Live: { } live }
            ? string.Create(CultureInfo.InvariantCulture, $"{live.Way.Name}  ·  lesson {live.Number}{Known(live)}{(lessons.IsLearning ? "  ·  learning …" : "")}") : "";
    }

    private static string Known(Lesson live) => double.IsNaN(live.Accuracy) ? "" : string.Create(CultureInfo.InvariantCulture, $"  ·  {100 * live.Accuracy:0}% of held-out samples right");
}
