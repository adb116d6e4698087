using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Recording;

/// <summary>Writes a recording's files on a thread of its own. What is added is copied; everything is added by one thread.</summary>
internal sealed class RecordingWriter : IDisposable
{
    /// <summary>Pictures that wait to be packed at most.</summary>
    private const int MostWaiting = 8;

    private readonly string folder;
    private readonly bool mayWait;
    private readonly PicturePool pictures = new(MostWaiting);
    private readonly BackgroundWorker worker = new("recording");
    private readonly MemoryStream packed = new();
    private readonly FileStream frames, events, answers;
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
        // Unbuffered: what was written is the file's even when the program is killed.
        static FileStream Create(string file) => new(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Pictures that were left out because the disk or the packing is slower than the source.</summary>
    public long LeftOut { get; private set; }

    /// <exception cref="LiveCamException">Writing failed since the last call.</exception>
    public void Add(Picture picture, FrameStamp stamp)
    {
        if (failure is { } error) throw Failed(error);
        if (pictures.Copy(picture, mayWait) is not { } copy)
        {
            LeftOut++;
            return;
        }
        worker.Post(() =>
        {
            Write(() => frames.Write(FrameFile.Pack(copy, stamp, packed)));
            pictures.Return(copy);
        });
    }

    /// <param name="line">Ends in a line feed.</param>
    public void AddEvent(string line) => Add(events, line);

    /// <param name="line">Ends in a line feed.</param>
    public void AddAnswer(string line) => Add(answers, line);

    /// <summary>Writes what is waiting and closes the files.</summary>
    /// <exception cref="LiveCamException">Writing failed.</exception>
    public void Finish()
    {
        Dispose();
        if (failure is { } error) throw Failed(error);
    }

    public void Dispose()
    {
        worker.Dispose();
        foreach (FileStream file in (FileStream[])[frames, events, answers]) file.Dispose();
        pictures.Dispose();
    }

    private void Add(FileStream file, string line) => worker.Post(() => Write(() => file.Write(Encoding.UTF8.GetBytes(line))));

    /// <summary>After a failure the rest is taken and dropped, so that nobody waits for room.</summary>
    private void Write(Action write)
    {
        try
        {
            if (failure is null) write();
        }
        catch (Exception error)
        {
            failure = error;
        }
    }

    private LiveCamException Failed(Exception error) => new($"Recording into \"{folder}\": {error.Message.TrimEnd('.')}; what was written until then can be replayed.", error);
}
