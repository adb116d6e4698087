using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// The movements of one picture, joined: for each point of the result the point of the picture that is seen there. Coordinates are pixels
/// from the picture's centre, y down; result and picture have the same size. Kept and reused; for one thread.
/// </summary>
internal sealed class Warp
{
    private readonly List<Stage> stages = [];

    private readonly record struct Stage(Projection Projection, Bending? Bending);

    public int Width { get; private set; }
    public int Height { get; private set; }

    /// <summary>Whether every point is seen where it is.</summary>
    public bool IsIdentity => stages.TrueForAll(stage => stage.Bending is null && stage.Projection == Projection.Identity);

    public void Begin(int width, int height)
    {
        (Width, Height) = (width, height);
        stages.Clear();
    }

    /// <summary>Adds a movement after those that are there, given as the map from the result back to what it was made of.</summary>
    public void Add(Projection back)
    {
        if (stages.Count > 0 && stages[^1].Bending is null) stages[^1] = new(stages[^1].Projection * back, null);
        else stages.Add(new(back, null));
    }

    /// <summary>Adds a bending after the movements that are there.</summary>
    public void Add(Bending bending) => stages.Add(new(default, bending));

    /// <summary>The point of the picture that is seen at a point of the result.</summary>
    public (double X, double Y) Source(double x, double y)
    {
        for (int i = stages.Count - 1; i >= 0; i--)
            (x, y) = stages[i].Bending is { } bending ? bending.Apply(x, y) : stages[i].Projection.Apply(x, y);
        return (x, y);
    }

    /// <summary>
    /// Resamples a picture: linear interpolation between pixel centres; beyond its border the pixels on the border go on. (A mirror image
    /// there would bring back a part of what the picture shows, such as a second stroke below a digit.)
    /// </summary>
    public unsafe void Resample(Picture from, FloatPicture to)
    {
        to.Resize(Width, Height, from.Format == PixelFormat.Gray8 ? 1 : 3);
        int step = from.BytesPerPixel, rowBytes = from.RowBytes, plane = Width * Height, channels = to.Channels;
        int first = FloatPicture.Lane(from.Format, 0), second = channels == 1 ? 0 : FloatPicture.Lane(from.Format, 1), third = channels == 1 ? 0 : FloatPicture.Lane(from.Format, 2);
        double left = 0.5 - Width / 2.0, top = 0.5 - Height / 2.0;
        fixed (byte* bytes = from.Bytes)
        fixed (float* values = to.Values)
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                {
                    (double sx, double sy) = Source(x + left, y + top);
                    (int x0, int x1, float fx) = Neighbours(sx - left, Width);
                    (int y0, int y1, float fy) = Neighbours(sy - top, Height);
                    byte* a = bytes + (nint)y0 * rowBytes + x0 * step, b = bytes + (nint)y0 * rowBytes + x1 * step;
                    byte* c = bytes + (nint)y1 * rowBytes + x0 * step, d = bytes + (nint)y1 * rowBytes + x1 * step;
                    float* target = values + y * Width + x;
                    target[0] = Mix(a[first], b[first], c[first], d[first], fx, fy);
                    if (channels == 1) continue;
                    target[plane] = Mix(a[second], b[second], c[second], d[second], fx, fy);
                    target[2 * plane] = Mix(a[third], b[third], c[third], d[third], fx, fy);
                }
    }

    private static float Mix(float a, float b, float c, float d, float x, float y)
    {
        float upper = a + (b - a) * x, lower = c + (d - c) * x;
        return upper + (lower - upper) * y;
    }

    private static (int, int, float) Neighbours(double at, int count)
    {
        // A projection may throw a point to infinity; what is seen there does not matter, that it is a pixel does.
        if (!(Math.Abs(at) < 1e6)) at = 0;
        double floor = Math.Floor(at);
        int low = (int)floor;
        return (Math.Clamp(low, 0, count - 1), Math.Clamp(low + 1, 0, count - 1), (float)(at - floor));
    }
}
