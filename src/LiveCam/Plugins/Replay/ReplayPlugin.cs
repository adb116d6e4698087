using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Input;
using LiveCam.Recording;

namespace LiveCam.Plugins.Replay;

/// <summary>A recording in place of the camera and the window: the same pictures, with the events in the ticks they happened in. Or, for who watches it, at the
/// pace it was recorded, with keys and mouse of one's own.</summary>
internal sealed class ReplayPlugin : Plugin
{
    private readonly FileStream file;
    private readonly Queue<ScriptLine> events;
    private readonly string folder;
    private byte[] buffer = [];
    private Picture? held, next;
    private FrameStamp stamp;
    private readonly bool isWatched;
    private bool hasNext, isOver;
    private (TimeSpan Loop, TimeSpan Recording)? begun;
    private long number = -1, frames, place;

    /// <param name="folder">A recording.</param>
    /// <param name="limit">Pictures to replay at most.</param>
    /// <param name="isWatched">Whether somebody looks on: pictures come when it is their time, and the last one stays.</param>
    /// <exception cref="LiveCamException">It holds no whole picture, or its files cannot be read.</exception>
    public ReplayPlugin(string folder, long limit, bool isWatched = false)
    {
        (this.folder, Limit, this.isWatched) = (folder, limit, isWatched);
        string path = RecordingInfo.FramesIn(folder);
        try
        {
            file = PlainFile.OpenRead(path, FileShare.ReadWrite);
            Span<byte> preamble = stackalloc byte[FrameFile.Preamble.Length];
            bool isWhole = file.ReadAtLeast(preamble, preamble.Length, throwOnEndOfStream: false) == preamble.Length && preamble.SequenceEqual(FrameFile.Preamble);
            hasNext = isWhole && FrameFile.TryRead(file, ref buffer, ref next, out stamp);
            string script = RecordingInfo.EventsIn(folder);
            events = new(File.Exists(script) ? Script.Load(script, mayBeCut: true) : []);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is not (IOException or UnauthorizedAccessException)) throw;
            throw new LiveCamException($"Reading the recording \"{folder}\": {e.Message.TrimEnd('.')}.", e);
        }
        if (hasNext) return;
        file.Dispose();
        throw new LiveCamException($"Reading the recording \"{folder}\": frames.bin holds no whole picture; the run that made it ended before its first one was written.");
    }

    private long Limit { get; }

    public override string Name => "replay";
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent)];
    public override IReadOnlyList<Type> Writes => [typeof(Picture), typeof(WindowEvent)];

    /// <summary>A tick is that of the next picture, or one between two pictures that had events.</summary>
    public override void Update(Frame frame)
    {
        if (isWatched)
        {
            Watch(frame);
            return;
        }
        if (events.TryPeek(out ScriptLine first) && (first.Frame < stamp.Number || !hasNext) && (first.Frame <= number || hasNext))
        {
            frame.Now = first.At;
            Emit(frame, first.Frame ?? number, first.Step);
            return;
        }
        if (!hasNext || frames == Limit)
        {
            // Of a run that was killed the last frame is cut, and nothing follows.
            if (!hasNext && FrameFile.IsDamaged(file, place))
                throw new LiveCamException($"Reading the recording \"{folder}\": frames.bin is damaged behind its {frames} first pictures, {file.Length - place} bytes before its end; what follows is not replayed.");
            frame.HasEnded = true;
            return;
        }
        frame.Now = stamp.Now;
        Show(frame);
        Emit(frame, number, step: 0);
        Read();
    }

    private void Watch(Frame frame)
    {
        if (!hasNext || frames == Limit)
        {
            if (!isOver) Say("the recording is over; Q ends the program");
            isOver = true;
            return;
        }
        begun ??= (frame.Now, stamp.Time);
        if (frame.Now - begun.Value.Loop < stamp.Time - begun.Value.Recording) return;
        Show(frame);
        Read();
    }

    private void Show(Frame frame)
    {
        (held, next) = (next, held);
        (frame.Picture, frame.Number, frame.Time) = (held, stamp.Number, stamp.Time);
        (frame.IsNew, frame.Arrived) = (true, Stopwatch.GetTimestamp());
        frames++;
        number = stamp.Number;
    }

    private void Read()
    {
        place = file.Position;
        hasNext = FrameFile.TryRead(file, ref buffer, ref next, out stamp);
        if (!hasNext) stamp = new(long.MaxValue, default, default);
    }

    public override void Unload() => file.Dispose();

    private void Emit(Frame frame, long of, int step)
    {
        while (events.TryPeek(out ScriptLine line) && (line.Frame ?? of) == of && line.Step == step) frame.Events.Add(events.Dequeue().Event);
    }
}
