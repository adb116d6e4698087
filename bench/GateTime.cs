using System.Diagnostics;
using LiveCam.Engine.Vision;
using LiveCam.Teaching;

namespace LiveCam.Bench;

/// <summary>What it takes to judge a picture for teaching: to measure it, and to compare it with every sample of its class.</summary>
internal static class GateTime
{
    private const int Width = 640, Height = 480, Runs = 300;

    /// <param name="samples">Of the class; their fingerprints are of chance, so that none is a near copy.</param>
    public static void Run(int samples)
    {
        var gate = new QualityGate(new());
        var random = new Random(1);
        for (int i = 0; i < samples; i++)
        {
            var cells = new byte[Fingerprint.Bytes];
            random.NextBytes(cells);
            gate.Keep(i, 1, new(cells));
        }
        Picture picture = Blocks(random);
        // Class 0 has no samples: all that is left is measuring.
        (double measured, double compared) = (Milliseconds(() => gate.Judge(picture, 0)), Milliseconds(() => gate.Judge(picture, 1)));
        Console.WriteLine($"{Width}x{Height}: {measured:F3} ms to measure; among {samples} samples {compared:F3} ms in all (medians of {Runs})");
    }

    private static Picture Blocks(Random random)
    {
        var picture = new Picture(Width, Height, PixelFormat.Bgr8);
        var shades = new byte[Width / 16 * (Height / 16)];
        random.NextBytes(shades);
        for (int i = 0; i < picture.Bytes.Length; i++)
            picture.Bytes[i] = shades[i / 3 / Width / 16 * (Width / 16) + i / 3 % Width / 16];
        return picture;
    }

    private static double Milliseconds(Func<string?> judge)
    {
        var times = new double[Runs];
        for (int i = -Runs; i < Runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            if (judge() is { } refused) throw new InvalidOperationException($"The picture to measure with is refused: {refused}.");
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[Runs / 2];
    }
}
