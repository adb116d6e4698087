using System.Runtime.InteropServices;
using LiveCam.Engine.Vision;

namespace LiveCam.Plugins.Capture;

/// <summary>Finds out whether a picture is the one before and whether it is black, from about a thousand places in it.</summary>
internal sealed class PictureWatch
{
    private const int Places = 1024;

    // Of 255. A covered lens gives noise around 4 to 8; a dark room with one lamp has a larger deviation.
    private const double DarkMean = 10, DarkDeviation = 4;

    private Picture? previous;
    private ulong previousHash;

    /// <summary>The picture must stay as it is until the next call, when it is compared with its successor.</summary>
    /// <param name="isBlack">Mean and deviation of its bytes are tiny.</param>
    /// <returns>Whether it is the one before, bit for bit.</returns>
    public bool IsSame(Picture picture, out bool isBlack)
    {
        ulong hash = Sample(picture.Bytes, out isBlack);
        bool same = previous is { } last && hash == previousHash && last.Width == picture.Width && last.Height == picture.Height
            && last.Bytes.AsSpan().SequenceEqual(picture.Bytes);
        (previous, previousHash) = (picture, hash);
        return same;
    }

    /// <summary>Forgets the picture before.</summary>
    public void Reset() => previous = null;

    /// <summary>Hashes eight bytes at each place, and judges the first of them. An odd step meets every column and channel.</summary>
    private static ulong Sample(ReadOnlySpan<byte> bytes, out bool isBlack)
    {
        int step = Math.Max(1, bytes.Length / Places) | 1, count = 0;
        ulong hash = 14695981039346656037;
        long sum = 0, squares = 0;
        for (int at = 0; at + sizeof(ulong) <= bytes.Length; at += step, count++)
        {
            ulong eight = MemoryMarshal.Read<ulong>(bytes[at..]);
            hash = (ulong.RotateLeft(hash, 23) ^ eight) * 0x9E3779B97F4A7C15;
            int one = (byte)eight;
            sum += one;
            squares += one * one;
        }
        double mean = sum / (double)Math.Max(1, count), variance = squares / (double)Math.Max(1, count) - mean * mean;
        isBlack = count > 0 && mean <= DarkMean && variance <= DarkDeviation * DarkDeviation;
        return hash;
    }
}
