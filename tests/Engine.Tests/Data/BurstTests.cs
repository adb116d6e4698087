using LiveCam.Engine.Data;

namespace LiveCam.Engine.Tests.Data;

public sealed class BurstTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cat", true, "20260105-102231_001 20260105-102231_002", "20260105-102244_001")]
    [InlineData("cat", true, "kitchen-1 kitchen-2", "garden-1")]
    [InlineData("cat", true, "burst3.0001 burst3.0002")]
    [InlineData("cat", false, "IMG_0001 IMG_0002")]
    [InlineData("cat", false, "0001 0002")]
    [InlineData("n01440764", false, "n01440764_10026 n01440764_10027")]
    [InlineData("cat", false, "20260105_102231 20260105_102244")]
    [InlineData("cat", false, "a b")]
    public void Names_tell_bursts(string own, bool together, string alike, string? other = null)
    {
        string[] names = alike.Split(' ');
        foreach (string name in names) folder.WritePicture($"{own}/{name}.png", 1);
        if (other is not null) folder.WritePicture($"{own}/{other}.png", 1);
        DataSet set = folder.Open().Train!;
        string?[] bursts = [.. Enumerable.Range(0, set.Count).Where(i => names.Contains(Path.GetFileNameWithoutExtension(set.NameOf(i)))).Select(set.Burst)];
        Assert.Equal(together, bursts[0] is not null && bursts[0] == bursts[1]);
        if (other is not null) Assert.DoesNotContain(set.Burst(Enumerable.Range(0, set.Count).Single(i => set.NameOf(i).Contains(other))), bursts);
    }

    [Fact]
    public void A_journal_knows_better_than_names_and_may_be_torn()
    {
        foreach (string name in (string[])["a", "b", "c"]) folder.WritePicture($"cat/{name}.png", 1);
        folder.WriteText("journal.jsonl", "{\"file\":\"cat/a.png\",\"burst\":\"7\"}\n{\"event\":\"opened\"}\n{\"file\":\"cat/b.png\",\"burst\":7}\n[]\n{\"file\":\"cat/c.p");
        DataSet set = folder.Open().Train!;
        Assert.Equal(["7", "7", null], Enumerable.Range(0, 3).Select(set.Burst));
    }

    [Fact]
    public void No_split_parts_a_burst_and_all_samples_stay()
    {
        var random = new Random(5);
        foreach (string own in (string[])["cat", "dog", "eel"])
            for (int burst = 0; burst < 12; burst++)
                for (int frame = random.Next(1, 9); frame > 0; frame--)
                    folder.WritePicture($"{own}/take{burst}_{frame}.png", 1);
        DataParts whole = folder.Open();
        for (ulong seed = 0; seed < 20; seed++)
        {
            DataParts parts = whole.Split(0.2, 0.2, seed);
            DataSet[] sets = [parts.Train!, parts.Validation!, parts.Test!];
            Assert.Equal(Enumerable.Range(0, whole.Train!.Count).Select(whole.Train.NameOf).Order(), sets.SelectMany(Names).Order());
            List<HashSet<string>> bursts = [.. sets.Select(set => Enumerable.Range(0, set.Count).Select(i => set.Burst(i)!).ToHashSet())];
            Assert.Empty(bursts[0].Intersect(bursts[1]).Union(bursts[0].Intersect(bursts[2])).Union(bursts[1].Intersect(bursts[2])));
            Assert.Equal(36, bursts.Sum(set => set.Count));
            Assert.Equal(3, Enumerable.Range(0, parts.Train!.Count).Select(i => parts.Train.Labels(i)[0]).Distinct().Count());
            Assert.Equal(sets.SelectMany(Names), ((DataSet[])[.. Parts(whole.Split(0.2, 0.2, seed))]).SelectMany(Names));
        }
        Assert.NotEqual(Names(whole.Split(0.2, 0.2, 1).Test!), Names(whole.Split(0.2, 0.2, 2).Test!));
    }

    [Fact]
    public void Each_class_gives_its_share()
    {
        for (int i = 0; i < 100; i++) folder.WritePicture($"{(i < 80 ? "many" : "few")}/p{(char)('a' + i % 26)}{(char)('a' + i / 26)}.png", 1);
        DataParts parts = folder.Open().Split(0, 0.25, 3);
        Assert.Equal([5, 20], IdxTests.Histogram(parts.Test!));
        Assert.Equal([15, 60], IdxTests.Histogram(parts.Train!));
        Assert.Null(parts.Validation);
    }

    [Fact]
    public void A_class_of_one_burst_is_for_learning()
    {
        foreach (string name in (string[])["cat/t1_1", "cat/t1_2", "dog/a", "dog/b", "dog/c", "dog/d"]) folder.WritePicture(name + ".png", 1);
        DataParts parts = folder.Open().Split(0, 0.5, 3);
        Assert.Equal([2, 2], IdxTests.Histogram(parts.Train!));
        Assert.Equal([0, 2], IdxTests.Histogram(parts.Test!));
    }

    private static IEnumerable<DataSet> Parts(DataParts parts) => [parts.Train!, parts.Validation!, parts.Test!];

    private static IEnumerable<string> Names(DataSet set) => Enumerable.Range(0, set.Count).Select(set.NameOf);
}
