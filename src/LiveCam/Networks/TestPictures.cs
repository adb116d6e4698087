using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Networks;

/// <summary>
/// The three pictures of a model's self-test, drawn with integers so that they are the same everywhere: wide, tall and small, smooth
/// and sharp, in colour and without, so that a wrong crop, order of colours, filter or scale shows in at least one.
/// </summary>
public static class TestPictures
{
    private const int PatternFrame = 40;

    public static IReadOnlyList<Picture> Draw() => [Pattern(), Ring(), Blocks()];

    private static Picture Pattern()
    {
        var picture = new Picture(192, 144, PixelFormat.Bgr8);
        PatternCamera.Paint(picture, PatternFrame);
        return picture;
    }

    /// <summary>A white ring with a bar on black, about a digit's share of the picture.</summary>
    private static Picture Ring()
    {
        var picture = new Picture(97, 131, PixelFormat.Bgr8);
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
            {
                int dx = x - 48, dy = y - 61, square = dx * dx + dy * dy;
                bool isInk = square is >= 18 * 18 and <= 27 * 27 || x is >= 68 and <= 76 && y is >= 61 and <= 108;
                picture.Row(y).Slice(3 * x, 3).Fill(isInk ? (byte)255 : (byte)0);
            }
        return picture;
    }

    /// <summary>Blocks of 5x5 pixels in colours without any order.</summary>
    private static Picture Blocks()
    {
        var picture = new Picture(75, 50, PixelFormat.Bgr8);
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
                for (int channel = 0; channel < 3; channel++)
                {
                    // Knuth's multiplicative hash of the block's number.
                    uint number = (uint)((y / 5 * 15 + x / 5) * 3 + channel);
                    picture.Row(y)[3 * x + channel] = (byte)(((number + 1) * 2654435761u) >> 24);
                }
        return picture;
    }
}
