using System.Globalization;
using LiveCam.Engine.Training.Heads;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Lessons;

// The page of teaching: classes on the left, the chosen one's samples in the middle, what was learned on the right.
public sealed partial class LessonsPlugin
{
    private const int MostMatrix = 12;

    private ListBoxLayout list;
    private TileLayout thumbnails;

    private void Press(Frame frame, in WindowEvent at)
    {
        if (list.At(at.X, at.Y) is >= 0 and var row) TeachingWishes.Choose(frame, row);
        else if (thumbnails.At(at.X, at.Y) is >= 0 and var tile) frame.Screen.ChosenSample = tile;
    }

    private void DrawPage(Canvas canvas, Theme theme, Frame frame, TeachingState state)
    {
        canvas.Fill(canvas.Bounds, theme.Background.Fade(0.9f));
        Rect box = canvas.Bounds.Inset(theme.Margin);
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        Rect inner = box.Inset(theme.Px(24), theme.Px(16)), head = inner.CutTop(theme.LineHeight(theme.Headline), out inner);
        canvas.Text("Teaching", head, theme.Headline, theme.Text);
        canvas.Text("F3 or Esc closes this", head, theme.Body, theme.TextFaint, Align.Right);
        Rect foot = inner.CutBottom(Button.Height(theme), out inner);
        inner = inner.CutBottom(inner.Height - theme.Gap, out _) with { Height = inner.Height - 2 * theme.Gap };
        SampleClass? chosen = TeachingWishes.Chosen(frame);
        Rect left = inner.CutLeft(MathF.Floor(inner.Width * 0.26f), out inner), right = inner.CutRight(MathF.Floor(inner.Width * 0.46f), out Rect middle);
        middle = middle.Inset(theme.Px(18), 0);
        DrawClasses(canvas, theme, frame, state, left);
        DrawSamples(canvas, theme, frame, chosen, middle);
        DrawLearned(canvas, theme, frame, state, right);
        DrawFoot(canvas, theme, frame, state, chosen, foot);
        if (frame.Screen.Entry is { } entry) DrawEntry(canvas, theme, entry);
        Toast.Draw(canvas, theme, canvas.Bounds with { Height = foot.Y }, frame.Screen.Message, frame.Screen.IsComplaint);
    }

    /// <summary>A title, and what the room behind it holds of a note.</summary>
    private static void Heading(Canvas canvas, Theme theme, Rect line, TextStyle style, string title, string note)
    {
        float width = canvas.Text(title, line, style, style == theme.Title ? theme.TextDim : theme.TextFaint);
        line = line.CutRight(MathF.Max(0, line.Width - width - theme.Pad), out _);
        if (line.Width > theme.Px(40)) canvas.Text(note, line, theme.Caption, theme.TextFaint, Align.Right);
    }

    private void DrawClasses(Canvas canvas, Theme theme, Frame frame, TeachingState state, Rect box)
    {
        Rect head = box.CutTop(theme.LineHeight(theme.Title) + theme.Gap, out box);
        Heading(canvas, theme, head, theme.Title, "classes", "samples, known");
        Lesson? live = frame.Lessons?.Live;
        bool isNarrow = box.Width < theme.Px(240);
        ListRow[] rows = [.. state.Classes.Select(one => new ListRow(one.Id <= 9 ? $"{one.Id}   {one.Name}" : one.Name, isNarrow ? $"{one.Count}" : $"{one.Count}{Recall(live, one.Id)}", Color.Hex((uint)one.Color), one.Count == 0))];
        // The list comes first where there is little room.
        float seen = MathF.Floor(box.Width * 0.62f) + theme.LineHeight(theme.Strong);
        if (box.Height - seen > 4 * theme.LineHeight(theme.Row)) DrawSeen(canvas, theme, frame, box.CutBottom(seen, out box));
        list = ListBox.Draw(canvas, theme, box, rows, frame.Screen.ChosenClass);
    }

    /// <summary>What the camera sees and what is answered to it.</summary>
    private static void DrawSeen(Canvas canvas, Theme theme, Frame frame, Rect box)
    {
        if (frame.Picture is not { } picture) return;
        Rect line = box.CutBottom(theme.LineHeight(theme.Strong) + theme.Px(4), out box), place = box.Fit(picture.Width, picture.Height);
        canvas.Image(picture, place, radius: theme.Px(6));
        if (frame.Burst.IsOn) canvas.Border(place, frame.Burst.Reason.Length > 0 ? theme.Warn : theme.Bad, theme.Px(3), theme.Px(6));
        if (frame.Answer is not { Certainty: { } certainty } answer) return;
        canvas.Text(certainty == Certainty.Unknown ? "unknown" : answer.Steady[0].Label, line, theme.Strong, certainty == Certainty.Sure ? theme.Text : theme.TextDim);
        canvas.Text(frame.Burst is { IsOn: true, Reason.Length: > 0 } ? frame.Burst.Reason : certainty == Certainty.Unsure ? "not sure" : "", line, theme.Caption, theme.Warn, Align.Right);
    }

    private static string Recall(Lesson? live, int id)
    {
        int label = live is null ? -1 : live.Classes.ToList().IndexOf(id);
        if (label < 0 || live!.Evaluation.Classes[label] is not { Support: > 0 } own) return "";
        return string.Create(CultureInfo.InvariantCulture, $", {100 * own.Recall:0}%");
    }

    private void DrawSamples(Canvas canvas, Theme theme, Frame frame, SampleClass? chosen, Rect box)
    {
        thumbnails = default;
        if (chosen is null) return;
        IReadOnlyList<SmallSample> samples = frame.SmallSamples.TryGetValue(chosen.Id, out var some) ? some : [];
        Rect head = box.CutTop(theme.LineHeight(theme.Title) + theme.Gap, out box);
        Heading(canvas, theme, head, theme.Title, chosen.Name, samples.Count < chosen.Count ? $"the newest {samples.Count} of {chosen.Count}" : $"{chosen.Count}, newest first");
        if (samples.Count == 0)
        {
            canvas.Text($"nothing yet: hold Space{(chosen.Id <= 9 ? $" or {chosen.Id}" : "")}", box.CutTop(theme.LineHeight(theme.Body) * 2, out _), theme.Body, theme.TextFaint);
            return;
        }
        frame.Screen.ChosenSample = Math.Min(frame.Screen.ChosenSample, samples.Count - 1);
        Thumbnail[] pictures = [.. samples.Select(one => new Thumbnail(one.Picture, "", Doubtful(frame.Lessons?.Live, one.Sample) ? theme.Bad : default))];
        // A few samples are not blown up to the size of the page.
        Rect place = box with { Height = MathF.Min(box.Height, theme.Px(84) * MathF.Ceiling(samples.Count / 3f)) };
        thumbnails = ThumbnailGrid.Draw(canvas, theme, place, pictures, selected: frame.Screen.ChosenSample);
    }

    /// <summary>Whether heads that had not seen a sample took it for something else: it may be in the wrong class.</summary>
    private static bool Doubtful(Lesson? live, Sample sample) => live is not null && live.HeldOut.TryGetValue(sample.Id, out int taken) && taken != sample.Class;

    private static void DrawLearned(Canvas canvas, Theme theme, Frame frame, TeachingState state, Rect box)
    {
        Rect head = box.CutTop(theme.LineHeight(theme.Title) + theme.Gap, out box);
        if (frame.Lessons is not { } lessons) return;
        Heading(canvas, theme, head, theme.Title, "what was learned", lessons.Tuning ?? (lessons.IsLearning ? "learning …" : lessons.Way.Help));
        Lesson? live = lessons.Live;
        Stat[] facts =
        [
            new("learns by", lessons.Way.Name), new("answers", live is null ? "nothing taught yet" : $"lesson {live.Number}, {live.Way.Name}"),
            new("held out, right", live is null || double.IsNaN(live.Accuracy) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{live.HeldOut.Count(one => live.Samples[one.Key] == one.Value)} of {live.HeldOut.Count}  ({100 * live.Accuracy:0.0}%)")),
            new("layer", live?.Layer ?? "–"),
        ];
        float line = theme.LineHeight(theme.Body) + theme.Px(4);
        KeyValue.Draw(canvas, theme, box.CutTop(facts.Length * line, out box), facts);
        if ((lessons.HeldBack ?? lessons.Trouble) is { } trouble)
        {
            Span<Range> lines = stackalloc Range[4];
            int count = Toast.Wrap(canvas, theme.Body, trouble, box.Width, lines);
            for (int i = 0; i < count; i++) canvas.Text(trouble.AsSpan()[lines[i]], box.CutTop(theme.LineHeight(theme.Body), out box), theme.Body, theme.Bad);
        }
        box.CutTop(theme.Gap, out box);
        if (live is null) return;
        Rect curve = box.CutBottom(MathF.Floor(box.Height * 0.3f), out box);
        DrawMatrix(canvas, theme, state, live, box.CutTop(box.Height - theme.Pad, out _));
        DrawCurve(canvas, theme, lessons, live, curve);
    }

    /// <summary>Rows are what samples are, columns what they were taken for while held out.</summary>
    private static void DrawMatrix(Canvas canvas, Theme theme, TeachingState state, Lesson live, Rect box)
    {
        int count = Math.Min(MostMatrix, live.Classes.Count);
        Rect head = box.CutTop(theme.LineHeight(theme.Caption) + theme.Px(4), out box);
        canvas.Text("held-out samples in rows, what they were taken for in columns", head, theme.Caption, theme.TextFaint);
        float names = MathF.Floor(box.Width * 0.26f), cell = MathF.Floor(MathF.Min(MathF.Min((box.Width - names) / count, box.Height / (count + 0.5f)), theme.Px(56)));
        if (cell < theme.Px(10)) return;
        Rect top = box.CutTop(MathF.Min(theme.LineHeight(theme.Caption), cell / 2), out box);
        for (int column = 0; column < count; column++)
            canvas.Text(state.Classes.FirstOrDefault(one => one.Id == live.Classes[column])?.Name ?? "", new Rect(top.X + names + column * cell, top.Y, cell - theme.Px(4), top.Height), theme.Caption, theme.TextFaint, Align.Center);
        Span<char> text = stackalloc char[12];
        for (int row = 0; row < count; row++)
        {
            SampleClass? own = state.Classes.FirstOrDefault(one => one.Id == live.Classes[row]);
            var line = new Rect(box.X, box.Y + row * cell, names, cell);
            canvas.Text(own?.Name ?? "", line with { Width = names - theme.Gap }, theme.Body, theme.TextDim, Align.Right);
            for (int column = 0; column < count; column++)
            {
                var place = new Rect(box.X + names + column * cell, line.Y, cell - theme.Px(2), cell - theme.Px(2));
                int asked = live.Evaluation.Confusion[row][column], support = live.Evaluation.Classes[row].Support;
                canvas.Fill(place, theme.Well, theme.Px(3));
                if (asked == 0) continue;
                // The root makes one in a hundred visible.
                canvas.Fill(place, (row == column ? theme.Accent : theme.Bad).Fade(0.15f + 0.6f * MathF.Sqrt((float)asked / support)), theme.Px(3));
                canvas.Text(Figures.Write(text, asked, "0"), place, theme.Body, theme.Text, Align.Center);
            }
        }
    }

    /// <summary>The loss of every step where the head is trained, else the accuracy of one lesson after the other.</summary>
    private static void DrawCurve(Canvas canvas, Theme theme, LessonState lessons, Lesson live, Rect box)
    {
        bool isLoss = live.Steps.Count > 0;
        float[] values = isLoss ? [.. live.Steps.Select(step => step.Loss)] : [.. lessons.History.Where(float.IsFinite)];
        Rect head = box.CutTop(theme.LineHeight(theme.Caption) + theme.Px(4), out box);
        if (values.Length == 0) return;
        float high = isLoss ? MathF.Max(values.Max(), 1e-3f) : 1, low = isLoss ? 0 : MathF.Min(0.9f, values.Min());
        Heading(canvas, theme, head, theme.Caption, isLoss ? $"loss of each of {values.Length} steps" : "held-out accuracy, lesson by lesson",
            isLoss ? string.Create(CultureInfo.InvariantCulture, $"from {values[0]:0.00} to {values[^1]:0.000}") : string.Create(CultureInfo.InvariantCulture, $"{100 * low:0}% to 100%"));
        Plot.Draw(canvas, theme, box.Inset(0, theme.Px(4)), values, Math.Max(2, values.Length), low, high, isLoss ? theme.Series[1] : theme.Good);
    }

    private void DrawFoot(Canvas canvas, Theme theme, Frame frame, TeachingState state, SampleClass? chosen, Rect foot)
    {
        if (chosen is not null) Next("record", "Space", then => Hold(then, chosen.Id), isOn: frame.Burst.IsOn);
        Next("rename", "Enter", TeachingWishes.Rename);
        Next("new class", "Insert", TeachingWishes.AddClass);
        Next("delete", "Delete", then => TeachingWishes.Delete(then, all: false), chosen is { Count: > 0 });
        Next("clear", "Shift+Del", then => TeachingWishes.Delete(then, all: true), chosen is { Count: > 0 });
        Next("undo", "U", then => TeachingWishes.WantSample(then, new SampleWish(SampleDeed.Undo)), state.CanUndo);
        Next("way", "L", then => TeachingWishes.WantLesson(then, LessonWish.NextWay));
        Next("tune", "Y", then => TeachingWishes.WantLesson(then, LessonWish.Tune), frame.Lessons?.Live is not null);
        Next("go back", "R", then => TeachingWishes.WantLesson(then, LessonWish.RollBack), frame.Lessons?.CanRollBack == true);
        if (frame.Lessons?.HeldBack is not null) Next("take it", "A", then => TeachingWishes.WantLesson(then, LessonWish.Accept));
        Next("save", "E", then => TeachingWishes.WantLesson(then, LessonWish.Save), frame.Lessons?.Live is not null);

        void Next(string text, string key, Action<Frame> what, bool isEnabled = true, bool isOn = false)
        {
            // What does not fit is left to its key.
            float width = Button.Width(canvas, theme, text, key);
            if (width > foot.Width) return;
            Rect box = foot.CutLeft(width, out foot);
            foot.CutLeft(theme.Px(6), out foot);
            Button.Draw(canvas, theme, box, text, key, isOn, isEnabled);
            if (isEnabled) buttons.Add((box, what));
        }
    }

    private static void DrawEntry(Canvas canvas, Theme theme, TextEntry entry)
    {
        float width = MathF.Min(canvas.Width - 4 * theme.Margin, theme.Px(460)), height = theme.Px(96);
        Rect box = new Rect((canvas.Width - width) / 2, (canvas.Height - height) / 2, width, height).Snap();
        canvas.Fill(box.Inset(-theme.Px(4)), theme.Background.Fade(0.6f), theme.Radius);
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Accent, theme.Hairline, theme.Radius);
        Rect inner = box.Inset(theme.Pad, theme.Px(12));
        canvas.Text(entry.Title, inner.CutTop(theme.LineHeight(theme.Body), out inner), theme.Body, theme.TextDim);
        entry.Field.Draw(canvas, theme, inner.CutBottom(Button.Height(theme), out _), "a name; Enter takes it, Esc leaves it");
    }
}
