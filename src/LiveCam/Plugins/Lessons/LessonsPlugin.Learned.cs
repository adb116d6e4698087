using System.Globalization;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Lessons;

// What was learned: facts, who is taken for whom, and how training goes.
public sealed partial class LessonsPlugin
{
    private const int MostMatrix = 12;

    /// <param name="isBeside">Whether facts and matrix stand beside each other.</param>
    private static void DrawKnowledge(Canvas canvas, Theme theme, Frame frame, TeachingState state, Rect box, bool isBeside)
    {
        if (frame.Get<LessonState>() is not { } lessons) return;
        Lesson? live = lessons.Live;
        Rect matrix = default;
        if (isBeside) matrix = box.CutRight(MathF.Floor(box.Width * 0.5f), out box).Inset(theme.Px(6), 0);
        Rect head = box.CutTop(theme.LineHeight(theme.Title) + theme.Gap, out box);
        Heading(canvas, theme, head, theme.Title, "what was learned", lessons.Progress ?? (lessons.IsLearning ? "learning …" : lessons.Way.Help));
        Stat[] facts =
        [
            new("learns by", lessons.Way.Name), new("answers", live is null ? "nothing taught yet" : live.Way == lessons.Way ? $"lesson {live.Number}" : $"lesson {live.Number}, {live.Way.Name}"),
            new("held out", live is null || double.IsNaN(live.Accuracy) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{live.HeldOut.Count(one => live.Samples[one.Key] == one.Value)} of {live.HeldOut.Count} right  ({100 * live.Accuracy:0.0}%)")),
            new("layer", live?.Layer ?? "–"),
        ];
        float line = theme.LineHeight(theme.Body) + theme.Px(4);
        KeyValue.Draw(canvas, theme, box.CutTop(MathF.Min(box.Height, facts.Length * line), out box), facts);
        if ((lessons.HeldBack ?? lessons.Trouble) is { } trouble)
        {
            Span<Range> lines = stackalloc Range[4];
            int count = Toast.Wrap(canvas, theme.Body, trouble, box.Width, lines);
            for (int i = 0; i < count && box.Height >= theme.LineHeight(theme.Body); i++)
                canvas.Text(trouble.AsSpan()[lines[i]], box.CutTop(theme.LineHeight(theme.Body), out box), theme.Body, theme.Bad);
        }
        if (live is null) return;
        box.CutTop(theme.Gap, out box);
        if (!isBeside) matrix = box;
        DrawMatrix(canvas, theme, state, live, matrix);
    }

    /// <summary>Rows are what samples are, columns what they were taken for while held out.</summary>
    private static void DrawMatrix(Canvas canvas, Theme theme, TeachingState state, Lesson live, Rect box)
    {
        int count = Math.Min(MostMatrix, live.Classes.Count);
        Rect head = box.CutTop(theme.LineHeight(theme.Caption) + theme.Px(4), out box);
        canvas.Text("rows: held-out samples; columns: taken for", head, theme.Caption, theme.TextFaint);
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

    /// <summary>The loss of every step and the newest gradient of each layer where something is trained, else the accuracy of one lesson after the other.</summary>
    private static void DrawTraining(Canvas canvas, Theme theme, Frame frame, Rect box)
    {
        if (frame.Get<LessonState>() is not { } lessons) return;
        if (lessons.Curve is not { Losses: { Count: > 0 } losses } curve)
        {
            float[] known = [.. lessons.History.Where(float.IsFinite)];
            if (known.Length == 0) DrawCurve(canvas, theme, box, "held-out accuracy, lesson by lesson", "nothing yet", [], 0, 1, theme.Good);
            else
            {
                float least = MathF.Min(0.9f, known.Min());
                DrawCurve(canvas, theme, box, "held-out accuracy, lesson by lesson", string.Create(CultureInfo.InvariantCulture, $"{100 * known[^1]:0.0}%"), known, least, 1, theme.Good);
            }
            return;
        }
        if (curve.Norms.Count > 0) DrawNorms(canvas, theme, box.CutRight(MathF.Floor(box.Width * 0.38f), out box), curve.Norms);
        box.CutRight(theme.Pad, out box);
        DrawCurve(canvas, theme, box, curve.What, string.Create(CultureInfo.InvariantCulture, $"{losses[0]:0.0} to {losses[^1]:0.000}"), [.. losses], 0, MathF.Max(losses.Max(), 1e-3f), theme.Series[1]);
    }

    private static void DrawCurve(Canvas canvas, Theme theme, Rect box, string title, string note, float[] values, float low, float high, Color color)
    {
        Heading(canvas, theme, box.CutTop(theme.LineHeight(theme.Caption) + theme.Px(4), out box), theme.Caption, title, note);
        if (box.Height < theme.Px(16)) return;
        if (box.Height > box.Width) box = box with { Height = box.Width };
        // A line needs two ends.
        if (values.Length == 1) values = [values[0], values[0]];
        Plot.Draw(canvas, theme, box.Inset(0, theme.Px(4)), values, values.Length, low, high, color);
    }

    /// <summary>A bar for each layer, as the network goes: its length grows with the logarithm, from a ten-thousandth of the largest on. Of more than have room the last are seen.</summary>
    private static void DrawNorms(Canvas canvas, Theme theme, Rect box, IReadOnlyList<LayerNorm> norms)
    {
        const double decades = 4;
        Heading(canvas, theme, box.CutTop(theme.LineHeight(theme.Caption) + theme.Px(4), out box), theme.Caption, "gradient of each layer", "");
        float row = theme.LineHeight(theme.Caption) + theme.Px(2), bar = theme.Px(3);
        int shown = Math.Min(norms.Count, (int)(box.Height / (row + bar)));
        double most = norms.Max(one => one.Norm);
        Span<char> text = stackalloc char[24];
        for (int i = norms.Count - shown; i < norms.Count; i++)
        {
            Rect line = box.CutTop(row, out box), meter = box.CutTop(bar, out box);
            norms[i].Norm.TryFormat(text, out int written, "0.0E+0", CultureInfo.InvariantCulture);
            float width = canvas.Text(text[..written], line, theme.Caption, theme.TextDim, Align.Right);
            canvas.Text(norms[i].Layer, line with { Width = MathF.Max(0, line.Width - width - theme.Gap) }, theme.Caption, theme.TextFaint);
            double share = norms[i].Norm > 0 && most > 0 ? 1 + Math.Log10(norms[i].Norm / most) / decades : 0;
            Meter.Draw(canvas, theme, meter, (float)Math.Clamp(share, 0, 1), theme.Series[1]);
        }
    }
}
