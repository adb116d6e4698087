using System.Runtime.InteropServices;

namespace LiveCam.Platform;

/// <summary>
/// Keeps libraries from writing to the process's error stream by themselves, as libpng and libjpeg do. Our own sentences go another way to the same place, a copy of the
/// stream's descriptor, so that none of another thread is lost meanwhile.
/// </summary>
internal static partial class StandardError
{
    private const int Descriptor = 2, WriteOnly = 1;

    private static readonly Lock Gate = new();
    private static readonly int Copy = OperatingSystem.IsWindows() ? -1 : Duplicate(Descriptor), Nowhere = OperatingSystem.IsWindows() ? -1 : Open("/dev/null", WriteOnly);
    private static int depth;

    /// <summary>The stream for our own sentences; null where the process's own has to do.</summary>
    public static Stream? Own => Copy < 0 ? null : new CopyStream();

    /// <summary>Until it is disposed of, what libraries write is dropped.</summary>
    public static Silence Begin()
    {
        Change(1);
        return new Silence();
    }

    private static void Change(int by)
    {
        if (Copy < 0 || Nowhere < 0) return;
        lock (Gate)
        {
            bool wasQuiet = depth > 0;
            depth += by;
            if (wasQuiet != depth > 0) _ = DuplicateTo(depth > 0 ? Nowhere : Copy, Descriptor);
        }
    }

    public readonly struct Silence : IDisposable
    {
        public void Dispose() => Change(-1);
    }

    private sealed class CopyStream : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            // Where nobody reads any more there is nobody to tell.
            while (!buffer.IsEmpty && StandardError.Write(Copy, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length) is > 0 and var count) buffer = buffer[(int)count..];
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int descriptor, int number);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, ref byte bytes, nuint count);
}
