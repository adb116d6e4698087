using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>
/// An open source of pictures: a camera, a video file, a stream, a folder, or a test pattern. One thread at a time uses
/// it, and the same thread (or one that has joined it) disposes of it.
/// </summary>
public abstract class Camera : IDisposable
{
    /// <summary>What the source calls itself in messages and on screen: a path, a URL, a camera's name.</summary>
    public abstract string Name { get; }

    /// <summary>Width of the frames in pixels as far as it is known before the first; each frame says its own.</summary>
    public abstract int Width { get; }

    /// <summary>Height of the frames in pixels as far as it is known before the first; each frame says its own.</summary>
    public abstract int Height { get; }

    /// <summary>Frames per second as the source states it; 0 where it states none.</summary>
    public abstract double FramesPerSecond { get; }

    /// <summary>Number of frames to expect; null for cameras, streams and whatever else has no known end.</summary>
    public abstract long? FrameCount { get; }

    /// <summary>At the end of a file: what it should have held and did not, one sentence; null where it was whole, or does not say.</summary>
    public virtual string? Missing => null;

    /// <summary>True when frames arrive whether or not somebody reads them, so that only the newest one is worth showing.</summary>
    public abstract bool IsLive { get; }

    /// <summary>
    /// Waits for the next frame and puts it, as <see cref="PixelFormat.Bgr8"/>, into <paramref name="slot"/>: into the picture
    /// that is there when its size and format fit (its bytes are overwritten), else into a new one.
    /// </summary>
    /// <param name="slot">The picture to reuse; after true the frame. Unspecified contents after false.</param>
    /// <param name="time">When the frame was taken: the media clock for files, the time since opening for live sources.</param>
    /// <returns>False at the end of the source, or when a live source went away.</returns>
    /// <exception cref="LiveCamException">The source failed in a way that has a reason to tell.</exception>
    public abstract bool Read(ref Picture? slot, out TimeSpan time);

    /// <summary>The file that the last frame came from, where each has its own; else null.</summary>
    public virtual string? CurrentFile => null;

    public abstract void Dispose();

    /// <summary>The slot's picture when it has this size in Bgr8, else a new one put there.</summary>
    protected internal static Picture Fit(ref Picture? slot, int width, int height)
    {
        if (slot is null || slot.Width != width || slot.Height != height || slot.Format != PixelFormat.Bgr8)
            slot = new Picture(width, height, PixelFormat.Bgr8);
        return slot;
    }
}

/// <summary>What to ask of a source; zeros leave the choice to it.</summary>
/// <param name="Width">Camera devices, pixels; given together with <paramref name="Height"/>.</param>
/// <param name="Height">Camera devices, pixels.</param>
/// <param name="FramesPerSecond">Camera devices.</param>
/// <param name="Format">Camera devices: the pixel format by its four letters (FOURCC), such as MJPG or YUYV.</param>
/// <param name="Exposure">Camera devices.</param>
/// <param name="WhiteBalance">Camera devices.</param>
/// <param name="SlideSeconds">Folders of pictures: how long each is shown; else 1.</param>
/// <param name="OpenMilliseconds">Streams: how long opening may take; else 10,000.</param>
/// <param name="ReadMilliseconds">Streams: how long a picture may take; else 10,000.</param>
public readonly record struct CameraWish(
    int Width = 0, int Height = 0, double FramesPerSecond = 0, double SlideSeconds = 0, int OpenMilliseconds = 0, int ReadMilliseconds = 0,
    string? Format = null, CameraControl Exposure = CameraControl.AsItIs, CameraControl WhiteBalance = CameraControl.AsItIs);

/// <summary>Who sets one of a camera's controls.</summary>
public enum CameraControl
{
    /// <summary>Whoever did when it was opened.</summary>
    AsItIs,

    /// <summary>The camera itself, by what it sees.</summary>
    Automatic,

    /// <summary>Nobody: it keeps its value.</summary>
    Locked,
}
