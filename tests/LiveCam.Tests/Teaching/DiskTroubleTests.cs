using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Training.Heads;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Teaching;

/// <summary>Full, read-only, gone, deleted by someone else, damaged: a clear sentence each, no damage, and the store goes on.</summary>
public sealed class DiskTroubleTests : IDisposable
{
    private readonly TestProject project = new();

    public void Dispose() => project.Dispose();

    private static void Settle(SampleStore store, Func<bool> until)
    {
        // Longer than the store's own look at the folders.
        for (long start = Stopwatch.GetTimestamp(); !until() && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20);) Thread.Sleep(20);
        Assert.True(until(), $"{store.State.Trouble} {store.State.Notice}");
    }

    /// <summary>A file system of its own for the project, of half a megabyte.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string folder;

        public SmallDisk(string folder)
        {
            this.folder = folder;
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsLinux() || !Mount("-t", "tmpfs", "-o", "size=512k", "tmpfs", folder)) throw Requirements.Missing("mount", "no right to mount a small file system");
        }

        public bool MakeReadOnly() => Mount("-o", "remount,ro", folder);

        public static bool Mount(params string[] arguments) => Run("mount", arguments);

        public void Dispose() => Run("umount", "-l", folder);

        private static bool Run(string program, params string[] arguments)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }

    [Fact]
    public void A_full_disk_is_told_nothing_is_damaged_and_with_space_again_it_goes_on()
    {
        using var disk = new SmallDisk(project.Folder);
        using (SampleStore store = project.Open())
        {
            int kept = 0;
            for (int i = 0; i < 200 && store.State.Trouble is null; i++)
            {
                store.Capture(TestProject.Picture(i, 96, 64), 0, 1, force: true);
                store.Settle();
                if (store.State.Last!.Kept is not null) kept++;
            }
            Assert.Equal($"Keeping a picture in \"background\": the disk that holds \"{project.Folder}\" is full; free some space and go on.", store.State.Trouble);
            Assert.Equal(store.State.Trouble, store.State.Last!.Reason);
            // It stays true, and said, while nothing is written.
            Thread.Sleep(2500);
            Assert.Contains("is full", store.State.Trouble);
            Assert.InRange(kept, 5, 100);
            Assert.Equal(kept, store.State.Count);
            File.Delete(store.PathOf(store.Samples()[0])!);
            File.Delete(store.PathOf(store.Samples()[1])!);
            File.Delete(store.PathOf(store.Samples()[2])!);
            TestProject.Keep(store, 0, 1, 999);
            Assert.NotNull(store.State.Last!.Kept);
            Assert.Null(store.State.Trouble);
        }
        project.AssertConsistent();
    }

    [Fact]
    public void A_project_on_a_read_only_disk_is_refused_with_a_sentence_and_not_touched()
    {
        using var disk = new SmallDisk(project.Folder);
        using (SampleStore store = project.Open()) TestProject.Keep(store, 0, 1, 1);
        string before = project.OnDisk();
        if (!disk.MakeReadOnly()) throw Requirements.Missing("mount", "no right to make a file system read-only");
        Assert.Equal($"Opening the project \"{project.Folder}\": \"{project.Folder}\" may not be written; change its permissions, or choose another folder.",
            Assert.Throws<LiveCamException>(() => project.Open()).Message);
        Assert.Equal(before, project.OnDisk());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_that_becomes_read_only_is_told_and_the_store_goes_on_when_it_is_not_any_more(bool isRights)
    {
        Exception error = isRights ? new UnauthorizedAccessException("Access to the path is denied.") : new IOException("Read-only file system", 30);
        var files = new FailingFiles(8, error);
        using (SampleStore store = project.Open(files))
        {
            TestProject.Keep(store, 0, 1, 1, 2, 3, 4, 5, 6);
            Assert.Equal($"Keeping a picture in \"background\": \"{project.Folder}\" may not be written; change its permissions, or choose another folder.", store.State.Trouble);
            store.Clear(0);
            store.Settle();
            Assert.StartsWith("Clearing a class: ", store.State.Trouble);
            files.IsMended = true;
            TestProject.Keep(store, 0, 1, 7);
            Assert.Null(store.State.Trouble);
        }
        project.AssertConsistent();
    }

    [Fact]
    public void A_project_folder_that_is_gone_is_told_not_made_anew_and_goes_on_when_it_is_back()
    {
        using SampleStore store = project.Open();
        TestProject.Keep(store, 0, 1, 1);
        Directory.Move(project.Folder, project["elsewhere"]);
        TestProject.Keep(store, 0, 1, 2);
        Assert.Equal($"Keeping a picture in \"background\": the project folder \"{project.Folder}\" is gone or another; put it back, or open another project.", store.State.Trouble);
        Assert.False(Directory.Exists(project.Folder));
        Directory.Move(project["elsewhere"], project.Folder);
        Settle(store, () => store.State.Trouble is null);
        TestProject.Keep(store, 0, 1, 3);
        Assert.Equal(2, store.State.Count);
    }

    [Fact]
    public void A_class_folder_deleted_by_someone_else_is_noticed_told_and_begun_anew()
    {
        using (SampleStore store = project.Open())
        {
            int cup = store.AddClass("cup");
            TestProject.Keep(store, cup, 1, 1, 2, 3);
            TestProject.Keep(store, 0, 2, 4);
            Directory.Delete(project.Paths.FolderOf("cup"), recursive: true);
            Settle(store, () => store.State.Find("cup")!.Count == 0);
            Assert.Equal("3 samples of \"cup\" were deleted by someone else.", store.State.Notice);
            Assert.Null(store.State.Trouble);
            // And at once, before anybody has looked.
            TestProject.Keep(store, cup, 3, 5);
            Directory.Delete(project.Paths.FolderOf("cup"), recursive: true);
            TestProject.Keep(store, cup, 3, 6);
            Assert.Equal(("background: 0002-000004.png; cup: 0003-000006.png", null), (TestProject.Contents(store), store.State.Trouble));
        }
        project.AssertConsistent();
    }

    [Fact]
    public void A_sample_deleted_or_put_there_by_another_program_while_running_is_noticed()
    {
        using (SampleStore store = project.Open())
        {
            TestProject.Keep(store, 0, 1, 1, 2);
            long version = store.State.Version;
            File.Delete(project.Paths.FileOf("background", "0001-000001.png"));
            Directory.CreateDirectory(Path.Combine(project.Paths.Samples, "spoon"));
            ImageFile.Save(TestProject.Picture(5), Path.Combine(project.Paths.Samples, "spoon", "mine.png"));
            Settle(store, () => TestProject.Contents(store) == "background: 0001-000002.png; spoon: mine.png");
            Assert.True(store.State.Version > version);
        }
        project.AssertConsistent();
    }

    /// <summary>Ten thousand with LIVECAM_TEST_ALL, else two hundred.</summary>
    [Fact]
    public void A_corrupt_png_among_many_is_left_out_with_a_sentence_and_everything_else_is_learned_from()
    {
        int count = Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1" ? 10_000 : 200;
        Directory.CreateDirectory(Path.Combine(project.Paths.Samples, "cup"));
        byte[][] pngs = [.. Enumerable.Range(0, 20).Select(i => ImageFile.Encode(TestProject.Picture(i, 24, 16), ".png"))];
        for (int i = 0; i < count; i++) File.WriteAllBytes(project.Paths.FileOf("cup", $"{i:D6}.png"), pngs[i % 20]);
        byte[] corrupt = [.. pngs[0]];
        corrupt[corrupt.Length / 2] ^= 0x10;
        string bad = project.Paths.FileOf("cup", $"{count / 2:D6}.png"), torn = project.Paths.FileOf("cup", $"{count / 3:D6}.png");
        File.WriteAllBytes(bad, corrupt);
        File.WriteAllBytes(torn, pngs[1][..^20]);
        using SampleStore store = project.Open();
        using var cache = new FeatureCache(project.Paths, "test", 2);
        List<string> damaged = [];
        FeatureRows rows = cache.Rows(store, id => id, (picture, features) => (features[0], features[1]) = (picture.Width, picture.Bytes[0]), damaged, default);
        Assert.Equal((count, count - 2), (store.State.Count, rows.Count));
        Assert.Equal(2, damaged.Count);
        Assert.StartsWith($"Reading the sample \"{torn}\": it ends after ", damaged[0]);
        Assert.Matches($"^Reading the sample \"{bad}\": the part at byte \\d+ is damaged: its check sum is [0-9a-f]+, but it says [0-9a-f]+. It is left out.$", damaged[1]);
        Assert.Equal(corrupt, File.ReadAllBytes(bad));
        Assert.NotNull(TaughtModel.Fit(rows, -1, some => new ClassMeans(some)));
    }

    [Fact]
    public void Every_changed_byte_of_a_png_is_found()
    {
        byte[] png = ImageFile.Encode(Scratch.Pattern(9, 7), ".png");
        Assert.Null(PngFile.Problem(png));
        for (int i = 8; i < png.Length; i++)
        {
            byte[] changed = [.. png];
            changed[i] ^= 0x04;
            Assert.NotNull(PngFile.Problem(changed));
            Assert.NotNull(PngFile.Problem(png.AsSpan(0, i)));
        }
    }

    [Fact]
    public void A_second_store_on_the_project_is_refused_until_the_first_is_gone()
    {
        using (project.Open())
            Assert.Equal($"Opening the project \"{project.Folder}\": another LiveCam has it open; close that one, or choose another folder.", Assert.Throws<LiveCamException>(() => project.Open()).Message);
        project.Open().Dispose();
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused_with_a_sentence()
    {
        File.WriteAllText(project.Folder, "");
        Assert.Contains("it is a file, but a project is a folder", Assert.Throws<LiveCamException>(() => project.Open()).Message);
    }
}
