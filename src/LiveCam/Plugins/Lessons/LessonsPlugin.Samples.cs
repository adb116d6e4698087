using System.Globalization;
using LiveCam.Engine.Training.Heads;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Lessons;

// The classes, what the camera sees, and the chosen class's samples.
public sealed partial class LessonsPlugin
{
    private void DrawClasses(Canvas canvas, Theme theme, Frame frame, TeachingState state, Rect box)
    {
        Rect head = box.CutTop(theme.LineHeight(theme.Title) + theme.Gap, out box);
        Heading(canvas, theme, head, theme.Title, "classes", "samples, known");
        Lesson? live = frame.Get<LessonState>()?.Live;
        bool isNarrow = box.Width < theme.Px(240);
        ListRow[] rows = [.. state.Classes.Select(one => new ListRow(one.Id <= 9 ? $"{one.Id}   {one.Name}" : one.Name, isNarrow ? $"{one.Count}" : $"{one.Count}{Recall(live, one.Id)}", Color.Hex((uint)one.Color), one.Count == 0))];
        // The list comes first where there is little room.
        float seen = MathF.Floor(box.Width * 0.62f) + theme.LineHeight(theme.Strong);
        if (box.Height - seen > 4 * theme.LineHeight(theme.Row)) DrawSeen(canvas, theme, frame, box.CutBottom(seen, out box));
        list = ListBox.Draw(canvas, theme, box, rows, chosenClass);
    }

    /// <summary>What the camera sees and what is answered to it.</summary>
    private static void DrawSeen(Canvas canvas, Theme theme, Frame frame, Rect box)
    {
        if (frame.Picture is not { } picture) return;
        Rect line = box.CutBottom(theme.LineHeight(theme.Strong) + theme.Px(4), out box), place = box.Fit(picture.Width, picture.Height);
        canvas.Image(picture, place, radius: theme.Px(6));
        BurstState burst = frame.Get<BurstState>() ?? BurstState.None;
        if (burst.IsOn) canvas.Border(place, burst.Reason.Length > 0 ? theme.Warn : theme.Bad, theme.Px(3), theme.Px(6));
        if (frame.Get<Answer>() is not { Certainty: { } certainty } answer) return;
        canvas.Text(certainty == Certainty.Unknown ? "unknown" : answer.Steady[0].Label, line, theme.Strong, certainty == Certainty.Sure ? theme.Text : theme.TextDim);
        canvas.Text(burst is { IsOn: true, Reason.Length: > 0 } ? burst.Reason : certainty == Certainty.Unsure ? "not sure" : "", line, theme.Caption, theme.Warn, Align.Right);
    }

    private static string Recall(Lesson? live, int id)
    {
        int label = live is null ? -1 : live.Classes.ToList().IndexOf(id);
        if (label < 0 || live!.Evaluation.Classes[label] is not { Support: > 0 } own) return "";
        return string.Create(CultureInfo.InvariantCulture, $", {100 * own.Recall:0}%");
    }

    private void DrawSamples(Canvas canvas, Theme theme, Frame frame, SampleClass? chosen, Rect box)
    {
        if (chosen is null) return;
        Rect head = box.CutTop(theme.LineHeight(theme.Title) + theme.Gap, out box);
        float gap = theme.Px(4);
        room = Math.Clamp((int)((box.Width + gap) / (theme.Px(60) + gap)) * (int)((box.Height + gap) / (theme.Px(45) + gap)), 1, SampleShelf.Most);
        ShelfRow row = frame.Get<ShelfRows>()?.Find(chosen.Id) ?? ShelfRow.Empty;
        SmallSample[] samples = [.. row.Samples.Take(room)];
        Heading(canvas, theme, head, theme.Title, chosen.Name, samples.Length < chosen.Count ? $"{row.First + 1} to {row.First + samples.Length} of {chosen.Count}; older: PgDn" : $"{chosen.Count}, newest first");
        buttons.Add((head, then => TurnSamples(then, 1)));
        if (chosen.Count == 0)
        {
            canvas.Text($"nothing yet: hold Space{(chosen.Id <= 9 ? $" or {chosen.Id}" : "")}", box.CutTop(theme.LineHeight(theme.Body) * 2, out _), theme.Body, theme.TextFaint);
            return;
        }
        chosenSample = Math.Min(chosenSample, chosen.Count - 1);
        Thumbnail[] pictures = [.. samples.Select(one => new Thumbnail(one.Picture, "", Doubtful(frame.Get<LessonState>()?.Live, one.Sample) ? theme.Bad : default))];
        // A few samples are not blown up to the size of the page.
        Rect place = box with { Height = MathF.Min(box.Height, theme.Px(84) * MathF.Ceiling(samples.Length / 3f)) };
        firstSample = row.First;
        thumbnails = ThumbnailGrid.Draw(canvas, theme, place, pictures, selected: chosenSample - row.First);
    }

    /// <summary>Whether heads that had not seen a sample took it for something else: it may be in the wrong class.</summary>
    private static bool Doubtful(Lesson? live, Sample sample) => live is not null && live.HeldOut.TryGetValue(sample.Id, out int taken) && taken != sample.Class;
}
