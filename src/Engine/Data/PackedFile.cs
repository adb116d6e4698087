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

    /// <summary>Everything that is left, as far as the budget goes.</summary>
    /// <exception cref="LiveCamException">There is more.</exception>
    public byte[] ReadAll()
    {
        long most = Math.Min(budget.Left, Array.MaxLength);
        if (!IsPacked && Most > most) throw budget.Spent(Path, $"it holds {Most} bytes");
        var bytes = new byte[IsPacked ? Math.Min(Most, Math.Min(1 << 20, most)) : Most];
        int have = 0;
        while (true)
        {
            have += Fill(bytes.AsSpan(have));
            int next = have < bytes.Length ? -1 : stream.ReadByte();
            if (next < 0)
            {
                budget.Take(have, Path, "its contents");
                return have == bytes.Length ? bytes : bytes[..have];
            }
            if (have >= most) throw budget.Spent(Path, "it holds more");
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(have * 2L, 1 << 20), most));
            bytes[have++] = (byte)next;
        }
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
