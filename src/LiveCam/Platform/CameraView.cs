using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>
/// What is done to a camera's pictures before anybody sees them: first the region is cut out, then it is turned clockwise, then mirrored left
/// to right.
/// </summary>
/// <param name="Mirror">Left becomes right, as in a mirror.</param>
/// <param name="Rotation">Degrees clockwise: 0, 90, 180 or 270.</param>
/// <param name="Region">Of the camera's own picture, whatever its size; edges are rounded to whole pixels. Null for all of it.</param>
public sealed record CameraView(bool Mirror = false, int Rotation = 0, Region? Region = null)
{
    /// <summary>The picture as the camera sends it.</summary>
    public static CameraView Plain { get; } = new();

    /// <summary>Whether <see cref="Apply"/> would only copy.</summary>
    public bool IsPlain => !Mirror && Rotation == 0 && Region is null;

    /// <summary>Puts the view of a picture into a slot, whose memory is used again when size and format fit.</summary>
    /// <param name="from">Bgr8.</param>
    /// <param name="slot">Another picture than <paramref name="from"/>, or null.</param>
    public unsafe void Apply(Picture from, ref Picture? slot)
    {
        (int left, int top, int width, int height) = Part(from);
        bool turns = Rotation is 90 or 270;
        Picture to = Camera.Fit(ref slot, turns ? height : width, turns ? width : height);
        // The source pixel of the target's corner, and the bytes to go there for a step right and a step down in the target.
        nint pixel = from.BytesPerPixel, row = from.RowBytes;
        (int x, int y, nint right, nint down) = Rotation switch
        {
            90 => (0, height - 1, -row, pixel),
            180 => (width - 1, height - 1, -pixel, -row),
            270 => (width - 1, 0, row, -pixel),
            _ => (0, 0, pixel, row),
        };
        fixed (byte* source = from.Bytes, target = to.Bytes)
        {
            byte* corner = source + (top + y) * row + (left + x) * pixel;
            if (Mirror)
            {
                corner += (to.Width - 1) * right;
                right = -right;
            }
            Copy(corner, right, down, target, to.Width, to.Height);
        }
    }

    private (int Left, int Top, int Width, int Height) Part(Picture from)
    {
        if (Region is not { } region) return (0, 0, from.Width, from.Height);
        (int left, int width) = Pixels(region.Left, region.Width, from.Width);
        (int top, int height) = Pixels(region.Top, region.Height, from.Height);
        return (left, top, width, height);
    }

    /// <summary>From fractions of a side to whole pixels on it, at least one.</summary>
    private static (int Start, int Length) Pixels(double start, double length, int side)
    {
        int first = Math.Clamp((int)Math.Round(start * side), 0, side - 1);
        return (first, Math.Clamp((int)Math.Round((start + length) * side), first + 1, side) - first);
    }

    // Tiles of 32x32 pixels keep the source rows of a quarter turn in the first-level cache; a pixel has three bytes.
    private static unsafe void Copy(byte* source, nint right, nint down, byte* target, int width, int height)
    {
        const int Tile = 32;
        if (right == 3)
        {
            for (int y = 0; y < height; y++) Buffer.MemoryCopy(source + y * down, target + (nint)y * width * 3, width * 3L, width * 3L);
            return;
        }
        for (int top = 0; top < height; top += Tile)
        {
            int bottom = Math.Min(height, top + Tile);
            for (int left = 0; left < width; left += Tile)
            {
                int end = Math.Min(width, left + Tile);
                for (int y = top; y < bottom; y++)
                {
                    byte* from = source + y * down + left * right, to = target + ((nint)y * width + left) * 3;
                    for (int x = left; x < end; x++, from += right, to += 3)
                    {
                        *(ushort*)to = *(ushort*)from;
                        to[2] = from[2];
                    }
                }
            }
        }
    }
}
