using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Tests.Record;

/// <summary>A video file that is as slow and as broken as a test wants; frames are counted by the first byte of their middle pixel.</summary>
internal sealed class GivenWriter(string path, int width, int height, double framesPerSecond) : VideoWriter(path, path + ".part", width, height, framesPerSecond)
{
    /// <summary>Held by a frame for as long as this is not set.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    /// <summary>The frame that fails, or -1.</summary>
    public long FailsAt { get; set; } = -1;

    public List<byte> Middles { get; } = [];

    public int Threads { get; private set; }

    protected override void Append(Picture frame)
    {
        Gate.Wait();
        if (Middles.Count == FailsAt) throw new LiveCamException($"Writing the video \"{FilePath}\": the disk is full.");
        Threads |= 1 << Environment.CurrentManagedThreadId;
        Middles.Add(frame.Row(frame.Height / 2)[frame.Width / 2 * 4]);
        if (Middles.Count == 1) File.WriteAllText(FilePath + ".part", "frames");
    }

    protected override void Close() { }

    protected override void Verify(string file) { }
}
