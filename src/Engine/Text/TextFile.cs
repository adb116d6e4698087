using System.Text;

namespace LiveCam.Engine.Text;

/// <summary>Text files as other programs leave them: UTF-8 or UTF-16, with or without a byte order mark, with any line ends.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>A whole file as text, without its byte order mark and with '\n' as the only line end.</summary>
    /// <param name="what">What is read, for the sentence: <c>the labels in labels.txt</c>.</param>
    /// <param name="mostBytes">A larger file is refused before any of it is read.</param>
    /// <exception cref="LiveCamException">The file cannot be read, is too large, or is no such text.</exception>
    public static string Read(string path, string what, long mostBytes)
    {
        try
        {
            PlainFile.Check(path);
            long bytes = new FileInfo(path).Length;
            if (bytes > mostBytes)
                throw new LiveCamException($"Cannot read {what}: the file has {bytes} bytes, the limit is {mostBytes}; is it the right file?");
            return Decode(PlainFile.ReadAllBytes(path, mostBytes), what);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Cannot read {what}: {error.Message}", error);
        }
    }

    /// <summary>As <see cref="Read"/>, of bytes that were read already.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            string text = bytes switch
            {
                [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true).GetString(bytes),
                [0xFF, 0xFE, ..] => Utf16(bytes, bigEndian: false),
                [0xFE, 0xFF, ..] => Utf16(bytes, bigEndian: true),
                // UTF-16 without a mark: Latin letters leave every second byte 0, which UTF-8 text has nowhere.
                [not 0, 0, ..] when bytes.Length % 2 == 0 => Utf16(bytes, bigEndian: false),
                [0, not 0, ..] when bytes.Length % 2 == 0 => Utf16(bytes, bigEndian: true),
                _ => Utf8.GetString(bytes),
            };
            return text.TrimStart('\uFEFF').Replace("\r\n", "\n").Replace('\r', '\n');
        }
        catch (ArgumentException error)
        {
            throw new LiveCamException($"Cannot read {what}: line {LineOfFirstError(bytes)} is neither UTF-8 nor UTF-16 text; save it as UTF-8.", error);
        }
    }

    private static string Utf16(ReadOnlySpan<byte> bytes, bool bigEndian) => new UnicodeEncoding(bigEndian, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes);

    /// <summary>The line, from 1, whose bytes are no UTF-8.</summary>
    private static int LineOfFirstError(ReadOnlySpan<byte> bytes)
    {
        int line = 1;
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n') is var found && found < 0 ? bytes.Length : found + 1;
            if (!System.Text.Unicode.Utf8.IsValid(bytes[..end])) return line;
            bytes = bytes[end..];
            line++;
        }
        return line;
    }
}
