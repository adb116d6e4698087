using System.Text;
using LiveCam.Teaching;

namespace LiveCam.Tests.Teaching;

/// <summary>The journal torn, damaged and missing; folders changed by others. Pictures are never lost to it.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TestProject project = new();

    public void Dispose() => project.Dispose();

    private void Fill()
    {
        using SampleStore store = project.Open();
        int cup = store.AddClass("cup");
        TestProject.Keep(store, cup, store.NewBurst(), 1, 2);
        TestProject.Keep(store, 0, store.NewBurst(), 3);
        store.Delete(1);
        store.RecolorClass(cup, 0x102030);
    }

    [Fact]
    public void A_journal_cut_at_any_byte_still_opens_with_every_picture_that_was_not_deleted()
    {
        Fill();
        byte[] whole = File.ReadAllBytes(project.Paths.Journal);
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(project.Paths.Journal, whole[..cut]);
            using SampleStore store = project.Open();
            Assert.Null(store.State.Trouble);
            string[] names = [.. store.Samples().Select(one => one.Name)];
            Assert.Contains("0001-000002.png", names);
            Assert.Contains("0002-000003.png", names);
            Assert.Equal([1, 2], store.Samples().Where(one => one.Name[..5] is "0001-" or "0002-").Select(one => one.Burst).Distinct().Order());
            // Deleted before the line that says so was cut off: back in its place, or still out.
            Assert.Equal(names.Contains("0001-000001.png"), File.Exists(project.Paths.FileOf("cup", "0001-000001.png")));
            Put();
        }

        // The deleted picture out again, as it was.
        void Put()
        {
            if (!File.Exists(project.Paths.FileOf("cup", "0001-000001.png"))) return;
            Directory.CreateDirectory(Path.Combine(project.Paths.Removed, "cup"));
            File.Move(project.Paths.FileOf("cup", "0001-000001.png"), project.Paths.RemovedFileOf("cup", "0001-000001.png"));
        }
    }

    [Fact]
    public void What_is_written_after_a_torn_line_is_read_again()
    {
        Fill();
        File.AppendAllText(project.Paths.Journal, "{\"do\":\"add\",\"id\":9,\"cla");
        using (SampleStore store = project.Open()) TestProject.Keep(store, 0, store.NewBurst(), 9);
        project.AssertConsistent();
        Assert.DoesNotContain("\"cla{", File.ReadAllText(project.Paths.Journal));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{\"do\":\"add\",\"id\":\"x\"}")]
    [InlineData("{\"do\":\"add\",\"id\":7,\"class\":1,\"name\":\"../../escape.png\"}")]
    [InlineData("{\"do\":\"class\",\"class\":5,\"name\":\"..\"}")]
    [InlineData("{\"do\":\"fly\"}")]
    [InlineData("[1,2]")]
    [InlineData("{\"do\":\"remove\",\"ids\":[1,null]}")]
    public void A_damaged_line_is_told_and_left_out_and_its_picture_is_found_in_its_folder(string line)
    {
        Fill();
        string[] lines = File.ReadAllLines(project.Paths.Journal);
        int at = Array.FindIndex(lines, text => text.Contains("0001-000002.png"));
        lines[at] = line;
        File.WriteAllText(project.Paths.Journal, string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        using SampleStore store = project.Open();
        Assert.Contains("0001-000002.png", store.Samples().Select(one => one.Name));
        Assert.StartsWith("1 lines of", store.State.Notice);
        Assert.Null(store.State.Trouble);
    }

    [Fact]
    public void Without_a_journal_the_folders_are_the_samples()
    {
        Directory.CreateDirectory(Path.Combine(project.Paths.Samples, "cup"));
        for (int i = 0; i < 3; i++) LiveCam.Platform.ImageFile.Save(TestProject.Picture(i), Path.Combine(project.Paths.Samples, "cup", $"IMG_{i}.jpg"));
        using SampleStore store = project.Open();
        Assert.Equal(3, store.State.Find("cup")!.Count);
        Assert.Equal("3 samples found in \"cup\".", store.State.Notice);
        Assert.Equal(3, store.Samples().Select(one => one.Burst).Distinct().Count());
    }
}
