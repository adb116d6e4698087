using System.Numerics;
using LiveCam.Engine.Vision;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>Values to grey levels.</summary>
internal static class TilePainter
{
    /// <summary>Grey levels 0..255 for values from <paramref name="low"/> on, <paramref name="gain"/> levels for each unit; what is no number is 0.</summary>
    public static void Grey(ReadOnlySpan<float> values, Span<byte> levels, float low, float gain)
    {
        int lanes = Vector<float>.Count, i = 0;
        var (from, times, half, most) = (new Vector<float>(low), new Vector<float>(gain), new Vector<float>(0.5f), new Vector<float>(255));
        for (; i + 4 * lanes <= values.Length; i += 4 * lanes)
        {
            Vector<ushort> first = Vector.Narrow(Level(values[i..]), Level(values[(i + lanes)..]));
            Vector<ushort> second = Vector.Narrow(Level(values[(i + 2 * lanes)..]), Level(values[(i + 3 * lanes)..]));
            Vector.Narrow(first, second).CopyTo(levels[i..]);
        }
        for (; i < values.Length; i++) levels[i] = (byte)Math.Clamp((values[i] - low) * gain + 0.5f, 0, 255);

        Vector<uint> Level(ReadOnlySpan<float> at) =>
            Vector.AsVectorUInt32(Vector.ConvertToInt32(Vector.Min(Vector.Max((new Vector<float>(at) - from) * times + half, Vector<float>.Zero), most)));
    }

    /// <summary>Puts a tile into an atlas of tiles without gaps.</summary>
    public static void Tile(Picture atlas, int columns, int index, ReadOnlySpan<float> values, int width, int height, float low, float gain)
    {
        int left = index % columns * width, top = index / columns * height;
        for (int y = 0; y < height; y++) Grey(values.Slice(y * width, width), atlas.Row(top + y).Slice(left, width), low, gain);
    }
}
