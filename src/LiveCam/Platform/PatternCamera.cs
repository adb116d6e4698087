using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>Colour gradients that drift, a grid and a disc that circles.</summary>
public sealed class PatternCamera(int width = 640, int height = 480, double framesPerSecond = 30, long? frames = null) : DrawnCamera(width, height, framesPerSecond, frames)
{
    public override string Name => "test pattern";

    protected override void Draw(Picture picture, long number) => Paint(picture, number);

    /// <summary>Paints frame <paramref name="number"/> into a Bgr8 picture; integer arithmetic only, so every machine agrees.</summary>
    public static void Paint(Picture picture, long number)
    {
        int width = picture.Width, height = picture.Height, shift = (int)(number * 3 % 512);
        int radius = Math.Max(1, Math.Min(width, height) / 8);
        (int cx, int cy) = DiscCentre(width, height, number);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = picture.Row(y);
            int green = y * 255 / height;
            for (int x = 0; x < width; x++)
            {
                Span<byte> pixel = row.Slice(x * 3, 3);
                int dx = x - cx, dy = y - cy;
                if (dx * dx + dy * dy <= radius * radius)
                {
                    pixel[0] = 32;
                    pixel[1] = 96;
                    pixel[2] = 255;
                    continue;
                }
                int dim = (x & 63) == 0 || (y & 63) == 0 ? 1 : 0;
                pixel[0] = (byte)(Fold(x * 255 / width + shift) >> dim);
                pixel[1] = (byte)(green >> dim);
                pixel[2] = (byte)(Fold(y * 255 / height + x * 255 / width - shift + 512) >> dim);
            }
        }
    }

    /// <summary>Where the disc of frame <paramref name="number"/> is, in pixels: once around a square path in 240 frames.</summary>
    public static (int X, int Y) DiscCentre(int width, int height, long number)
    {
        int step = (int)(number % 240), side = step / 60, along = step % 60;
        (int u, int v) = side switch
        {
            0 => (along, 0),
            1 => (60, along),
            2 => (60 - along, 60),
            _ => (0, 60 - along),
        };
        return (width / 4 + width * u / 120, height / 4 + height * v / 120);
    }

    // A triangle wave of period 512, so that a drifting gradient has no edge.
    private static int Fold(int value)
    {
        int phase = value & 511;
        return phase < 256 ? phase : 511 - phase;
    }
}
