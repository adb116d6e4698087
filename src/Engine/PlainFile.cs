using System.Runtime.InteropServices;

namespace LiveCam.Engine;

/// <summary>
/// Files are opened for reading here and nowhere else: what is no plain file is refused before it is opened. A FIFO waits for ever, a device may be read without end, and
/// opening some of them does something.
/// </summary>
public static partial class PlainFile
{
    private const int Types = 0xF000, Fifo = 0x1000, CharacterDevice = 0x2000, BlockDevice = 0x6000, Socket = 0xC000;

    /// <summary>Opens a plain file for reading.</summary>
    /// <exception cref="IOException">It is none, or cannot be read.</exception>
    public static FileStream OpenRead(string path, FileShare share = FileShare.Read, int bufferSize = 4096)
    {
        Check(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize);
    }

    /// <summary>A whole plain file, where it has at most so many bytes: looked at before they are read.</summary>
    /// <exception cref="IOException">It is no plain file, is too large, or cannot be read.</exception>
    public static byte[] ReadAllBytes(string path, long most)
    {
        // Others may be writing: a journal, a recording that still grows.
        using FileStream file = OpenRead(path, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length > most) throw new IOException($"it has {file.Length} bytes, but at most {most} are read");
        var bytes = new byte[file.Length];
        int have = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return have == bytes.Length ? bytes : bytes[..have];
    }

    /// <summary>A whole plain file as UTF-8 text; see <see cref="ReadAllBytes"/>.</summary>
    /// <exception cref="IOException">It is no plain file, is too large, or cannot be read.</exception>
    public static string ReadAllText(string path, long most)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAllBytes(path, most), writable: false));
        return reader.ReadToEnd();
    }

    /// <summary>Checks that a path leads to a plain file, or to nothing.</summary>
    /// <exception cref="IOException">It leads to something else.</exception>
    public static void Check(string path)
    {
        if (Special(path) is { } kind) throw new IOException($"it is {kind}, and no plain file");
    }

    /// <summary>Checks that a file may be written here: there is nothing, or a plain file, which is then replaced.</summary>
    /// <exception cref="IOException">There is a device, a FIFO, a socket or a link, which would be replaced.</exception>
    public static void CheckTarget(string path)
    {
        if (IsLink(path)) throw new IOException("it is a link, and those are not replaced; name the file it leads to");
        if (Special(path) is { } kind) throw new IOException($"it is {kind}, and only plain files are replaced; give another name");
    }

    /// <summary>Whether a path itself is a link, wherever that leads.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>What a path leads to where that is neither a plain file nor a folder nor nothing, with its article.</summary>
    private static string? Special(string path) => (Mode(path) & Types) switch
    {
        Fifo => "a FIFO",
        CharacterDevice or BlockDevice => "a device",
        Socket => "a socket",
        _ => null,
    };

    private static int Mode(string path)
    {
        if (path.Contains('\0')) return 0;
        Span<byte> facts = stackalloc byte[256];
        if (OperatingSystem.IsLinux()) return LinuxStatus(-100, path, 0, 1, ref MemoryMarshal.GetReference(facts)) == 0 ? MemoryMarshal.Read<ushort>(facts[28..]) : 0;
        if (OperatingSystem.IsMacOS()) return MacStatus(path, ref MemoryMarshal.GetReference(facts)) == 0 ? MemoryMarshal.Read<ushort>(facts[4..]) : 0;
        return OperatingSystem.IsWindows() && path.StartsWith(@"\\.\", StringComparison.Ordinal) ? CharacterDevice : 0;
    }

    // statx(2): its struct is the same on every Linux, the mode lies at byte 28. AT_FDCWD is -100, STATX_TYPE 1.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinuxStatus(int folder, string path, int flags, uint wanted, ref byte facts);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MacStatus(string path, ref byte facts);
}
