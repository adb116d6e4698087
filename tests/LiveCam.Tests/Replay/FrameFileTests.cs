using LiveCam.Engine.Vision;
using LiveCam.Recording;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Replay;

/// <summary>The frame container: lossless, and whole up to any byte.</summary>
public sealed class FrameFileTests
{
    private static readonly Picture[] Pictures = [Scratch.Noise(9, 7, PixelFormat.Bgr8), Scratch.Pattern(16, 5), Scratch.Noise(3, 4, PixelFormat.Gray8, 2), Scratch.Noise(1, 1, PixelFormat.Rgba8, 3)];

    private static FrameStamp Stamp(int i) => new(i * 3 + 1, TimeSpan.FromTicks(i * 333_333), TimeSpan.FromTicks(i * 400_001));

    /// <summary>The bytes of all pictures, and where each ends.</summary>
    private static (byte[] Bytes, long[] Ends) Packed()
    {
        using MemoryStream file = new(), packed = new();
        var ends = new long[Pictures.Length];
        for (int i = 0; i < Pictures.Length; i++)
        {
            file.Write(FrameFile.Pack(Pictures[i], Stamp(i), packed));
            ends[i] = file.Length;
        }
        return (file.ToArray(), ends);
    }

    private static int Whole(byte[] bytes, bool compare)
    {
        using var file = new MemoryStream(bytes);
        byte[] buffer = [];
        Picture? slot = null;
        int count = 0;
        while (FrameFile.TryRead(file, ref buffer, ref slot, out FrameStamp stamp))
        {
            if (compare)
            {
                Picture expected = Pictures[count];
                Assert.Equal((expected.Width, expected.Height, expected.Format, Stamp(count)), (slot!.Width, slot.Height, slot.Format, stamp));
                Assert.Equal(expected.Bytes, slot.Bytes);
            }
            count++;
        }
        return count;
    }

    [Fact]
    public void Pictures_come_back_bit_for_bit() => Assert.Equal(Pictures.Length, Whole(Packed().Bytes, compare: true));

    [Fact]
    public void A_file_cut_at_any_byte_holds_the_whole_frames_before_it()
    {
        (byte[] bytes, long[] ends) = Packed();
        for (int cut = 0; cut < bytes.Length; cut++) Assert.Equal(ends.Count(end => end <= cut), Whole(bytes[..cut], compare: true));
    }

    [Fact]
    public void A_changed_byte_ends_the_file_before_its_frame()
    {
        (byte[] bytes, long[] ends) = Packed();
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x40;
            Assert.Equal(ends.Count(end => end <= at), Whole(damaged, compare: true));
        }
    }
}
