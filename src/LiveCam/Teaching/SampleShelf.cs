using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Teaching;

/// <summary>A sample and a small picture of it.</summary>
public sealed record SmallSample(Sample Sample, Picture Picture);

/// <summary>Small pictures of each class's newest samples, read from the files on a thread of its own, or within the call for runs that have to repeat.</summary>
/// <param name="store">Stays the caller's; disposed of after this.</param>
public sealed class SampleShelf(SampleStore store, bool waits = false) : IDisposable
{
    /// <summary>Of a class.</summary>
    public const int Most = 48;

    private const int Side = 112;
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(60);

    private readonly CancellationTokenSource ending = new();
    private volatile IReadOnlyDictionary<int, IReadOnlyList<SmallSample>> shown = new Dictionary<int, IReadOnlyList<SmallSample>>();
    private Dictionary<int, SmallSample> known = [];
    private Thread? thread;
    private long seen = -1;

    /// <summary>What is there to show, by class; newest first. What was kept just now may not be there yet.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<SmallSample>> Of(TeachingState state)
    {
        if (waits)
        {
            store.Settle();
            Fill(store.State.Version);
        }
        else if (thread is null)
        {
            thread = new Thread(Loop) { IsBackground = true, Name = "small pictures" };
            thread.Start();
        }
        return shown;
    }

    private void Loop()
    {
        ThreadPriorities.Lower();
        while (!ending.Token.WaitHandle.WaitOne(Watch)) Fill(store.State.Version);
    }

    private void Fill(long version)
    {
        if (version == seen) return;
        seen = version;
        Dictionary<int, SmallSample> next = [];
        Dictionary<int, IReadOnlyList<SmallSample>> all = [];
        foreach (IGrouping<int, Sample> one in store.Samples().GroupBy(sample => sample.Class))
        {
            List<SmallSample> row = [];
            foreach (Sample sample in one.TakeLast(Most).Reverse())
            {
                if (ending.IsCancellationRequested) return;
                if ((known.GetValueOrDefault(sample.Id) ?? Load(sample)) is not { } small) continue;
                row.Add(small);
                next[sample.Id] = small;
            }
            all[one.Key] = row;
        }
        (known, shown) = (next, all);
    }

    /// <summary>A sample's picture, every n-th pixel of it; null where it cannot be read, which the learner tells.</summary>
    private SmallSample? Load(Sample sample)
    {
        try
        {
            if (store.PathOf(sample) is not { } path) return null;
            Picture picture = PngFile.Load(path);
            int by = Math.Max(1, Math.Max(picture.Width, picture.Height) / Side);
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
        thread?.Join();
        ending.Dispose();
    }
}
