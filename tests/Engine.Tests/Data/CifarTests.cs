using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Data;

public sealed class CifarTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Batches_join_in_their_order_and_planes_become_pixels()
    {
        folder.WritePacked("data_batch_2.bin.gz", [.. Record([9], 30), .. Record([8], 40)]);
        folder.Write("data_batch_1.bin", Record([2], 10));
        folder.Write("test_batch.bin", Record([5], 20));
        DataParts parts = folder.Open();
        Assert.Equal(("CIFAR-10", 3, 1), (parts.Form, parts.Train!.Count, parts.Test!.Count));
        Assert.Equal([2, 9, 8], Enumerable.Range(0, 3).Select(i => parts.Train.Labels(i)[0]));
        Assert.Equal("frog", parts.Classes[6]);
        Picture picture = parts.Train.Read(2);
        Assert.Equal((32, 32, PixelFormat.Bgr8), (picture.Width, picture.Height, picture.Format));
        // Red, green and blue planes of the record start at 40, 41 and 42 and rise by one a column.
        Assert.Equal([42, 41, 40, 43, 42, 41], picture.Row(0)[..6].ToArray());
        Assert.Equal([42 + 31 + 7, 41 + 31 + 7, 40 + 31 + 7], picture.Row(7)[93..].ToArray());
    }

    [Fact]
    public void Cifar_100_takes_the_fine_label()
    {
        folder.Write("train.bin", [.. Record([3, 77], 0), .. Record([1, 99], 0)]);
        DataParts parts = folder.Open();
        Assert.Equal(("CIFAR-100", 100), (parts.Form, parts.Classes.Count));
        Assert.Equal([77, 99], Enumerable.Range(0, 2).Select(i => parts.Train!.Labels(i)[0]));
    }

    [Fact]
    public void The_shared_data_hold_every_class_equally_often()
    {
        DataParts parts = DataSet.Open(Requirements.Data("cifar10"), folder);
        Assert.Equal([.. Enumerable.Repeat(1000, 10)], IdxTests.Histogram(parts.Train!));
        Assert.Equal([.. Enumerable.Repeat(200, 10)], IdxTests.Histogram(parts.Test!));
    }

    [Theory]
    [InlineData(3072, 0, "3073")]
    [InlineData(0, 0, "0 bytes")]
    [InlineData(3073 * 2, 10, "label 10")]
    public void Damaged_files_are_refused_with_a_reason(int length, byte label, string word)
    {
        byte[] bytes = new byte[length];
        if (length > 3073) bytes[3073] = label;
        folder.Write("data_batch_1.bin", bytes);
        Assert.Contains(word, Assert.Throws<LiveCamException>(() => folder.Open()).Message);
    }

    [Fact]
    public void A_mixture_of_both_sets_is_refused()
    {
        folder.Write("data_batch_1.bin", Record([2], 10));
        folder.Write("train.bin", Record([2, 2], 10));
        Assert.Contains("two folders", Assert.Throws<LiveCamException>(() => folder.Open()).Message);
    }

    private static byte[] Record(byte[] labels, byte first) =>
        [.. labels, .. Enumerable.Range(0, 3 * 1024).Select(i => (byte)(first + i / 1024 + i % 32 + i % 1024 / 32))];
}
