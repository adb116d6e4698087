using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// A picture while it is varied: 0..255 as floats, one plane a channel (gray, or red, green, blue), rows first. Kept and reused; for one thread.
/// </summary>
internal sealed class FloatPicture
{
    private float[] spare = [];

    public int Width { get; private set; }
    public int Height { get; private set; }
    /// <summary>1 or 3.</summary>
    public int Channels { get; private set; }
    public int PlaneSize => Width * Height;

    /// <summary>All planes, one after the other.</summary>
    public float[] Values { get; private set; } = [];

    public Span<float> All => Values.AsSpan(0, Channels * PlaneSize);
    public Span<float> Plane(int channel) => Values.AsSpan(channel * PlaneSize, PlaneSize);

    public void Resize(int width, int height, int channels)
    {
        (Width, Height, Channels) = (width, height, channels);
        int count = checked(width * height * channels);
        if (Values.Length < count) Values = new float[count];
    }

    /// <summary>Room for one more picture of this size, whose contents are left from the last use.</summary>
    public Span<float> Spare()
    {
        if (spare.Length < Values.Length) spare = new float[Values.Length];
        return spare.AsSpan(0, Channels * PlaneSize);
    }

    /// <summary>Takes a picture's pixels.</summary>
    public void Take(Picture picture)
    {
        Resize(picture.Width, picture.Height, picture.Format == PixelFormat.Gray8 ? 1 : 3);
        ReadOnlySpan<byte> bytes = picture.Bytes;
        int step = picture.BytesPerPixel;
        for (int c = 0; c < Channels; c++)
        {
            Span<float> plane = Plane(c);
            int at = Lane(picture.Format, c);
            for (int i = 0; i < plane.Length; i++, at += step) plane[i] = bytes[at];
        }
    }

    /// <summary>Rounds to bytes, in a picture of this size that is Gray8 or Bgr8.</summary>
    public void Give(Picture picture)
    {
        Span<byte> bytes = picture.Bytes;
        int step = picture.BytesPerPixel;
        for (int c = 0; c < Channels; c++)
        {
            Span<float> plane = Plane(c);
            int at = Lane(picture.Format, c);
            for (int i = 0; i < plane.Length; i++, at += step) bytes[at] = (byte)(Math.Clamp(plane[i], 0f, 255f) + 0.5f);
        }
    }

    /// <summary>Where in a pixel's bytes channel <paramref name="channel"/> lies.</summary>
    internal static int Lane(PixelFormat format, int channel) => format == PixelFormat.Bgr8 ? 2 - channel : channel;

    /// <summary>Mean of a channel.</summary>
    public float Mean(int channel)
    {
        double sum = 0;
        foreach (float value in Plane(channel)) sum += value;
        return (float)(sum / PlaneSize);
    }
}
