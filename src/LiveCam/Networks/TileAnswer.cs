namespace LiveCam.Networks;

/// <summary>What a network says of the tiles of a picture.</summary>
/// <param name="Lefts">Where columns of tiles begin, in pixels of the picture.</param>
/// <param name="Tops">Where rows begin.</param>
/// <param name="Width">Of each tile.</param>
/// <param name="Probabilities">Of each class, tile by tile, row by row.</param>
public sealed record TileAnswer(int[] Lefts, int[] Tops, int Width, int Height, float[][] Probabilities)
{
    /// <summary>The mean of the tiles for each class.</summary>
    public float[] Mean()
    {
        var mean = new float[Probabilities[0].Length];
        foreach (float[] tile in Probabilities)
            for (int i = 0; i < mean.Length; i++) mean[i] += tile[i] / Probabilities.Length;
        return mean;
    }

    /// <summary>A class over the picture, row by row: the mean of all tiles a place lies in.</summary>
    /// <param name="width">Columns of the map; the picture has <paramref name="scale"/> times as many.</param>
    public float[] Map(int of, int width, int height, double scale)
    {
        var sums = new float[width * height];
        var counts = new int[width * height];
        for (int i = 0; i < Probabilities.Length; i++)
        {
            (int left, int right) = Range(Lefts[i % Lefts.Length], Width, scale, width);
            (int top, int bottom) = Range(Tops[i / Lefts.Length], Height, scale, height);
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++)
                {
                    sums[y * width + x] += Probabilities[i][of];
                    counts[y * width + x]++;
                }
        }
        for (int i = 0; i < sums.Length; i++) sums[i] /= Math.Max(1, counts[i]);
        return sums;
    }

    private static (int From, int To) Range(int begin, int extent, double scale, int most) =>
        (Math.Min((int)(begin / scale), most), Math.Min((int)Math.Ceiling((begin + extent) / scale), most));
}
