using LiveCam.Engine.Vision;

namespace LiveCam.Ui.Widgets;

/// <summary>The camera's picture, letterboxed in its pane.</summary>
public static class CameraPane
{
    /// <summary>Draws the picture and returns where it stands, for marks on top of it.</summary>
    public static Rect Draw(Canvas canvas, Theme theme, Rect box, Picture picture, bool mirror)
    {
        var target = box.Fit(picture.Width, picture.Height);
        // A rest of a few pixels is covered by growing the picture, not shown as a seam.
        bool filled = box.Width - target.Width < theme.Px(4) && box.Height - target.Height < theme.Px(4);
        if (filled) target = box;
        else canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Image(picture, target, mirror: mirror, radius: filled ? theme.Radius : 0);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        return target;
    }
}
