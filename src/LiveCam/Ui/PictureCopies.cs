using LiveCam.Engine.Vision;

namespace LiveCam.Ui;

/// <summary>
/// Copies of the pictures of one draw list. Their memory is used again for the next list, and a picture that counts its versions is copied
/// only when it changed. For one thread at a time.
/// </summary>
public sealed class PictureCopies
{
    private sealed class Entry(Picture copy)
    {
        public readonly Picture Copy = copy;
        public object? Source;
        public long Version, Round;
    }

    private readonly List<Entry> entries = [];
    private long round;

    /// <summary>Pictures copied so far, for tests and figures.</summary>
    public long Copied { get; private set; }

    /// <summary>A new list begins; no copy belongs to it yet.</summary>
    internal void Begin() => round++;

    /// <summary>Lets go of what neither this list nor the one before used.</summary>
    internal void End()
    {
        for (int i = entries.Count - 1; i >= 0; i--)
            if (entries[i].Round < round - 1) entries.RemoveAt(i);
    }

    internal Picture Of(Picture picture) => Known(picture, picture.Version) ?? Take(picture, picture, picture.Version);

    /// <summary>A picture in a texture, which is read back once for the whole list.</summary>
    internal Picture Of(GlImage image) => Known(image, 0) ?? Take(image, image.Read(), 0);

    private Picture? Known(object source, long version)
    {
        foreach (Entry entry in entries)
        {
            if (!ReferenceEquals(entry.Source, source)) continue;
            // Within one list a picture does not change; from one list to the next only its version says so.
            if (entry.Round != round && (version == 0 || entry.Version != version)) continue;
            entry.Round = round;
            return entry.Copy;
        }
        return null;
    }

    private Picture Take(object source, Picture picture, long version)
    {
        Entry entry = Free(picture);
        (entry.Source, entry.Version, entry.Round) = (source, version, round);
        picture.Bytes.CopyTo(entry.Copy.Bytes, 0);
        Copied++;
        return entry.Copy;
    }

    /// <summary>One of the same shape that this list has not used.</summary>
    private Entry Free(Picture picture)
    {
        foreach (Entry entry in entries)
            if (entry.Round != round && entry.Copy.Width == picture.Width && entry.Copy.Height == picture.Height && entry.Copy.Format == picture.Format) return entry;
        entries.Add(new(new Picture(picture.Width, picture.Height, picture.Format)));
        return entries[^1];
    }
}
