using LiveCam.Engine.Vision;

namespace LiveCam.Tests.Platform;

/// <summary>A folder of the test's own that is gone afterwards, and pictures to put there.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("livecam-test-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Random bytes: the hardest picture for a codec that claims to lose nothing.</summary>
    public static Picture Noise(int width, int height, PixelFormat format, int seed = 1)
    {
        Picture picture = new(width, height, format);
        new Random(seed).NextBytes(picture.Bytes);
        return picture;
    }

    public static Picture Pattern(int width, int height, long number = 0)
    {
        Picture picture = new(width, height, PixelFormat.Bgr8);
        LiveCam.Platform.PatternCamera.Paint(picture, number);
        return picture;
    }

    /// <summary>Mean absolute difference of the bytes of two pictures that overlap from the top left corner.</summary>
    public static double Difference(Picture a, Picture b)
    {
        Assert.Equal(a.Format, b.Format);
        int height = Math.Min(a.Height, b.Height), bytes = Math.Min(a.RowBytes, b.RowBytes);
        long sum = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < bytes; x++) sum += Math.Abs(a.Row(y)[x] - b.Row(y)[x]);
        }
        return (double)sum / (height * bytes);
    }
}
