using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using LiveCam.Engine;

namespace LiveCam.Teaching;

/// <summary>What a record was made of: a sample's id, and size and time of its file then. A file that changed has another stamp.</summary>
public readonly record struct RecordStamp(int Id, long FileBytes, long FileTicks)
{
    /// <exception cref="IOException">The file is not there.</exception>
    public static RecordStamp Of(int id, string path)
    {
        var file = new FileInfo(path);
        return new(id, file.Length, file.LastWriteTimeUtc.Ticks);
    }
}

/// <summary>
/// A cache of equally long records in one append-only file: a header of 64 bytes (mark, version, bytes of a record's data, key, CRC-32C), then records of 24 bytes
/// (id, file size, file time, CRC-32C of these and the data) and their data, little-endian. Records whose sum is wrong do not count, and what follows the last whole
/// record is cut off on opening. Only an index is kept in memory. Reading is safe from several threads, appending is for one.
/// </summary>
public sealed class RecordFile : IDisposable
{
    private const int HeaderBytes = 64, StampBytes = 24, KeyBytes = 40;

    private readonly FileStream file;
    private readonly string path;
    private readonly int dataBytes;
    private readonly byte[] record;
    private readonly Dictionary<int, (RecordStamp Stamp, int Row)> index = [];
    private readonly Lock gate = new();
    private int rows;

    /// <param name="key">Up to 40 ASCII characters; a file with another key is begun anew.</param>
    /// <param name="dataBytes">Of each record.</param>
    /// <exception cref="LiveCamException">The file cannot be read or written.</exception>
    public RecordFile(string path, string key, int dataBytes)
    {
        (this.path, this.dataBytes, record) = (path, dataBytes, new byte[StampBytes + dataBytes]);
        try
        {
            if (PlainFile.IsLink(Path.GetDirectoryName(path)!)) throw new IOException("its folder is a link, and those are not followed");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            PlainFile.CheckTarget(path);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("Opening", error);
        }
        try
        {
            Span<byte> header = stackalloc byte[HeaderBytes], found = stackalloc byte[HeaderBytes];
            header.Clear();
            "LCRECORD"u8.CopyTo(header);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(header[12..], dataBytes);
            Encoding.ASCII.GetBytes(key.AsSpan(0, Math.Min(key.Length, KeyBytes)), header[16..]);
            BinaryPrimitives.WriteUInt32LittleEndian(header[(HeaderBytes - 4)..], Sum(~0u, header[..(HeaderBytes - 4)]));
            if (RandomAccess.Read(file.SafeFileHandle, found, 0) == HeaderBytes && found.SequenceEqual(header)) Index();
            else
            {
                // One of another key is whole; all others begin with something else.
                WasDamaged = file.Length > 0 && !(found.StartsWith("LCRECORD"u8) && Sum(~0u, found[..(HeaderBytes - 4)]) == BinaryPrimitives.ReadUInt32LittleEndian(found[(HeaderBytes - 4)..]));
                file.SetLength(0);
                RandomAccess.Write(file.SafeFileHandle, header, 0);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw Failed("Reading", error);
        }
    }

    /// <summary>Whether what was there could not be read and was begun anew.</summary>
    public bool WasDamaged { get; }

    /// <summary>Samples that have a record.</summary>
    public int Count
    {
        get { lock (gate) return index.Count; }
    }

    /// <summary>The row of a sample's newest record, if it was made of the file as it is.</summary>
    public bool TryFind(RecordStamp stamp, out int row)
    {
        lock (gate)
        {
            bool isFound = index.TryGetValue(stamp.Id, out (RecordStamp Stamp, int Row) entry) && entry.Stamp == stamp;
            row = entry.Row;
            return isFound;
        }
    }

    /// <summary>Copies a record's data.</summary>
    /// <exception cref="LiveCamException">The file has been cut or cannot be read.</exception>
    public void Read(int row, Span<byte> data)
    {
        try
        {
            if (RandomAccess.Read(file.SafeFileHandle, data[..dataBytes], Offset(row) + StampBytes) != dataBytes) throw new EndOfStreamException("it is shorter than it was.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("Reading", error);
        }
    }

    /// <summary>Adds a record, in place of an older one of the same sample.</summary>
    /// <exception cref="LiveCamException">The disk is full or the file cannot be written; what was there stays.</exception>
    public void Append(RecordStamp stamp, ReadOnlySpan<byte> data)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, stamp.Id);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), stamp.FileBytes);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(12), stamp.FileTicks);
        data[..dataBytes].CopyTo(record.AsSpan(StampBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(20), SumOf(record));
        try
        {
            RandomAccess.Write(file.SafeFileHandle, record, Offset(rows));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed("Writing", error);
        }
        lock (gate) index[stamp.Id] = (stamp, rows);
        rows++;
    }

    public void Dispose() => file.Dispose();

    private void Index()
    {
        long whole = (file.Length - HeaderBytes) / record.Length;
        rows = (int)Math.Min(whole, int.MaxValue);
        int end = 0;
        for (int row = 0; row < rows; row++)
        {
            if (RandomAccess.Read(file.SafeFileHandle, record, Offset(row)) != record.Length) break;
            if (BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(20)) != SumOf(record)) continue;
            var stamp = new RecordStamp(BinaryPrimitives.ReadInt32LittleEndian(record), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(4)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(12)));
            index[stamp.Id] = (stamp, row);
            end = row + 1;
        }
        rows = end;
        if (file.Length != Offset(end)) file.SetLength(Offset(end));
    }

    private long Offset(int row) => HeaderBytes + (long)row * (StampBytes + dataBytes);

    private static uint SumOf(ReadOnlySpan<byte> record) => Sum(Sum(~0u, record[..20]), record[StampBytes..]);

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes) sum = BitOperations.Crc32C(sum, one);
        return sum;
    }

    private LiveCamException Failed(string doing, Exception error) => new($"{doing} the cache \"{path}\": {error.Message.Split('\n')[0].TrimEnd('.')}; it can be deleted and is made again.", error);
}
