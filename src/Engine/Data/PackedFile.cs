using System.IO.Compression;

namespace LiveCam.Engine.Data;

/// <summary>A data file, packed by gzip or not (told by its first bytes), read once from front to back with a limit on what it can hold.</summary>
internal sealed class PackedFile : IDisposable
{
    // Deflate codes 258 bytes in no fewer than two bits: it packs no more than 1032 to 1.
    private const long MostPacked = 1032;

    private readonly Stream stream;
    private readonly DataBudget budget;

    /// <param name="budget">What all files of the set may take, unpacked.</param>
    public PackedFile(string path, DataBudget budget)
    {
        (Path, this.budget) = (path, budget);
        var file = PlainFile.OpenRead(path);
        long length = file.Length;
        IsPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        stream = IsPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
        Most = IsPacked ? length * MostPacked : length;
    }

    public string Path { get; }
    public bool IsPacked { get; }

    /// <summary>The most bytes it can hold whatever it claims; exact where it is not packed.</summary>
    public long Most { get; }

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    /// <param name="what">What they are, for the error.</param>
    /// <exception cref="LiveCamException">There are fewer.</exception>
    public byte[] Read(long count, string what)
    {
        if (count > Most) throw Short(what, count, Most);
        budget.Take(count, Path, what);
        var bytes = new byte[count];
        int have = Fill(bytes);
        return have == count ? bytes : throw Short(what, count, have);
    }

    /// <summary>Everything in it, as far as the budget goes.</summary>
    /// <exception cref="LiveCamException">There is more.</exception>
    public byte[] ReadAll()
    {
        long count = IsPacked ? Counted() : Most;
        if (count > Math.Min(budget.Left, Array.MaxLength)) throw budget.Spent(Path, $"it holds {count} bytes");
        return Read(count, "its contents");
    }

    // Packed data are unpacked twice: taken as they come, they would lie in memory several times over while their place grows.
    private long Counted()
    {
        using FileStream file = PlainFile.OpenRead(Path);
        using var packed = new GZipStream(file, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        long count = 0;
        for (int have = 1; have > 0; count += have)
        {
            have = Guarded(() => packed.Read(buffer));
            if (count > budget.Left) throw budget.Spent(Path, "it holds more");
        }
        return count;
    }

    /// <exception cref="LiveCamException">Something is left.</exception>
    public void ExpectEnd(long count)
    {
        if (Guarded(() => stream.ReadByte()) >= 0)
            throw new LiveCamException($"Cannot read {Path}: it goes on after the {count} bytes that its header states; is it damaged?");
    }

    public void Dispose() => stream.Dispose();

    private int Fill(Span<byte> bytes)
    {
        int have = 0;
        try
        {
            have = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(error);
        }
        return have;
    }

    private int Guarded(Func<int> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw Damaged(error);
        }
    }

    private LiveCamException Damaged(Exception error) => new($"Cannot read {Path}: its packed data are damaged or cut short; copy it again.", error);

    private LiveCamException Short(string what, long count, long have) =>
        new($"Cannot read {Path}: {what} should take {count} bytes, but the file can give only {have}; is it cut short?");
}
