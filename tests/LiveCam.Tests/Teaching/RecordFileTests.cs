using LiveCam.Engine.Training.Heads;
using LiveCam.Platform;
using LiveCam.Teaching;

namespace LiveCam.Tests.Teaching;

/// <summary>The cache: whole up to any byte, nothing believed that is damaged, little memory.</summary>
public sealed class RecordFileTests : IDisposable
{
    private const int Data = 12;
    private readonly TestProject project = new();

    public void Dispose() => project.Dispose();

    private string Path => project["records.bin"];

    private static RecordStamp Stamp(int id) => new(id, 100 + id, 1_000_000 + id);
    private static byte[] Bytes(int id) => [.. Enumerable.Range(0, Data).Select(i => (byte)(id * 17 + i))];

    private byte[] Written(int count)
    {
        using (var file = new RecordFile(Path, "key", Data))
            for (int id = 0; id < count; id++) file.Append(Stamp(id), Bytes(id));
        return File.ReadAllBytes(Path);
    }

    private static int Whole(RecordFile file, int count)
    {
        int whole = 0;
        for (int id = 0; id < count; id++)
        {
            if (!file.TryFind(Stamp(id), out int row)) continue;
            var data = new byte[Data];
            file.Read(row, data);
            Assert.Equal(Bytes(id), data);
            whole++;
        }
        return whole;
    }

    [Fact]
    public void A_file_cut_at_any_byte_has_the_whole_records_before_it_and_takes_more()
    {
        byte[] all = Written(4);
        int record = (all.Length - 64) / 4;
        for (int cut = 0; cut <= all.Length; cut++)
        {
            File.WriteAllBytes(Path, all[..cut]);
            int before = Math.Max(0, cut - 64) / record;
            using (var file = new RecordFile(Path, "key", Data))
            {
                Assert.Equal(before, Whole(file, 4));
                file.Append(Stamp(9), Bytes(9));
            }
            using var again = new RecordFile(Path, "key", Data);
            Assert.Equal(before + 1, Whole(again, 10));
        }
    }

    [Fact]
    public void A_changed_byte_costs_its_own_record_only()
    {
        byte[] all = Written(4);
        int record = (all.Length - 64) / 4;
        for (int at = 64; at < all.Length; at++)
        {
            byte[] damaged = [.. all];
            damaged[at] ^= 0x20;
            File.WriteAllBytes(Path, damaged);
            using var file = new RecordFile(Path, "key", Data);
            Assert.Equal(3, Whole(file, 4));
            Assert.False(file.TryFind(Stamp((at - 64) / record), out _));
        }
    }

    [Fact]
    public void Another_key_another_size_and_a_file_that_changed_are_not_found()
    {
        Written(3);
        using (var file = new RecordFile(Path, "key", Data))
        {
            Assert.False(file.TryFind(Stamp(1) with { FileTicks = 5 }, out _));
            Assert.False(file.TryFind(Stamp(1) with { FileBytes = 5 }, out _));
            file.Append(Stamp(1) with { FileTicks = 5 }, Bytes(1));
            Assert.True(file.TryFind(Stamp(1) with { FileTicks = 5 }, out _));
            Assert.False(file.TryFind(Stamp(1), out _));
        }
        using (var file = new RecordFile(Path, "other", Data)) Assert.Equal(0, file.Count);
        Written(3);
        using (var file = new RecordFile(Path, "other", Data + 4)) Assert.Equal(0, file.Count);
    }

    [Fact]
    public void Features_are_computed_once_survive_reopening_undo_and_renaming_and_anew_for_a_changed_file()
    {
        int computed = 0;
        int Rows(SampleStore store, out FeatureRows rows)
        {
            computed = 0;
            using var cache = new FeatureCache(project.Paths, "backbone", 3);
            rows = cache.Rows(store, id => id, (picture, features) =>
            {
                computed++;
                for (int i = 0; i < 3; i++) features[i] = picture.Bytes[i];
            }, [], default);
            foreach (int row in Enumerable.Range(0, rows.Count))
            {
                var features = new float[3];
                rows.Read(row, features);
                Assert.Equal(ImageFile.Load(store.PathOf(store.Samples()[row])!).Bytes.Take(3).Select(x => (float)x), features);
            }
            return computed;
        }
        using (SampleStore store = project.Open())
        {
            int cup = store.AddClass("cup");
            TestProject.Keep(store, cup, 1, 1, 2);
            TestProject.Keep(store, 0, 2, 3);
            Assert.Equal(3, Rows(store, out FeatureRows rows));
            Assert.Equal([(1, 1), (1, 1), (0, 2)], Enumerable.Range(0, 3).Select(i => (rows.Label(i), rows.Burst(i))));
            store.Delete(2);
            store.Undo();
            store.RenameClass(cup, "mug");
            store.Settle();
            Assert.Equal(0, Rows(store, out _));
        }
        using (SampleStore store = project.Open())
        {
            Assert.Equal(0, Rows(store, out _));
            File.WriteAllBytes(store.PathOf(store.Samples()[1])!, ImageFile.Encode(TestProject.Picture(8), ".png"));
            Assert.Equal(1, Rows(store, out _));
        }
    }
}
