using System.Collections.Concurrent;
using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Recording;

/// <summary>Writes a recording's files on a thread of its own. What is added is copied; everything is added by one thread.</summary>
internal sealed class RecordingWriter : IDisposable
{
    /// <summary>Pictures that wait to be packed at most.</summary>
    private const int MostWaiting = 8;

    private enum Place { Frames, Events, Answers }

    private readonly record struct Item(Place Place, string Line, Picture? Picture, FrameStamp Stamp);

    private readonly string folder;
    private readonly bool mayWait;
    private readonly BlockingCollection<Item> queue = [];
    private readonly ConcurrentBag<Picture> spare = [];
    private readonly SemaphoreSlim room = new(MostWaiting);
    private readonly FileStream frames, events, answers;
    private readonly Thread thread;
    private volatile Exception? failure;

    /// <param name="folder">Made, with its recording.json.</param>
    /// <param name="mayWait">Whether a picture waits until there is room, or is left out of the recording.</param>
    /// <exception cref="LiveCamException">The files cannot be written.</exception>
    public RecordingWriter(string folder, bool mayWait)
    {
        (this.folder, this.mayWait) = (folder, mayWait);
        try
        {
            (frames, events, answers) = (Create(RecordingInfo.FramesIn(folder)), Create(RecordingInfo.EventsIn(folder)), Create(RecordingInfo.AnswersIn(folder)));
            frames.Write(FrameFile.Preamble);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
        thread = new Thread(Loop) { IsBackground = true, Name = "recording" };
        thread.Start();

        // Unbuffered: what was written is the file's even when the program is killed.
        static FileStream Create(string file) => new(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Pictures that were left out because the disk or the packing is slower than the source.</summary>
    public long LeftOut { get; private set; }

    /// <exception cref="LiveCamException">Writing failed since the last call.</exception>
    public void Add(Picture picture, FrameStamp stamp)
    {
        if (failure is { } error) throw Failed(error);
        if (!room.Wait(mayWait ? Timeout.Infinite : 0))
        {
            LeftOut++;
            return;
        }
        if (!spare.TryTake(out Picture? copy) || copy.Width != picture.Width || copy.Height != picture.Height || copy.Format != picture.Format)
            copy = new Picture(picture.Width, picture.Height, picture.Format);
        picture.Bytes.CopyTo(copy.Bytes, 0);
        queue.Add(new(Place.Frames, "", copy, stamp));
    }

    /// <param name="line">Ends in a line feed.</param>
    public void AddEvent(string line) => queue.Add(new(Place.Events, line, null, default));

    /// <param name="line">Ends in a line feed.</param>
    public void AddAnswer(string line) => queue.Add(new(Place.Answers, line, null, default));

    /// <summary>Writes what is waiting and closes the files.</summary>
    /// <exception cref="LiveCamException">Writing failed.</exception>
    public void Finish()
    {
        queue.CompleteAdding();
        thread.Join();
        if (failure is { } error) throw Failed(error);
    }

    public void Dispose()
    {
        if (!queue.IsAddingCompleted) queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
        room.Dispose();
    }

    private void Loop()
    {
        using FileStream framesFile = frames, eventsFile = events, answersFile = answers;
        using var packed = new MemoryStream();
        foreach (Item item in queue.GetConsumingEnumerable())
        {
            try
            {
                // After a failure the rest is taken and dropped, so that nobody waits for room.
                if (failure is null) Write(item, packed);
            }
            catch (Exception error)
            {
                failure = error;
            }
            if (item.Picture is null) continue;
            spare.Add(item.Picture);
            room.Release();
        }
    }

    private void Write(Item item, MemoryStream packed)
    {
        if (item.Picture is not null) frames.Write(FrameFile.Pack(item.Picture, item.Stamp, packed));
        else (item.Place == Place.Events ? events : answers).Write(System.Text.Encoding.UTF8.GetBytes(item.Line));
    }

    private LiveCamException Failed(Exception error) => new($"Recording into \"{folder}\": {error.Message.TrimEnd('.')}; what was written until then can be replayed.", error);
}
