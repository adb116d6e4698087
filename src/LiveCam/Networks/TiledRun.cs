using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>
/// A network slid over a picture that is larger than its input: tiles of the input's size, each half over the one before, all over the picture; the class of
/// the whole is the mean of what the tiles say.
/// </summary>
public sealed class TiledRun
{
    private readonly Classifier classifier;
    private readonly int tileWidth, tileHeight;

    public TiledRun(Classifier classifier)
    {
        this.classifier = classifier;
        Preprocessing contract = classifier.Model.Contract;
        // What a crop cuts away is given to it, so that a pixel of the picture is about one of the network's.
        double part = contract.Fit == Fit.Crop ? contract.CropFraction : 1;
        (tileWidth, tileHeight) = ((int)Math.Round(contract.Width / part), (int)Math.Round(contract.Height / part));
    }

    /// <summary>Runs every tile; a picture smaller than one is one tile.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TileAnswer Run(Picture picture, CancellationToken stop)
    {
        int[] lefts = Places(picture.Width, tileWidth), tops = Places(picture.Height, tileHeight);
        var tile = new Picture(Math.Min(tileWidth, picture.Width), Math.Min(tileHeight, picture.Height), picture.Format);
        var probabilities = new float[tops.Length * lefts.Length][];
        var best = new Guess[1];
        for (int i = 0; i < probabilities.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            (int top, int left) = (tops[i / lefts.Length], lefts[i % lefts.Length]);
            for (int y = 0; y < tile.Height; y++)
                picture.Row(top + y).Slice(left * picture.BytesPerPixel, tile.RowBytes).CopyTo(tile.Row(y));
            classifier.Run(tile);
            classifier.Rank(best);
            probabilities[i] = classifier.Probabilities.ToArray();
        }
        return new(lefts, tops, tile.Width, tile.Height, probabilities);
    }

    /// <summary>Where tiles begin along an axis: every half tile or less, the last one ending with the picture.</summary>
    internal static int[] Places(int extent, int tile)
    {
        if (extent <= tile) return [0];
        int count = (int)Math.Ceiling((extent - tile) / (tile / 2.0)) + 1;
        return [.. Enumerable.Range(0, count).Select(i => (int)Math.Round((double)i * (extent - tile) / (count - 1)))];
    }
}
