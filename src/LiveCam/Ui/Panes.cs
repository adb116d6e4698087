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
    /// <param name="cameraAspect">Width over height of the camera's picture.</param>
    /// <param name="split">Width of the right column as a share of the frame; 0 chooses it.</param>
    /// <param name="below">The least height of <see cref="Details"/> in usual frames, taken from the camera where it leaves less; 0 for none.</param>
    public static Panes For(int width, int height, Theme theme, float cameraAspect = 16f / 9, float split = 0, float below = 0)
    {
        var frame = new Rect(0, 0, width, height);
        bool compact = MathF.Min(width * 9f / 16, height) < 500 * theme.Scale;
        float gap = theme.Px(compact ? 6 : 12), margin = theme.Px(compact ? 6 : 16);
        var inner = frame.Inset(margin);
        var status = inner.CutBottom(theme.Px(compact ? 44 : 60) + (theme.LargeText ? theme.Px(10) : 0), out var body);
        body = body with { Height = MathF.Max(0, body.Height - gap) };
        return body.Width < body.Height ? Tall(body, status, gap, cameraAspect)
            : body.Width > 2.6f * body.Height ? Wide(body, status, gap, cameraAspect)
            : Usual(body, status, gap, theme, cameraAspect, split, below);
    }

    private static Panes Usual(Rect body, Rect status, float gap, Theme theme, float aspect, float split, float least)
    {
        // The column keeps a third of the width; a narrow picture gives it what it does not need.
        float column = MathF.Max(Whole(body.Width * (theme.LargeText ? 0.38f : 0.34f)), Whole(body.Width - gap - body.Height * aspect));
        column = split > 0 ? Whole(body.Width * split) : MathF.Min(column, Whole(body.Width * 0.5f));
        var right = body.CutRight(column, out var left);
        left = left with { Width = left.Width - gap };
        var answers = right.CutTop(Whole(right.Height * (theme.LargeText ? 0.62f : 0.56f)), out var features);
        features = features.CutBottom(features.Height - gap, out _);

        Rect camera = left, details = default;
        float needed = Whole(left.Width / aspect), remainder = left.Height - needed - gap;
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

    private static Panes Tall(Rect body, Rect status, float gap, float aspect)
    {
        var camera = body.CutTop(Whole(MathF.Min(body.Width / aspect, body.Height * 0.45f)), out var rest);
        rest = rest.CutBottom(rest.Height - gap, out _);
        var answers = rest.CutTop(Whole(rest.Height * 0.5f), out var features);
        return new(camera, answers, features.CutBottom(features.Height - gap, out _), default, status);
    }

    private static Panes Wide(Rect body, Rect status, float gap, float aspect)
    {
        var camera = body.CutLeft(Whole(MathF.Min(body.Height * aspect, body.Width * 0.5f)), out var rest);
        rest = rest.CutRight(rest.Width - gap, out _);
        var answers = rest.CutLeft(Whole(rest.Width * 0.4f), out var features);
        return new(camera, answers, features.CutRight(features.Width - gap, out _), default, status);
    }

    private static float Whole(float length) => MathF.Floor(length + 0.5f);
}
