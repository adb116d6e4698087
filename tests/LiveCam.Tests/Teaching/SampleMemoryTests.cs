using LiveCam.Engine.Training.Heads;
using LiveCam.Platform;
using LiveCam.Teaching;

namespace LiveCam.Tests.Teaching;

/// <summary>What the managed heap holds is the process's: no other test runs beside it.</summary>
[Collection(AloneCollection.Name)]
public sealed class SampleMemoryTests : IDisposable
{
    private readonly TestProject project = new();

    public void Dispose() => project.Dispose();

    /// <summary>
    /// 50,000 samples with features of MobileNetV2's size with LIVECAM_TEST_ALL, else 2,000. The cap is 8 MB and 1.2 KB for each sample, 68 MB in all: the
    /// features (250 MB) stay on disk.
    /// </summary>
    [Fact]
    public void Memory_for_50000_samples_stays_under_the_cap()
    {
        int count = Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1" ? 50_000 : 2_000;
        const int dimension = 1280, classes = 5;
        byte[] png = ImageFile.Encode(TestProject.Picture(1, 24, 16), ".png");
        for (int c = 0; c < classes; c++) Directory.CreateDirectory(Path.Combine(project.Paths.Samples, $"class {c}"));
        for (int i = 0; i < count; i++) File.WriteAllBytes(project.Paths.FileOf($"class {i % classes}", $"{i / 20:D4}-{i + 1:D6}.png"), png);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using SampleStore store = project.Open();
        using var cache = new FeatureCache(project.Paths, "backbone", dimension);
        var random = new Random(1);
        var centres = new float[classes][];
        for (int c = 0; c < classes; c++) centres[c] = [.. Enumerable.Range(0, dimension).Select(_ => (float)random.NextDouble())];
        var print = new byte[256];
        using (var prints = new RecordFile(project["prints.bin"], "fingerprints 1", print.Length))
            foreach (Sample sample in store.Samples())
            {
                random.NextBytes(print);
                prints.Append(RecordStamp.Of(sample.Id, store.PathOf(sample)!), print);
            }
        int next = 0;
        FeatureRows rows = cache.Rows(store, id => id - 1, (_, features) =>
        {
            int label = Math.Min(classes - 1, next++ * classes / count);
            for (int i = 0; i < features.Length; i++) features[i] = centres[label][i] + 0.3f * random.NextSingle();
        }, [], default);
        Assert.Equal((count, count, classes), (store.State.Count, rows.Count, rows.Classes));
        store.Dispose();
        File.Copy(project["prints.bin"], project.Paths.Cache("fingerprints"), overwrite: true);
        using SampleStore again = project.Open();
        long used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(used < (8 << 20) + 1200L * count, $"{used >> 10} KiB for {count} samples");
        Assert.True(new FileInfo(project.Paths.Cache("backbone")).Length > 4L * dimension * count);
        GC.KeepAlive(rows);
        Assert.NotNull(TaughtModel.Fit(rows, -1, some => LinearHead.Discriminant(some)));
        Assert.Equal(count, again.State.Count);
    }
}
