using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>One digit after the other, written on paper under a lamp or with chalk on a board, swaying as in a hand.</summary>
public sealed class DigitCamera(int width = 640, int height = 480, double framesPerSecond = 30, long? frames = null) : DrawnCamera(width, height, framesPerSecond, frames)
{
    /// <summary>How long each digit is shown.</summary>
    public const int FramesPerDigit = 45;

    // Of the shorter side of the picture; of the digit's height.
    private const double Tall = 0.62, Growth = 0.07, Sway = 0.045, HalfStroke = 0.06;

    // Periods in frames without a common factor, so that place, size and slant meet anew each time.
    private const int AcrossPeriod = 97, DownPeriod = 131, TurnPeriod = 173, GrowPeriod = 211, LampPeriod = 307;

    public override string Name => "drawn digits";

    /// <summary>Which digit a frame shows.</summary>
    public static int DigitOf(long number) => (int)(number / FramesPerDigit % 10);

    protected override void Draw(Picture picture, long number) => Paint(picture, number);

    /// <summary>Paints frame <paramref name="number"/> into a Bgr8 picture; only operations that every machine rounds alike.</summary>
    public static void Paint(Picture picture, long number)
    {
        int width = picture.Width, height = picture.Height, side = Math.Min(width, height);
        // Every other round of the ten digits is chalk on a board.
        bool isChalk = number / (10 * FramesPerDigit) % 2 == 1;
        PaintGround(picture, number, isChalk);
        double size = side * (Tall + Growth * Wave(number, GrowPeriod));
        double x = width / 2.0 + side * Sway * Wave(number, AcrossPeriod), y = height / 2.0 + side * Sway * Wave(number, DownPeriod);
        // Half the angle's tangent gives sine and cosine without a library's: up to 9 degrees.
        double half = 0.08 * Wave(number, TurnPeriod), cosine = (1 - half * half) / (1 + half * half), sine = 2 * half / (1 + half * half);
        double radius = size * HalfStroke;
        (double X, double Y) Place(double u, double v)
        {
            (double dx, double dy) = ((u - 0.32) * size, (v - 0.5) * size);
            return (x + cosine * dx - sine * dy, y + sine * dx + cosine * dy);
        }
        foreach (DigitStrokes.Line line in DigitStrokes.All[DigitOf(number)])
            PaintLine(picture, Place(line.X0, line.Y0), Place(line.X1, line.Y1), radius, isChalk);
    }

    /// <summary>Paper or a board, brightest where the lamp is.</summary>
    private static void PaintGround(Picture picture, long number, bool isChalk)
    {
        int width = picture.Width, height = picture.Height;
        double lampX = width * (0.5 + 0.35 * Wave(number, LampPeriod)), lampY = height * 0.25, reach = (double)width * width + (double)height * height;
        (double blue, double green, double red) = isChalk ? (58.0, 64.0, 46.0) : (206.0, 224.0, 232.0);
        for (int row = 0; row < height; row++)
        {
            Span<byte> pixels = picture.Row(row);
            for (int column = 0; column < width; column++)
            {
                double dx = column - lampX, dy = row - lampY, light = 1 - 0.6 * (dx * dx + dy * dy) / reach;
                pixels[3 * column] = (byte)(blue * light);
                pixels[3 * column + 1] = (byte)(green * light);
                pixels[3 * column + 2] = (byte)(red * light);
            }
        }
    }

    /// <summary>One line with round ends.</summary>
    private static void PaintLine(Picture picture, (double X, double Y) from, (double X, double Y) to, double radius, bool isChalk)
    {
        (double dx, double dy) = (to.X - from.X, to.Y - from.Y);
        double length = dx * dx + dy * dy;
        int left = Math.Max(0, (int)(Math.Min(from.X, to.X) - radius - 1)), right = Math.Min(picture.Width - 1, (int)(Math.Max(from.X, to.X) + radius + 1));
        int top = Math.Max(0, (int)(Math.Min(from.Y, to.Y) - radius - 1)), bottom = Math.Min(picture.Height - 1, (int)(Math.Max(from.Y, to.Y) + radius + 1));
        (int blue, int green, int red) = isChalk ? (222, 232, 230) : (78, 44, 34);
        for (int row = top; row <= bottom; row++)
            for (int column = left; column <= right; column++)
            {
                double px = column + 0.5 - from.X, py = row + 0.5 - from.Y, along = length > 0 ? Math.Clamp((px * dx + py * dy) / length, 0, 1) : 0;
                double ex = px - along * dx, ey = py - along * dy, cover = Math.Clamp(radius + 0.5 - Math.Sqrt(ex * ex + ey * ey), 0, 1);
                if (cover == 0) continue;
                Span<byte> pixel = picture.Row(row).Slice(3 * column, 3);
                pixel[0] = Mixed(pixel[0], blue, cover);
                pixel[1] = Mixed(pixel[1], green, cover);
                pixel[2] = Mixed(pixel[2], red, cover);
            }
    }

    private static byte Mixed(byte ground, int ink, double cover) => (byte)(ground + (ink - ground) * cover);

    /// <summary>From -1 to 1 and back, smooth at the turns.</summary>
    private static double Wave(long number, int period)
    {
        double t = (double)(number % period) / period * 2, back = t < 1 ? t : 2 - t;
        return 2 * back * back * (3 - 2 * back) - 1;
    }
}
