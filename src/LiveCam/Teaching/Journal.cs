using System.Buffers;
using LiveCam.Engine;

namespace LiveCam.Teaching;

/// <summary>
/// The append-only file of what was done, a JSON object a line. A line counts when it ends; what a kill or a full disk left behind the last line feed is ignored and
/// overwritten by the next.
/// </summary>
internal sealed class Journal(string path, SampleFiles files)
{
    private const long LongestFile = 1L << 30;

    private long length;

    /// <summary>Lines that could not be read.</summary>
    public int Damaged { get; private set; }

    /// <summary>Whether the file is the one that was read and written so far.</summary>
    public bool IsThere => new FileInfo(path) is { Exists: true } file && file.Length >= length;

    /// <summary>All whole lines.</summary>
    public List<JournalEntry> Read()
    {
        List<JournalEntry> entries = [];
        if (!File.Exists(path)) return entries;
        if (new FileInfo(path).Length > LongestFile)
            throw new LiveCamException($"Reading the journal \"{path}\": it has more than {LongestFile >> 20} MiB; move it away, and the samples are found again without it.");
        ReadOnlySpan<byte> bytes = PlainFile.ReadAllBytes(path, LongestFile);
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (JournalEntry.Read(bytes[..end]) is { } entry) entries.Add(entry);
            else Damaged++;
            length += end + 1;
            bytes = bytes[(end + 1)..];
        }
        return entries;
    }

    /// <summary>Writes lines; all count or, when it throws, none.</summary>
    public void Append(params ReadOnlySpan<JournalEntry> entries)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (JournalEntry entry in entries) entry.Write(bytes);
        files.Append(path, length, bytes.WrittenSpan);
        length += bytes.WrittenCount;
    }
}
