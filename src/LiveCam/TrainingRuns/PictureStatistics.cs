using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;

namespace LiveCam.TrainingRuns;

/// <summary>What the pictures of a set are like.</summary>
internal static class PictureStatistics
{
    private const int Looked = 64, Measured = 4000;

    /// <summary>Whether pictures from all over the set are without colour.</summary>
    public static bool IsGray(DataSet set)
    {
        int looked = Math.Min(Looked, set.Count);
        for (int i = 0; i < looked; i++)
        {
            Picture picture;
            try
            {
                picture = set.Read((int)((long)i * set.Count / looked));
            }
            catch (LiveCamException)
            {
                // It is left out of learning too, and named there.
                continue;
            }
            if (picture.Format == PixelFormat.Gray8) continue;
            for (int y = 0; y < picture.Height; y++)
                for (ReadOnlySpan<byte> row = picture.Row(y); row.Length >= 3; row = row[picture.BytesPerPixel..])
                    if (row[0] != row[1] || row[1] != row[2]) return false;
        }
        return true;
    }

    /// <summary>The contract with mean and deviation of a set's pictures in place of its own, from a fixed choice of at most 4000.</summary>
    public static Preprocessing Normalize(Preprocessing contract, DataSet set, bool mean, bool deviation)
    {
        int channels = contract.Channels;
        Preprocessing plain = contract with { Mean = ChannelValues.All(0, channels), StandardDeviation = ChannelValues.All(1, channels) };
        double[] sums = new double[channels], squares = new double[channels];
        long count = 0;
        foreach (Batch batch in new Batches(set.Limit(Measured), plain).Epoch(0))
        {
            int plane = batch.Images.Shape[2] * batch.Images.Shape[3];
            ReadOnlySpan<float> values = batch.Images.Span<float>();
            for (int row = 0; row < batch.Count * channels; row++)
                foreach (float value in values.Slice(row * plane, plane))
                {
                    sums[row % channels] += value;
                    squares[row % channels] += (double)value * value;
                }
            count += (long)batch.Count * plane;
        }
        if (count == 0) throw set.NothingReadable("train");
        double Mean(int channel) => Math.Round(sums[channel] / count, 4);
        // Pictures of one value have no deviation to divide by.
        double Deviation(int channel) => Math.Max(0.01, Math.Round(Math.Sqrt(Math.Max(0, squares[channel] / count - Math.Pow(sums[channel] / count, 2))), 4));
        return contract with
        {
            Mean = mean ? Each(Mean) : contract.Mean,
            StandardDeviation = deviation ? Each(Deviation) : contract.StandardDeviation,
        };

        ChannelValues Each(Func<int, double> value) => channels == 1 ? new(value(0)) : new(value(0), value(1), value(2));
    }
}
