using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Compiled programs in a directory, one file per key. A convenience only: whatever is unreadable, cut short, damaged or
/// another key's counts as absent, and a directory that cannot be written to is left alone.
/// </summary>
/// <remarks>File: "LCPB", version, binary format, length (4 bytes each, little endian), SHA-256 of key, format and binary, binary.</remarks>
internal sealed class ProgramStore(string directory, long maxBytes)
{
    private const uint Magic = 0x4250434C;
    private const uint HeaderVersion = 1;
    private const int HeaderBytes = 16 + 32;
    private readonly Lock _bounding = new();
    private long _total = -1;                                     // bytes in the directory; -1 until first counted

    public bool TryRead(string key, out uint format, out byte[] binary)
    {
        (format, binary) = (0, []);
        try
        {
            string path = PathOf(key);
            if (!File.Exists(path)) return false;
            byte[] file = File.ReadAllBytes(path);
            if (file.Length <= HeaderBytes) return false;
            ReadOnlySpan<byte> head = file;
            format = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic
                || BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) != HeaderVersion
                || BinaryPrimitives.ReadUInt32LittleEndian(head[12..]) != file.Length - HeaderBytes) return false;
            binary = file[HeaderBytes..];
            if (!Checksum(key, format, binary).AsSpan().SequenceEqual(head[16..HeaderBytes])) return false;
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);      // the oldest are deleted first
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return binary.Length > 0;                             // read and checked, only its time could not be set
        }
    }

    public void Write(string key, uint format, ReadOnlySpan<byte> binary)
    {
        byte[] file = new byte[HeaderBytes + binary.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), HeaderVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), format);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), (uint)binary.Length);
        Checksum(key, format, binary).CopyTo(file, 16);
        binary.CopyTo(file.AsSpan(HeaderBytes));
        string temporary = Path.Combine(directory, $"{key[..16]}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp");
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(temporary, file);
            File.Move(temporary, PathOf(key), overwrite: true);
            lock (_bounding) Bound(file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try { File.Delete(temporary); }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException) { }
        }
    }

    // Down to three quarters, so that not every write deletes. Temporary files of a crash go with the old.
    private void Bound(long added)
    {
        if (_total >= 0 && (_total += added) <= maxBytes) return;
        FileInfo[] files = [.. new DirectoryInfo(directory).EnumerateFiles("*.bin").OrderBy(f => f.LastWriteTimeUtc)];
        _total = files.Sum(f => f.Length);
        foreach (FileInfo old in new DirectoryInfo(directory).EnumerateFiles("*.tmp"))
            if (DateTime.UtcNow - old.LastWriteTimeUtc > TimeSpan.FromHours(1)) old.Delete();
        if (_total <= maxBytes) return;
        foreach (FileInfo file in files)
        {
            if (_total <= maxBytes * 3 / 4) break;
            _total -= file.Length;
            file.Delete();
        }
    }

    private string PathOf(string key) => Path.Combine(directory, key + ".bin");

    private static byte[] Checksum(string key, uint format, ReadOnlySpan<byte> binary)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(key));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, format);
        hash.AppendData(number);
        hash.AppendData(binary);
        return hash.GetHashAndReset();
    }
}
