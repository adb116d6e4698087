using LiveCam.Engine.Vision;

namespace LiveCam.Plugins.Capture;

/// <summary>A picture and what is known of it.</summary>
internal struct Grab
{
    public Picture? Picture;

    /// <summary>The media clock of files; of live sources the time since capturing began.</summary>
    public TimeSpan Time;

    /// <summary>Among all that were captured, from 0.</summary>
    public long Number;

    /// <summary>The file it came from, where each picture has its own; else null.</summary>
    public string? File;

    /// <summary>When it arrived, in Stopwatch ticks.</summary>
    public long Arrived;

    /// <summary>What reading, decoding and turning it took; of a live source that includes the wait for it.</summary>
    public TimeSpan Took;
}
