using System.Collections.Concurrent;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>Copies of pictures on their way to another thread: so many at a time, their memory used again. From any thread.</summary>
/// <param name="most">Copies that are out at the same time.</param>
internal sealed class PicturePool(int most) : IDisposable
{
    private readonly ConcurrentBag<Picture> spare = [];
    private readonly SemaphoreSlim room = new(most);

    /// <summary>Copies a picture.</summary>
    /// <param name="mayWait">Whether to wait until there is room.</param>
    /// <returns>The copy, for <see cref="Return"/>; null where there is no room.</returns>
    public Picture? Copy(Picture picture, bool mayWait = false)
    {
        if (!room.Wait(mayWait ? Timeout.Infinite : 0)) return null;
        if (!spare.TryTake(out Picture? copy) || copy.Width != picture.Width || copy.Height != picture.Height || copy.Format != picture.Format)
            copy = new Picture(picture.Width, picture.Height, picture.Format);
        picture.Bytes.CopyTo(copy.Bytes, 0);
        return copy;
    }

    /// <summary>Gives a copy back that nobody uses any more.</summary>
    public void Return(Picture copy)
    {
        spare.Add(copy);
        room.Release();
    }

    public void Dispose() => room.Dispose();
}
