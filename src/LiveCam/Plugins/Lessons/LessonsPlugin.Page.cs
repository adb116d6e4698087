using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Lessons;

// The page of teaching: classes on the left, the chosen one's samples in the middle, what was learned on the right. Where there is no room for three columns it has
// parts, one at a time.
public sealed partial class LessonsPlugin
{
    /// <summary>Lines of text that three columns take: so wide, so high.</summary>
    private const int LeastAcross = 46, LeastDown = 16;

    private static readonly string[] Parts = ["samples", "knowledge", "training"];

    private ListBoxLayout list;
    private TileLayout thumbnails;
    private int firstSample;

    private void Press(Frame frame, in WindowEvent at)
    {
        if (list.At(at.X, at.Y) is >= 0 and var row) Choose(frame, row);
        else if (thumbnails.At(at.X, at.Y) is >= 0 and var tile) chosenSample = firstSample + tile;
    }

    private void DrawPage(Canvas canvas, Theme theme, Frame frame, TeachingState state)
    {
        canvas.Fill(canvas.Bounds, theme.Background.Fade(0.9f));
        float line = theme.LineHeight(theme.Body);
        bool isSmall = canvas.Width < LeastAcross * line || canvas.Height < LeastDown * line;
        Rect box = canvas.Bounds.Inset(isSmall ? theme.Px(6) : theme.Margin);
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        Rect inner = isSmall ? box.Inset(theme.Px(12), theme.Px(8)) : box.Inset(theme.Px(24), theme.Px(16));
        SampleClass? chosen = Chosen(frame);
        int seen = isSmall ? part % Parts.Length : -1;
        Rect head = inner.CutTop(isSmall ? Button.Height(theme) : theme.LineHeight(theme.Headline), out inner);
        if (isSmall) DrawParts(canvas, theme, seen, head);
        else
        {
            canvas.Text("Teaching", head, theme.Headline, theme.Text);
            canvas.Text("F3 or Esc closes this", head, theme.Body, theme.TextFaint, Align.Right);
        }
        DrawFoot(canvas, theme, Commands(frame, state, chosen, seen), ref inner);
        inner = inner.Inset(0, theme.Gap);
        (list, thumbnails) = (default, default);
        switch (seen)
        {
            case 0:
                DrawClasses(canvas, theme, frame, state, inner.CutLeft(MathF.Floor(inner.Width * 0.38f), out inner));
                inner.CutLeft(theme.Px(12), out Rect samples);
                DrawSamples(canvas, theme, frame, chosen, samples);
                break;
            case 1: DrawKnowledge(canvas, theme, frame, state, inner, isSmall); break;
            case 2: DrawTraining(canvas, theme, frame, inner); break;
            default:
                DrawClasses(canvas, theme, frame, state, inner.CutLeft(MathF.Floor(inner.Width * 0.26f), out inner));
                Rect right = inner.CutRight(MathF.Floor(inner.Width * 0.46f), out Rect middle);
                DrawSamples(canvas, theme, frame, chosen, middle.Inset(theme.Px(18), 0));
                Rect below = right.CutBottom(MathF.Floor(right.Height * 0.34f), out right);
                right.CutBottom(theme.Pad, out right);
                DrawKnowledge(canvas, theme, frame, state, right, isSmall);
                DrawTraining(canvas, theme, frame, below);
                break;
        }
        if (frame.Get<Focus>()!.Entry is { } entry) EntryBox.Draw(canvas, theme, entry.Title, entry.Field, "a name; Enter takes it, Esc leaves it");
        if (frame.Get<Messages>() is { } messages) Toast.Draw(canvas, theme, canvas.Bounds with { Height = inner.Bottom }, messages.Text, messages.IsWarning);
    }

    /// <summary>The names of the parts, to click or to walk with Tab.</summary>
    private void DrawParts(Canvas canvas, Theme theme, int seen, Rect line)
    {
        for (int i = 0; i < Parts.Length; i++)
        {
            int own = i;
            Rect box = line.CutLeft(Button.Width(canvas, theme, Parts[i]), out line);
            line.CutLeft(theme.Px(6), out line);
            Button.Draw(canvas, theme, box, Parts[i], isOn: i == seen);
            buttons.Add((box, _ => part = own));
        }
        if (line.Width > canvas.Font.Measure("Tab, Esc", theme.Caption)) canvas.Text("Tab, Esc", line, theme.Caption, theme.TextFaint, Align.Right);
    }

    /// <summary>A title, and what the room behind it holds of a note.</summary>
    private static void Heading(Canvas canvas, Theme theme, Rect line, TextStyle style, string title, string note)
    {
        float width = canvas.Text(title, line, style, style == theme.Title ? theme.TextDim : theme.TextFaint);
        line = line.CutRight(MathF.Max(0, line.Width - width - theme.Pad), out _);
        if (line.Width > theme.Px(40)) canvas.Text(note, line, theme.Caption, theme.TextFaint, Align.Right);
    }

    /// <summary>What a button of the page does.</summary>
    private readonly record struct PageCommand(string Text, string Key, Action<Frame> Do, bool IsEnabled = true, bool IsOn = false);

    /// <param name="seen">The part that is seen; -1 for all.</param>
    private List<PageCommand> Commands(Frame frame, TeachingState state, SampleClass? chosen, int seen)
    {
        List<PageCommand> commands = [];
        LessonState? lessons = frame.Get<LessonState>();
        if (seen is -1 or 0)
        {
            if (chosen is not null) commands.Add(new("record", "Space", then => Hold(then, chosen.Id), IsOn: frame.Get<BurstState>()?.IsOn == true));
            commands.AddRange([
                new("rename", "Enter", Rename),
                new("new class", "Insert", AddClass),
                new("delete", "Delete", then => Delete(then, all: false), chosen is { Count: > 0 }),
                new("clear", "Shift+Del", then => Delete(then, all: true), chosen is { Count: > 0 }),
                new("undo", "U", then => Ask(then, new ChangeSamples(SampleCommand.Undo)), state.CanUndo),
            ]);
        }
        if (seen != 0)
        {
            commands.AddRange([
                new("way", "L", then => Learn(then, LessonCommand.NextWay)),
                new("tune", "Y", then => Learn(then, LessonCommand.Tune), lessons?.Live is not null),
                new("go back", "R", then => Learn(then, LessonCommand.RollBack), lessons?.CanRollBack == true),
            ]);
            if (lessons?.HeldBack is not null) commands.Add(new("take it", "A", then => Learn(then, LessonCommand.Accept)));
            commands.Add(new("save", "E", then => Learn(then, LessonCommand.Save), lessons?.Live is not null));
        }
        return commands;
    }

    /// <summary>Buttons at the lower edge, in as many lines as they take; their keys are left out where that saves a line.</summary>
    /// <param name="inner">Loses their room.</param>
    private void DrawFoot(Canvas canvas, Theme theme, List<PageCommand> commands, ref Rect inner)
    {
        float width = inner.Width, gap = theme.Px(6), height = Button.Height(theme);
        bool hasKeys = Lines(true) <= Lines(false);
        int lines = Lines(hasKeys);
        Rect foot = inner.CutBottom(lines * (height + gap) - gap, out inner), line = foot.CutTop(height, out foot);
        foreach (PageCommand command in commands)
        {
            float own = Width(command, hasKeys);
            if (own > line.Width && line.Width < width)
            {
                foot.CutTop(gap, out foot);
                line = foot.CutTop(height, out foot);
            }
            Rect box = line.CutLeft(own, out line);
            line.CutLeft(gap, out line);
            Button.Draw(canvas, theme, box, command.Text, hasKeys ? command.Key : "", command.IsOn, command.IsEnabled);
            if (command.IsEnabled) buttons.Add((box, command.Do));
        }

        float Width(PageCommand command, bool withKey) => Button.Width(canvas, theme, command.Text, withKey ? command.Key : "");

        int Lines(bool withKeys)
        {
            (int count, float left) = (1, width);
            foreach (PageCommand command in commands)
            {
                float own = Width(command, withKeys);
                if (own > left && left < width) (count, left) = (count + 1, width);
                left -= own + gap;
            }
            return count;
        }
    }
}
