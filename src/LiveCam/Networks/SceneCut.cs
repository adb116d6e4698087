using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>Finds where a video goes on with another scene: places all over the picture change at once.</summary>
internal sealed class SceneCut
{
    private const int Columns = 24, Rows = 16;

    // Levels of 255 that a place changes by on average. Noise and motion stay far below it, a hand before the camera may reach it.
    private const int Far = 45;

    private readonly byte[] before = new byte[Columns * Rows * 3];
    private bool hasBefore;

    /// <summary>Whether a picture is far from the one that was given last. Allocates nothing.</summary>
    public bool Follow(Picture picture)
    {
        int sum = 0, at = 0, bytes = Math.Min(3, picture.BytesPerPixel);
        for (int row = 0; row < Rows; row++)
        {
            var line = picture.Row((2 * row + 1) * picture.Height / (2 * Rows));
            for (int column = 0; column < Columns; column++)
                for (int i = 0; i < bytes; i++, at++)
                {
                    byte now = line[(2 * column + 1) * picture.Width / (2 * Columns) * picture.BytesPerPixel + i];
                    sum += Math.Abs(now - before[at]);
                    before[at] = now;
                }
        }
        bool isCut = hasBefore && sum > Far * at;
        hasBefore = true;
        return isCut;
    }
}
