using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>A picture made smaller by a whole factor: the mean of each square of pixels, a rest at the right and bottom left out.</summary>
public static class Downscaling
{
    public static Picture By(Picture picture, int factor)
    {
        int width = picture.Width / factor, height = picture.Height / factor, step = picture.BytesPerPixel, half = factor * factor / 2;
        var result = new Picture(width, height, picture.Format);
        var sums = new int[width * step];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (int line = 0; line < factor; line++)
            {
                ReadOnlySpan<byte> row = picture.Row(y * factor + line);
                for (int x = 0, at = 0; x < width; x++)
                    for (int i = 0; i < factor; i++)
                        for (int c = 0; c < step; c++)
                            sums[x * step + c] += row[at++];
            }
            Span<byte> to = result.Row(y);
            for (int i = 0; i < sums.Length; i++) to[i] = (byte)((sums[i] + half) / (factor * factor));
        }
        return result;
    }
}
