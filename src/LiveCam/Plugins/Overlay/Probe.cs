using LiveCam.Engine.Vision;
using LiveCam.Ui;

namespace LiveCam.Plugins.Overlay;

/// <summary>From places on the screen to places in what the network sees, and back.</summary>
internal static class Probe
{
    /// <summary>The part of a drawn camera picture that the network sees, in frame pixels.</summary>
    public static Rect Seen(Preprocessing contract, Picture picture, Rect drawn)
    {
        Region region = contract.Region;
        drawn = new(drawn.X + (float)region.Left * drawn.Width, drawn.Y + (float)region.Top * drawn.Height, (float)region.Width * drawn.Width, (float)region.Height * drawn.Height);
        if (contract.Fit != Fit.Crop) return drawn;
        // The largest centred part of the network's aspect, which lies on its side where the network sees the picture turned, and of that the crop fraction.
        bool isTurned = contract.Rotation is 90 or 270;
        int across = isTurned ? contract.Height : contract.Width, down = isTurned ? contract.Width : contract.Height;
        double wide = picture.Width * region.Width, high = picture.Height * region.Height, scale = Math.Min(wide / across, high / down) * contract.CropFraction;
        float width = (float)(across * scale / wide * drawn.Width), height = (float)(down * scale / high * drawn.Height);
        return new(drawn.CenterX - width / 2, drawn.CenterY - height / 2, width, height);
    }

    /// <summary>A point as shares of a rectangle; null outside of it.</summary>
    public static (float X, float Y)? Share(Rect box, (float X, float Y) point) =>
        box.Contains(point.X, point.Y) ? ((point.X - box.X) / box.Width, (point.Y - box.Y) / box.Height) : null;
}
