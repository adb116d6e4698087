using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

/// <summary>Random pictures and contracts, the same for the same seed.</summary>
internal static class PreprocessingSamples
{
    private static readonly PixelFormat[] Formats = [PixelFormat.Gray8, PixelFormat.Bgr8, PixelFormat.Rgba8];

    public static Picture Picture(Random random, int width, int height, PixelFormat format)
    {
        var picture = new Picture(width, height, format);
        random.NextBytes(picture.Bytes);
        return picture;
    }

    public static Picture Picture(Random random, int largest)
        => Picture(random, random.Next(1, largest + 1), random.Next(1, largest + 1), Formats[random.Next(3)]);

    public static Preprocessing Contract(Random random, int largest, Resample resample = Resample.Area)
    {
        int channels = random.Next(2) == 0 ? 1 : 3;
        double left = random.NextDouble() * 0.5, top = random.NextDouble() * 0.5;
        return new Preprocessing
        {
            Width = random.Next(1, largest + 1),
            Height = random.Next(1, largest + 1),
            Channels = channels,
            Fit = (Fit)random.Next(3),
            Resample = resample,
            CropFraction = random.Next(2) == 0 ? 1 : 0.3 + 0.7 * random.NextDouble(),
            Pad = new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)),
            Order = (ColourOrder)random.Next(2),
            Scale = 1.0 / random.Next(1, 256),
            Mean = channels == 1 ? new(0.4) : new(0.485, 0.456, 0.406),
            StandardDeviation = channels == 1 ? new(0.3) : new(0.229, 0.224, 0.225),
            Mirror = random.Next(2) == 0,
            Rotation = 90 * random.Next(4),
            Region = random.Next(2) == 0 ? Region.All : new(left, top, 0.2 + random.NextDouble() * (0.8 - left), 0.2 + random.NextDouble() * (0.8 - top)),
        };
    }

    /// <summary>The largest distance between the tensor values of two pixels: what errors are relative to.</summary>
    public static double FullScale(Preprocessing contract)
        => Enumerable.Range(0, contract.Channels).Max(c => Math.Abs(255 * contract.Multiplier(c)) + Math.Abs(contract.Offset(c)));
}
