using LiveCam.Engine.Vision;
using LiveCam.Teaching;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Teaching;

/// <summary>A project's folder that is gone afterwards; in memory where the system has such a place, so that flushing costs nothing.</summary>
internal sealed class TestProject : IDisposable
{
    private const string Memory = "/dev/shm";

    public string Base { get; } = Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"livecam-test-{Guid.NewGuid():N}");
    public string Folder => Path.Combine(Base, "project");
    public ProjectFolder Paths => new(Folder);

    public TestProject() => Directory.CreateDirectory(Base);

    public string this[string name] => Path.Combine(Base, name);

    public SampleStore Open(SampleFiles? files = null, GateLimits? limits = null) => SampleStore.Open(Folder, files ?? new SampleFiles(), limits);

    public void Dispose() => Directory.Delete(Base, recursive: true);

    /// <summary>A small picture that passes every gate, another for each number.</summary>
    public static Picture Picture(int number, int width = 48, int height = 32) => Scratch.Noise(width, height, PixelFormat.Bgr8, number + 1);

    /// <summary>Keeps pictures whatever the gate says, and waits for them.</summary>
    public static void Keep(SampleStore store, int classId, int burst, params ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
        {
            Assert.NotEqual(0, store.Capture(Picture(number), classId, burst, force: true));
            store.Settle();
        }
    }

    /// <summary>Class names with their samples' names, as the store says.</summary>
    public static string Contents(SampleStore store) => string.Join("; ", store.State.Classes.Select(one =>
        $"{one.Name}: {string.Join(' ', store.Samples().Where(sample => sample.Class == one.Id).Select(sample => sample.Name).Order(StringComparer.Ordinal))}"));

    /// <summary>The same of the folders, of classes that have samples; every file read and compared with its check sums.</summary>
    public string OnDisk()
    {
        List<string> classes = [];
        foreach (string folder in Directory.GetDirectories(Paths.Samples).Order(StringComparer.Ordinal))
        {
            string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
            foreach (string file in files) PngFile.Load(file);
            if (files.Length > 0) classes.Add($"{Path.GetFileName(folder)}: {string.Join(' ', files.Select(Path.GetFileName))}");
        }
        return string.Join("; ", classes);
    }

    /// <summary>Asserts that folders, journal and store agree, that nothing is half written, and that opening once more changes nothing.</summary>
    public void AssertConsistent()
    {
        string contents;
        using (SampleStore store = Open())
        {
            contents = Contents(store);
            Assert.Null(store.State.Trouble);
            Assert.Equal(OnDisk(), string.Join("; ", contents.Split("; ").Where(one => !one.EndsWith(": ")).Order(StringComparer.Ordinal)));
        }
        byte[] journal = File.ReadAllBytes(Paths.Journal);
        Assert.Empty(Directory.GetFiles(Folder, $"*{ProjectFolder.Partial}*", SearchOption.AllDirectories));
        using SampleStore again = Open();
        Assert.Equal((contents, null), (Contents(again), again.State.Notice));
        Assert.Equal(journal, File.ReadAllBytes(Paths.Journal));
    }
}

/// <summary>A disk on which something goes wrong: from the n-th change on, or with it alone.</summary>
internal sealed class FailingFiles(int from, Exception? error, bool once = false) : SampleFiles
{
    public int Changes { get; private set; }

    /// <summary>Whether the error is over.</summary>
    public bool IsMended { get; set; }

    protected override void Create(string path, ReadOnlySpan<byte> bytes) => Change(bytes, part => base.Create(path, part));
    public override void Append(string path, long length, ReadOnlySpan<byte> bytes) => Change(bytes, part => base.Append(path, length, part));
    public override void Move(string from, string to, bool replace = false) => Change([], _ => base.Move(from, to, replace));
    public override void MakeFolder(string path) => Change([], _ => base.MakeFolder(path));
    public override void Delete(string path) => Change([], _ => base.Delete(path));

    private delegate void Doing(ReadOnlySpan<byte> part);

    /// <summary>The failing change gets half of its bytes written; without an error nothing is done from then on, as after a kill.</summary>
    private void Change(ReadOnlySpan<byte> bytes, Doing doing)
    {
        int number = Changes++;
        if (IsMended || number < from || (once && number > from))
        {
            doing(bytes);
            return;
        }
        if (number == from && bytes.Length > 0) doing(bytes[..(bytes.Length / 2)]);
        if (error is not null) throw error;
    }
}
