using System.Buffers.Binary;
using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private const string Pictures = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte";
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pictures_and_labels_are_read_packed_or_not(bool packed)
    {
        byte[] pictures = [.. Idx(2, 3, 4), .. Enumerable.Range(0, 24).Select(i => (byte)(i * 10))], labels = [.. Idx(2), 7, 3];
        if (packed) (folder.WritePacked(Pictures + ".gz", pictures), folder.WritePacked(Labels + ".gz", labels)).ToString();
        else (folder.Write(Pictures, pictures), folder.Write(Labels, labels)).ToString();
        DataParts parts = folder.Open();
        Assert.Equal(("IDX", 2, (4, 3)), (parts.Form, parts.Train!.Count, parts.Train.PictureSize!.Value));
        Assert.Equal([.. Enumerable.Range(0, 8).Select(i => $"{i}")], parts.Classes);
        Picture second = parts.Train.Read(1);
        Assert.Equal((4, 3, PixelFormat.Gray8), (second.Width, second.Height, second.Format));
        Assert.Equal([.. Enumerable.Range(12, 12).Select(i => (byte)(i * 10))], second.Bytes);
        Assert.Equal([7, 3], [parts.Train.Labels(0)[0], parts.Train.Labels(1)[0]]);
    }

    [Fact]
    public void Mnist_has_its_known_numbers_of_digits()
    {
        DataParts parts = DataSet.Open(Requirements.Data("mnist"), folder);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Histogram(parts.Train!));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Histogram(parts.Test!));
        Assert.Same(parts.Test, parts.Evaluation);
        Assert.Equal([7, 2, 1, 0, 4], Enumerable.Range(0, 5).Select(i => parts.Test!.Labels(i)[0]));
    }

    [Fact]
    public void One_file_can_be_named_alone()
    {
        DataParts parts = DataSet.Open(Requirements.Data("mnist/t10k-images-idx3-ubyte.gz"), folder);
        Assert.Equal((null, 10000), (parts.Train, parts.Test!.Count));
        Assert.Contains("training part", Assert.Throws<LiveCamException>(() => parts.Split(0.1, 0, 1)).Message);
    }

    public static TheoryData<string, byte[], byte[], string> Damaged => new()
    {
        { "wrong start", [9, .. Idx(1, 2, 2), 1, 2, 3, 4], [.. Idx(1), 0], "00000803" },
        { "cut short", [.. Idx(2, 2, 2), 1, 2, 3, 4], [.. Idx(2), 0, 0], "cut short" },
        { "goes on", [.. Idx(1, 2, 2), 1, 2, 3, 4, 5], [.. Idx(1), 0], "goes on" },
        { "fewer labels", [.. Idx(1, 2, 2), 1, 2, 3, 4], [.. Idx(2), 0, 0], "belong together" },
        { "absurd count", [.. Idx(2_000_000_000, 2, 2), 1], [.. Idx(1), 0], "axis 0" },
        { "absurd side", [.. Idx(1, 2, 1_000_000), 1], [.. Idx(1), 0], "axis 2" },
        { "more than can be", [.. Idx(4_000_000, 30000, 30000), 1], [.. Idx(1), 0], "at most" },
        { "no samples", Idx(0, 2, 2), Idx(0), "axis 0" },
        { "no header", [0, 0], [.. Idx(1), 0], "header" },
        { "header of labels", [.. Idx(1, 2, 2), 1, 2, 3, 4], [.. Idx(1, 1, 1), 0], "00000801" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damaged_files_are_refused_with_a_reason(string what, byte[] pictures, byte[] labels, string word)
    {
        folder.Write(Pictures, pictures);
        folder.Write(Labels, labels);
        string sentence = Assert.Throws<LiveCamException>(() => folder.Open()).Message;
        Assert.True(sentence.Contains(word) && sentence.Contains(folder.Root), $"{what}: {sentence}");
    }

    [Fact]
    public void A_packed_file_that_cannot_hold_what_it_claims_takes_no_memory()
    {
        folder.WritePacked(Pictures + ".gz", [.. Idx(1_000_000, 28, 28), 1, 2, 3]);
        folder.Write(Labels, [.. Idx(1), 0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("cut short", Assert.Throws<LiveCamException>(() => folder.Open()).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_packed_file_that_is_torn_is_refused()
    {
        byte[] noise = new byte[4000];
        new Random(1).NextBytes(noise);
        folder.Write(Labels, [.. Idx(1), 0]);
        string path = folder.WritePacked(Pictures + ".gz", [.. Idx(1, 40, 100), .. noise]);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 4; length < whole.Length - 8; length += 97)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Contains(path, Assert.Throws<LiveCamException>(() => folder.Open()).Message);
        }
        File.WriteAllBytes(path, whole);
        Assert.Equal(1, folder.Open().Train!.Count);
    }

    [Fact]
    public void Missing_labels_are_told() => Assert.Contains(Labels, Assert.Throws<LiveCamException>(() =>
    {
        folder.Write(Pictures, [.. Idx(1, 2, 2), 1, 2, 3, 4]);
        folder.Open();
    }).Message);

    private static byte[] Idx(params int[] extents)
    {
        var header = new byte[4 + 4 * extents.Length];
        (header[2], header[3]) = (8, (byte)extents.Length);
        for (int i = 0; i < extents.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), extents[i]);
        return header;
    }

    internal static int[] Histogram(DataSet set)
    {
        var counts = new int[set.Classes.Count];
        for (int i = 0; i < set.Count; i++) counts[set.Labels(i)[0]]++;
        return counts;
    }
}
