using System.Buffers.Text;
using System.Text;
using LiveCam.Engine;

namespace LiveCam.Platform.Streams;

/// <summary>
/// The parts of an endless multipart answer (RFC 2046, section 5.1), each a few header lines, an empty line and a body. Lenient where cameras
/// are: a boundary may be announced with or without its leading dashes, lines may end in LF, and a part may state its length or not.
/// </summary>
internal sealed class MultipartReader(Stream stream, string boundary, string name)
{
    /// <summary>The largest body that is read, in bytes; a larger one is an error before memory for it is taken.</summary>
    public const int MostBodyBytes = 32 << 20;

    // All header lines of one part together.
    private const int MostHeaderBytes = 16 << 10;

    private readonly byte[] delimiter = Encoding.ASCII.GetBytes("--" + boundary.TrimStart('-'));
    private byte[] buffer = new byte[64 << 10];
    private int start, end;   // what was read and not used yet

    /// <summary>The boundary that a Content-Type states; null where it is none of a multipart answer.</summary>
    public static string? BoundaryOf(string contentType)
    {
        string[] fields = contentType.Split(';', StringSplitOptions.TrimEntries);
        if (!fields[0].StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)) return null;
        string? boundary = fields.FirstOrDefault(field => field.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase))?["boundary=".Length..].Trim('"', ' ');
        return boundary?.TrimStart('-').Length > 0 ? boundary : null;
    }

    /// <summary>Reads the next part.</summary>
    /// <param name="body">Valid until the next call.</param>
    /// <returns>False at the end of the answer; a part that is not all there is none.</returns>
    /// <exception cref="LiveCamException">A part is too large, or what comes is no multipart answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing can be read any more.</exception>
    public bool TryRead(out ReadOnlySpan<byte> body, CancellationToken stop)
    {
        body = default;
        int at = Find(delimiter, MostBodyBytes, stop);
        if (at < 0) return false;
        start += at + delimiter.Length;
        if (!Ensure(2, stop) || buffer.AsSpan(start).StartsWith("--"u8)) return false;
        if (!TryReadHeaders(out int? length, stop)) return false;
        if (length is { } stated)
        {
            if (!Ensure(stated, stop)) return false;
            body = buffer.AsSpan(start, stated);
            start += stated;
            return true;
        }
        int size = Find(delimiter, MostBodyBytes, stop);
        if (size < 0) return false;
        body = buffer.AsSpan(start, size).TrimEnd((byte)'-');
        body = body.EndsWith("\r\n"u8) ? body[..^2] : body.TrimEnd((byte)'\n');
        start += size;
        return true;
    }

    // From behind the delimiter to behind the empty line.
    private bool TryReadHeaders(out int? length, CancellationToken stop)
    {
        length = null;
        int left = MostHeaderBytes;
        for (bool isFirst = true; ; isFirst = false)
        {
            int size = Find("\n"u8, left, stop);
            if (size < 0) return false;
            ReadOnlySpan<byte> line = buffer.AsSpan(start, size).Trim(" \t\r"u8);
            start += size + 1;
            left -= size + 1;
            if (line.IsEmpty && !isFirst) return true;
            const string Name = "content-length:";
            if (line.Length < Name.Length || !Ascii.EqualsIgnoreCase(line[..Name.Length], Name)) continue;
            ReadOnlySpan<byte> number = line[Name.Length..].Trim(" \t"u8);
            if (!Utf8Parser.TryParse(number, out long stated, out int used) || used != number.Length || stated < 0)
                throw new LiveCamException($"Reading {name}: a part of the answer states its length as \"{Encoding.ASCII.GetString(number[..Math.Min(number.Length, 30)])}\", which is no number of bytes.");
            if (stated > MostBodyBytes) throw TooLarge($"states {stated >> 20} MiB");
            length = (int)stated;
        }
    }

    /// <summary>Where something begins in what is not used yet; -1 when the answer ends before it.</summary>
    private int Find(ReadOnlySpan<byte> wanted, int most, CancellationToken stop)
    {
        for (int seen = 0; ;)
        {
            int at = buffer.AsSpan(start + seen, end - start - seen).IndexOf(wanted);
            if (at >= 0) return seen + at;
            seen = Math.Max(0, end - start - wanted.Length + 1);
            if (seen > most) throw TooLarge("has more");
            if (!Fill(stop)) return -1;
        }
    }

    private bool Ensure(int count, CancellationToken stop)
    {
        while (end - start < count)
            if (!Fill(stop)) return false;
        return true;
    }

    private bool Fill(CancellationToken stop)
    {
        if (end == buffer.Length)
        {
            byte[] from = buffer;
            if (start < buffer.Length / 2) buffer = new byte[buffer.Length * 2];
            from.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        // Only the asynchronous read of an HTTP answer can be cancelled.
        ValueTask<int> reading = stream.ReadAsync(buffer.AsMemory(end), stop);
        int count = reading.IsCompletedSuccessfully ? reading.Result : reading.AsTask().GetAwaiter().GetResult();
        end += count;
        return count > 0;
    }

    private LiveCamException TooLarge(string fact) => new($"Reading {name}: a part of the answer {fact}, but at most {MostBodyBytes >> 20} MiB are read.");
}
