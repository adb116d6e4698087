using System.Globalization;

namespace LiveCam.Engine;

/// <summary>
/// What a file or a stream may ask for, all in one place. Each is looked at before the memory or the time is taken. <c>LIVECAM_LIMITS</c> in the environment multiplies
/// all of them: 4 lets four times as much pass.
/// </summary>
public static class Limits
{
    /// <summary>What <c>LIVECAM_LIMITS</c> says; 1 where it says nothing, at least 0.01 and at most 1000.</summary>
    public static double Factor { get; } = double.TryParse(Environment.GetEnvironmentVariable("LIVECAM_LIMITS"), NumberStyles.Float, CultureInfo.InvariantCulture, out double factor)
        && factor > 0 ? Math.Clamp(factor, 0.01, 1000) : 1;

    /// <summary>Pixels of a picture file that is looked at or learned from: 384 MB as eight-bit BGR.</summary>
    public static long PicturePixels { get; } = Of(128L << 20);

    /// <summary>Pixels of one frame of a stream: more than 8K video has.</summary>
    public static long FramePixels { get; } = Of(40L << 20);

    /// <summary>Bytes of a data set that is kept in memory (IDX, CIFAR), unpacked, over all its files.</summary>
    public static long DataBytes { get; } = Of(1L << 30);

    /// <summary>Bytes of a text: a script, settings, a recording's facts.</summary>
    public static long TextBytes { get; } = Of(64L << 20);

    /// <summary>Bytes of one picture file.</summary>
    public static long PictureFileBytes { get; } = Of(256L << 20);

    /// <summary>Floating point operations that computing a network's constants may take: about a second on one thread.</summary>
    public static long ConstantFlop { get; } = Of(20_000_000_000);

    /// <summary>Bytes that the constants computed from a network's weights may take, at least; a multiple of the weights where they have more.</summary>
    public static long ConstantBytes { get; } = Of(768L << 20);

    private static long Of(long usual) => (long)Math.Min(usual * Factor, long.MaxValue / 2);
}
