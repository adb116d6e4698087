namespace LiveCam.Ui;

/// <summary>
/// Where everything stands in a frame, on whole pixels and without overlap. Usual frames have the camera on the left, the answers
/// right-top and the feature maps right-bottom; tall frames stack them, very wide ones give the features a column of their own.
/// </summary>
/// <param name="Camera">The picture's pane; letterbox with <see cref="Rect.Fit"/>.</param>
/// <param name="Answers">The top answer in big type and the list below it.</param>
/// <param name="Features">The grid of feature maps.</param>
/// <param name="Details">The remainder under a wide camera picture; empty where there is none.</param>
/// <param name="Status">The bottom strip.</param>
public readonly record struct Panes(Rect Camera, Rect Answers, Rect Features, Rect Details, Rect Status)
{
    // The pane suits the usual picture; others stand inside it, so that nothing moves when another one comes.
    private const float Aspect = 16f / 9;

    /// <param name="split">Width of the right column as a share of the frame; 0 chooses it.</param>
    /// <param name="below">The least height of <see cref="Details"/> in usual frames, taken from the camera where it leaves less; 0 for none.</param>
    public static Panes For(int width, int height, Theme theme, float split = 0, float below = 0)
    {
        var frame = new Rect(0, 0, width, height);
        bool compact = MathF.Min(width * 9f / 16, height) < 500 * theme.Scale;
        float gap = theme.Px(compact ? 6 : 12), margin = theme.Px(compact ? 6 : 16);
        var inner = frame.Inset(margin);
        var status = inner.CutBottom(theme.Px(compact ? 44 : 60) + (theme.LargeText ? theme.Px(10) : 0), out var body);
        body = body with { Height = MathF.Max(0, body.Height - gap) };
        return body.Width < body.Height ? Tall(body, status, gap)
            : body.Width > 2.6f * body.Height ? Wide(body, status, gap)
            : Usual(body, status, gap, theme, split, below);
    }

    private static Panes Usual(Rect body, Rect status, float gap, Theme theme, float split, float least)
    {
        float column = Whole(body.Width * (split > 0 ? split : theme.LargeText ? 0.38f : 0.34f));
        var right = body.CutRight(column, out var left);
        left = left with { Width = left.Width - gap };
        var answers = right.CutTop(Whole(right.Height * (theme.LargeText ? 0.62f : 0.56f)), out var features);
        features = features.CutBottom(features.Height - gap, out _);

        Rect camera = left, details = default;
        float needed = Whole(left.Width / Aspect), remainder = left.Height - needed - gap;
        least = MathF.Min(least, Whole(left.Height * 0.45f));
        if (remainder < least)
        {
            needed = left.Height - gap - least;
            remainder = least;
        }
        if (remainder >= MathF.Max(theme.Px(88), least))
        {
            camera = left.CutTop(needed, out var below);
            details = below.CutBottom(below.Height - gap, out _);
        }
        return new(camera, answers, features, details, status);
    }

    private static Panes Tall(Rect body, Rect status, float gap)
    {
        var camera = body.CutTop(Whole(MathF.Min(body.Width / Aspect, body.Height * 0.45f)), out var rest);
        rest = rest.CutBottom(rest.Height - gap, out _);
        var answers = rest.CutTop(Whole(rest.Height * 0.5f), out var features);
        return new(camera, answers, features.CutBottom(features.Height - gap, out _), default, status);
    }

    private static Panes Wide(Rect body, Rect status, float gap)
    {
        var camera = body.CutLeft(Whole(MathF.Min(body.Height * Aspect, body.Width * 0.5f)), out var rest);
        rest = rest.CutRight(rest.Width - gap, out _);
        var answers = rest.CutLeft(Whole(rest.Width * 0.4f), out var features);
        return new(camera, answers, features.CutRight(features.Width - gap, out _), default, status);
    }

    private static float Whole(float length) => MathF.Floor(length + 0.5f);
}
