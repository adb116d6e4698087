using System.Runtime.Intrinsics;

namespace LiveCam.Teaching;

/// <summary>
/// A picture as 16 x 16 brightnesses, and as 64 bits that say whether brightness falls to the right: enough to tell near copies. Comparing bits is what makes
/// a search among thousands cheap; the brightnesses decide.
/// </summary>
public sealed class Fingerprint
{
    public const int Side = 16, Bytes = Side * Side;

    private readonly byte[] cells;

    /// <param name="cells"><see cref="Bytes"/> brightnesses, rows first, kept.</param>
    public Fingerprint(byte[] cells)
    {
        this.cells = cells;
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                if (Block(x, y) > Block((x + 1) % 8, y)) Hash |= 1UL << (y * 8 + x);
    }

    /// <summary>After Krawetz' difference hash: 8 x 8 blocks, each against its right neighbour, the last against the first.</summary>
    public ulong Hash { get; }
    public ReadOnlySpan<byte> Cells => cells;

    /// <summary>
    /// The largest change of one of the 256 cells, in brightness levels of 0 to 255, after the change of the whole picture was taken off: a lamp that flickers changes
    /// nothing, a thing that moves does.
    /// </summary>
    public double Difference(Fingerprint other)
    {
        int sum = 0, most = -255, least = 255;
        Vector256<short> high = Vector256.Create<short>(-255), low = Vector256.Create<short>(255), total = default;
        for (int i = 0; i < Bytes; i += 16)
        {
            Vector256<short> change = Vector256.Create(Vector128.WidenLower(Vector128.Create<byte>(cells.AsSpan(i))), Vector128.WidenUpper(Vector128.Create<byte>(cells.AsSpan(i)))).AsInt16()
                - Vector256.Create(Vector128.WidenLower(Vector128.Create<byte>(other.cells.AsSpan(i))), Vector128.WidenUpper(Vector128.Create<byte>(other.cells.AsSpan(i)))).AsInt16();
            high = Vector256.Max(high, change);
            low = Vector256.Min(low, change);
            total += change;
        }
        for (int i = 0; i < 16; i++) (sum, most, least) = (sum + total[i], Math.Max(most, high[i]), Math.Min(least, low[i]));
        double mean = sum / (double)Bytes;
        return Math.Max(most - mean, mean - least);
    }

    private int Block(int x, int y)
    {
        int at = 2 * y * Side + 2 * x;
        return cells[at] + cells[at + 1] + cells[at + Side] + cells[at + Side + 1];
    }
}
