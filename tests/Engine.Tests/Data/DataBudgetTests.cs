using System.IO.Compression;
using LiveCam.Engine.Data;

namespace LiveCam.Engine.Tests.Data;

/// <summary>Packed files of one set share what they may take: the sum is what counts.</summary>
public sealed class DataBudgetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("livecam-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Four_files_that_are_small_when_packed_are_too_much_together()
    {
        // 300 MB of zeros each: a megabyte when packed.
        using (var packed = new GZipStream(File.Create(Path.Combine(folder, "data_batch_1.bin.gz")), CompressionLevel.Fastest))
            for (int i = 0; i < 100; i++) packed.Write(new byte[3073 * 1000]);
        for (int i = 2; i <= 4; i++) File.Copy(Path.Combine(folder, "data_batch_1.bin.gz"), Path.Combine(folder, $"data_batch_{i}.bin.gz"));
        LiveCamException error = Assert.Throws<LiveCamException>(() => DataSet.Open(folder, new NoPictures()));
        Assert.Contains("may take in memory", error.Message);
        Assert.Contains("data_batch_4", error.Message);
    }

    private sealed class NoPictures : IPictureFiles
    {
        public bool IsPicture(string path) => false;
        public LiveCam.Engine.Vision.Picture Read(string path) => throw new NotSupportedException();
    }
}
