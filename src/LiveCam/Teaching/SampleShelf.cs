using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Teaching;

/// <summary>A sample and a small picture of it.</summary>
public sealed record SmallSample(Sample Sample, Picture Picture);

/// <summary>Small pictures of a class's samples, newest first, from some place on.</summary>
/// <param name="First">The place of the first one; 0 is the newest sample's.</param>
public sealed record ShelfRow(int First, IReadOnlyList<SmallSample> Samples)
{
    public static ShelfRow Empty { get; } = new(0, []);

    /// <summary>The sample at a place; null where it is not among them.</summary>
    public SmallSample? At(int place) => place >= First && place < First + Samples.Count ? Samples[place - First] : null;
}

/// <summary>Rows of small pictures by class: a long one of the class that is looked at, and the newest of each other.</summary>
public sealed class ShelfRows(IReadOnlyDictionary<int, ShelfRow> rows)
{
    public static ShelfRows Empty { get; } = new(new Dictionary<int, ShelfRow>());

    public ShelfRow this[int classId] => rows[classId];

    /// <summary>A class's row; null where it has no samples, or they were not read yet.</summary>
    public ShelfRow? Find(int classId) => rows.GetValueOrDefault(classId);
}

/// <summary>
/// Small pictures: a row of one class's samples, and the newest of each other class; read from the files on a thread of its own, or within the call for runs that have to
/// repeat. However many samples there are, it holds one row and a picture for each class.
/// </summary>
/// <param name="store">Stays the caller's; disposed of after this.</param>
public sealed class SampleShelf(SampleStore store, bool waits = false) : IDisposable
{
    /// <summary>Pictures of a row.</summary>
    public const int Most = 48;

    /// <summary>Most pixels of a picture's side.</summary>
    private const int Side = 112;
    private readonly record struct Wish(long Version, int Class, int First);

    private readonly CancellationTokenSource ending = new();
    private volatile ShelfRows shown = ShelfRows.Empty;
    private readonly Lock gate = new();
    private Dictionary<int, SmallSample> known = [];
    private readonly BackgroundWorker worker = new("small pictures", isBehind: true);
    private Wish wanted = new(-1, -1, -1), seen = new(-1, -1, -1);

    /// <summary>What is there to show, by class. What was kept or asked for just now may not be there yet.</summary>
    /// <param name="classId">The class of the row.</param>
    /// <param name="first">The place of the row's first sample.</param>
    public ShelfRows Of(int classId, int first)
    {
        if (waits) store.Settle();
        var now = new Wish(store.State.Version, classId, first);
        bool isOther;
        lock (gate) (isOther, wanted) = (now != wanted, now);
        if (waits) Fill();
        else if (isOther) worker.Post(Fill);
        return shown;
    }

    private void Fill()
    {
        Wish wish;
        lock (gate) wish = wanted;
        if (wish == seen || ending.IsCancellationRequested) return;
        seen = wish;
        Dictionary<int, SmallSample> next = [];
        Dictionary<int, ShelfRow> all = [];
        foreach ((int id, IReadOnlyList<Sample> samples) in store.Newest(wish.Class, wish.First, Most))
        {
            List<SmallSample> row = [];
            foreach (Sample sample in samples)
            {
                if (ending.IsCancellationRequested) return;
                if ((known.GetValueOrDefault(sample.Id) ?? Load(sample)) is not { } small) continue;
                row.Add(small);
                next[sample.Id] = small;
            }
            all[id] = new(id == wish.Class ? wish.First : 0, row);
        }
        (known, shown) = (next, new(all));
    }

    /// <summary>A sample's picture, every n-th pixel of it; null where it cannot be read, which the learner tells.</summary>
    private SmallSample? Load(Sample sample)
    {
        try
        {
            if (store.PathOf(sample) is not { } path) return null;
            Picture picture = PngFile.Load(path);
            int by = (Math.Max(picture.Width, picture.Height) + Side - 1) / Side;
            return new(sample, by == 1 ? picture : Small(picture, by));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or LiveCamException)
        {
            return null;
        }
    }

    private static Picture Small(Picture picture, int by)
    {
        var small = new Picture(picture.Width / by, picture.Height / by, picture.Format);
        int pixel = picture.BytesPerPixel;
        for (int y = 0; y < small.Height; y++)
        {
            ReadOnlySpan<byte> from = picture.Row(y * by + by / 2);
            Span<byte> to = small.Row(y);
            for (int x = 0; x < small.Width; x++) from.Slice((x * by + by / 2) * pixel, pixel).CopyTo(to[(x * pixel)..]);
        }
        return small;
    }

    public void Dispose()
    {
        ending.Cancel();
        worker.Dispose();
        ending.Dispose();
    }
}
