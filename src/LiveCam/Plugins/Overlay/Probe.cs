using LiveCam.Engine.Vision;
using LiveCam.Ui;

namespace LiveCam.Plugins.Overlay;

/// <summary>From places on the screen to places in what the network sees, and back.</summary>
internal static class Probe
{
    /// <summary>The part of a drawn camera picture that the network sees, in frame pixels.</summary>
    public static Rect Seen(Preprocessing contract, Picture picture, Rect drawn)
    {
        if (contract.Fit != Fit.Crop || contract.Region != Region.All || contract.Rotation != 0) return drawn;
        // The largest centred part of the network's aspect, and of that the crop fraction.
        double scale = Math.Min((double)picture.Width / contract.Width, (double)picture.Height / contract.Height) * contract.CropFraction;
        float width = (float)(contract.Width * scale / picture.Width * drawn.Width), height = (float)(contract.Height * scale / picture.Height * drawn.Height);
        return new(drawn.CenterX - width / 2, drawn.CenterY - height / 2, width, height);
    }

    /// <summary>A point as shares of a rectangle; null outside of it.</summary>
    public static (float X, float Y)? Share(Rect box, (float X, float Y) point) =>
        box.Contains(point.X, point.Y) ? ((point.X - box.X) / box.Width, (point.Y - box.Y) / box.Height) : null;
}
