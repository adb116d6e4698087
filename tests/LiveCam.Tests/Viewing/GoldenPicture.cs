using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Viewing;

/// <summary>
/// Pictures of the whole program beside the tests, a quarter as wide or less: 320 cells wide, each the average of its pixels. With LIVECAM_REDRAW
/// set they are drawn anew.
/// </summary>
internal static class GoldenPicture
{
    private const int Width = 320, Height = 180;

    // A cell is off when a channel differs by more than this: the edge of a glyph moves a cell by a few levels, another text by dozens.
    private const int Tolerance = 24;

    // Cells that may be off: half a per mille. The shortest word on the screen covers some thirty.
    private const int MostOff = Width * Height / 2000;

    private static readonly string Folder = Path.Combine(Requirements.Root, "tests", "LiveCam.Tests", "Viewing", "golden");

    /// <summary>Compares what is seen with a golden picture, apart from masked boxes that show times.</summary>
    /// <param name="seen">Rgba8 or Bgr8.</param>
    public static void Compare(string name, Picture seen, params ReadOnlySpan<Rect> masked)
    {
        Picture cells = Reduce(seen);
        string file = Path.Combine(Folder, $"{name}.png");
        if (Environment.GetEnvironmentVariable("LIVECAM_REDRAW") is not null)
        {
            Directory.CreateDirectory(Folder);
            ImageFile.Save(cells, file);
        }
        Assert.True(File.Exists(file), $"There is no {file}; {Command}");
        Picture golden = ImageFile.Load(file);
        Assert.Equal((Width, Height), (golden.Width, golden.Height));
        int off = 0;
        string first = "";
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                var at = new Rect(x * seen.Width / (float)Width, y * seen.Height / (float)Height, seen.Width / (float)Width, seen.Height / (float)Height);
                if (IsMasked(at, masked) || !IsOff(cells.Row(y).Slice(x * 3, 3), golden.Row(y).Slice(x * 3, 3))) continue;
                if (off++ == 0) first = $"first at pixel ({at.X:0}, {at.Y:0})";
            }
        if (off > MostOff && Environment.GetEnvironmentVariable("LIVECAM_SAMPLES") is { } folder) ImageFile.Save(seen, Path.Combine(folder, $"{name}.png"));
        Assert.True(off <= MostOff, $"{off} of {Width * Height} cells differ from {file}, {first}; LIVECAM_SAMPLES=FOLDER keeps what was seen. {Command}");
    }

    private const string Command = "If the display was changed on purpose, look at it and draw the golden pictures anew with: LIVECAM_REDRAW=1 ./test --filter FullyQualifiedName~GoldenTests";

    private static bool IsMasked(Rect cell, ReadOnlySpan<Rect> masked)
    {
        foreach (Rect mask in masked)
            if (mask.Overlaps(cell)) return true;
        return false;
    }

    private static bool IsOff(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        for (int i = 0; i < 3; i++)
            if (Math.Abs(a[i] - b[i]) > Tolerance) return true;
        return false;
    }

    /// <summary>The average colour of each cell, as Bgr8.</summary>
    private static Picture Reduce(Picture seen)
    {
        var cells = new Picture(Width, Height, PixelFormat.Bgr8);
        bool isRgb = seen.Format == PixelFormat.Rgba8;
        Span<int> sum = stackalloc int[3];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                int left = x * seen.Width / Width, right = (x + 1) * seen.Width / Width, top = y * seen.Height / Height, bottom = (y + 1) * seen.Height / Height;
                sum.Clear();
                for (int row = top; row < bottom; row++)
                    for (int column = left; column < right; column++)
                        for (int i = 0; i < 3; i++) sum[i] += seen.Row(row)[column * seen.BytesPerPixel + (isRgb ? 2 - i : i)];
                int count = (right - left) * (bottom - top);
                for (int i = 0; i < 3; i++) cells.Row(y)[x * 3 + i] = (byte)((sum[i] + count / 2) / count);
            }
        return cells;
    }
}
