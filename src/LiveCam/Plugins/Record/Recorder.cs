using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Text;
using LiveCam.Ui;

namespace LiveCam.Plugins.Record;

/// <summary>
/// Draws and encodes on a thread of its own. What is given is a draw list, copied into one of a few sheets that are used again: copying takes a
/// small part of the time that drawing it in software does. Everything is given by one thread.
/// </summary>
/// <param name="video">A video under way from the start, or null. Disposed of with the recorder.</param>
/// <param name="isLive">Whether somebody looks on: then a frame is dropped where all sheets are in use, and encoding comes behind whoever draws what people look at; else
/// a frame waits for a sheet.</param>
/// <param name="create">Starts a video file: its path, width, height and frames per second.</param>
internal sealed class Recorder(VideoWriter? video, bool isLive, Func<string, int, int, double, VideoWriter> create) : IDisposable
{
    private const int Sheets = 4;

    // How long a disk may take for what is still to be written.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Where files get new names: the current folder.</summary>
    public string Folder { get; init; } = "";

    private enum Task { Frames, Snapshot, Begin, End }

    private sealed class Sheet
    {
        public readonly Canvas Canvas = new();
        public readonly PictureCopies Pictures = new();
    }

    private readonly record struct Order(Task Task, Sheet? Sheet = null, int Times = 0, string? File = null, int Width = 0, int Height = 0, double Rate = 0, long Dropped = 0);

    private readonly object gate = new();
    private readonly Stack<Sheet> spare = new(Enumerable.Range(0, Sheets).Select(_ => new Sheet()));
    private readonly Queue<(string Sentence, bool IsComplaint)> news = [];
    private readonly SoftwareRasterizer rasterizer = new();
    private readonly Queue<Order> orders = [];
    private readonly BackgroundWorker worker = new("recorder", isBehind: isLive);
    private Action? carrying;
    private Picture? picture;
    private VideoWriter? video = video;
    private bool hasVideo = video is not null;

    /// <summary>Whether a video is under way or about to be.</summary>
    public bool HasVideo
    {
        get { lock (gate) return hasVideo; }
    }

    /// <summary>Frames of this video that were dropped because encoding was slower than the display.</summary>
    public long Dropped { get; private set; }

    /// <summary>What was saved or went wrong, once and oldest first.</summary>
    public bool TryTakeNews(out string sentence, out bool isComplaint)
    {
        lock (gate)
        {
            bool isThere = news.TryDequeue(out (string Sentence, bool IsComplaint) first);
            (sentence, isComplaint) = first;
            return isThere;
        }
    }

    /// <summary>Adds a frame to the video as often as given. In a live run it is dropped and counted where there is no room.</summary>
    /// <returns>Whether there was room.</returns>
    public bool Append(Canvas canvas, int times)
    {
        bool isTaken = Hand(canvas, new(Task.Frames, Times: times), waits: !isLive);
        if (!isTaken) Dropped += times;
        return isTaken;
    }

    /// <summary>Saves a picture; without a file's name under a new one, which is told.</summary>
    /// <returns>False in a live run where there was no room; try again in the next tick.</returns>
    public bool Snapshot(Canvas canvas, string? file = null, bool waits = false) => Hand(canvas, new(Task.Snapshot, File: file), waits || !isLive);

    /// <summary>Begins a video under a new name, which is told.</summary>
    public void Begin(int width, int height, double framesPerSecond)
    {
        Dropped = 0;
        lock (gate) hasVideo = true;
        Queue(new(Task.Begin, Width: width, Height: height, Rate: framesPerSecond));
    }

    /// <summary>Completes the video.</summary>
    public void End()
    {
        lock (gate) hasVideo = false;
        Queue(new(Task.End, Dropped: Dropped));
    }

    /// <summary>Writes what is waiting, completes a video, and ends.</summary>
    /// <exception cref="LiveCamException">Something could not be written and nobody was told yet, or the disk does not answer.</exception>
    public void Finish()
    {
        if (HasVideo) End();
        if (!Join()) throw new LiveCamException($"Writing the recording: the disk has not answered for {Patience.TotalSeconds:0} seconds; it was left unfinished.");
        while (TryTakeNews(out string sentence, out bool isComplaint))
            if (isComplaint) throw new LiveCamException(sentence);
    }

    public void Dispose() => Join();

    private bool Join()
    {
        worker.Post(Abandon);
        worker.Finish();
        return worker.Join(Patience);
    }

    private bool Hand(Canvas canvas, Order order, bool waits)
    {
        Sheet? sheet;
        lock (gate)
        {
            while (spare.Count == 0 && waits) Monitor.Wait(gate);
            if (!spare.TryPop(out sheet)) return false;
        }
        sheet.Canvas.Copy(canvas, sheet.Pictures);
        Queue(order with { Sheet = sheet });
        return true;
    }

    private void Queue(Order order)
    {
        lock (gate) orders.Enqueue(order);
        worker.Post(carrying ??= Carry);
    }

    private void Carry()
    {
        Order order;
        lock (gate) order = orders.Dequeue();
        try
        {
            Do(order);
        }
        catch (Exception error)
        {
            if (order.Task != Task.Snapshot) Abandon();
            Tell(Sentences.Of(error), isComplaint: true);
        }
        if (order.Sheet is null) return;
        lock (gate)
        {
            spare.Push(order.Sheet);
            Monitor.PulseAll(gate);
        }
    }

    private void Do(in Order order)
    {
        switch (order.Task)
        {
            case Task.Frames when video is not null:
                Picture frame = Draw(order.Sheet!.Canvas);
                for (int i = 0; i < order.Times; i++) video.Write(frame);
                break;
            case Task.Snapshot:
                string file = order.File ?? NewName(".png");
                ImageFile.Save(Draw(order.Sheet!.Canvas), file);
                if (order.File is null) Tell($"saved {file}");
                break;
            case Task.Begin:
                video = create(NewName(".mp4"), order.Width, order.Height, order.Rate);
                Tell($"recording {video.FilePath}");
                break;
            case Task.End when video is not null:
                using (VideoWriter ending = video)
                {
                    video = null;
                    if (ending.Frames == 0) break;
                    ending.Finish();
                    Tell($"saved {ending.FilePath}{Without(order.Dropped)}");
                }
                break;
        }
    }

    /// <summary>How a sentence about a video ends that lacks frames.</summary>
    public static string Without(long dropped) =>
        dropped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" without {dropped} {(dropped == 1 ? "frame" : "frames")}: encoding was slower than the display");

    private Picture Draw(Canvas canvas)
    {
        if (picture is null || picture.Width != canvas.Width || picture.Height != canvas.Height) picture = new Picture(canvas.Width, canvas.Height, PixelFormat.Rgba8);
        rasterizer.Render(canvas, picture);
        return picture;
    }

    /// <summary>Lets go of a video that cannot be completed; nothing of it stays.</summary>
    private void Abandon()
    {
        lock (gate) hasVideo = false;
        try
        {
            video?.Dispose();
        }
        catch (LiveCamException)
        {
            // Why it was let go of is told already.
        }
        video = null;
    }

    private void Tell(string sentence, bool isComplaint = false)
    {
        lock (gate) news.Enqueue((sentence, isComplaint));
    }

    private string NewName(string ending)
    {
        string stem = Path.Combine(Folder, "livecam-") + DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture), name = stem + ending;
        for (int i = 2; File.Exists(name); i++) name = $"{stem}-{i}{ending}";
        return name;
    }
}
