using System.Buffers.Binary;
using System.IO.Compression;

namespace LiveCam.Engine.Onnx;

/// <summary>Files that people take for an ONNX model, told by how they begin.</summary>
internal static class FileKind
{
    private const int Looked = 512;

    /// <summary>What the file is and what to do, as the rest of a sentence that begins "it is"; null where it may be an ONNX model.</summary>
    /// <param name="stream">At its beginning, where it is again afterwards.</param>
    public static string? Of(Stream stream)
    {
        Span<byte> head = stackalloc byte[Looked];
        head = head[..stream.ReadAtLeast(head, Looked, throwOnEndOfStream: false)];
        string? kind = Magic(head, stream.Length);
        if (kind is null && head is [(byte)'P', (byte)'K', 3, 4, ..]) kind = Zip(stream);
        stream.Position = 0;
        return kind;
    }

    private static string? Magic(ReadOnlySpan<byte> head, long length)
    {
        ReadOnlySpan<byte> text = (head is [0xEF, 0xBB, 0xBF, ..] ? head[3..] : head).TrimStart(" \t\r\n"u8);
        if (text.StartsWith("version https://git-lfs"u8)) return "a Git LFS pointer, and the model itself was not downloaded; run `git lfs pull`, or download the file once more";
        if (IsMarkup(text, "<!doctype html"u8) || IsMarkup(text, "<html"u8)) return "a web page; download the file itself (the link called raw or download)";
        if (text.StartsWith("<?xml"u8) || text.StartsWith("<net"u8)) return "an XML text, such as OpenVINO's; give the .onnx file it was made from";
        if (text.StartsWith("{"u8)) return "a JSON text, such as TensorFlow.js' model.json; convert the model to ONNX (tf2onnx does)";
        if (head is [0x1F, 0x8B, ..]) return "a gzip archive; unpack it (tar -xzf, or gunzip) and give the .onnx file in it";
        if (head.StartsWith("BZh"u8) || head.StartsWith("Rar!"u8) || head is [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] or [0xFD, (byte)'7', (byte)'z', ..] or [0x28, 0xB5, 0x2F, 0xFD, ..]) return "an archive; unpack it and give the .onnx file in it";
        if (head.Length > 262 && head[257..].StartsWith("ustar"u8)) return "a tar archive; unpack it (tar -xf) and give the .onnx file in it";
        if (head.Length > 8 && head[4..].StartsWith("TFL3"u8)) return "a TensorFlow Lite model; convert it to ONNX (python -m tf2onnx.convert --tflite FILE --output model.onnx)";
        if (head.Length > 8 && head[4..].StartsWith("ORTM"u8)) return "a model in ONNX Runtime's own format; give the .onnx file it was made from";
        if (head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..]) return "an HDF5 file, as Keras writes; convert the model to ONNX (tf2onnx does)";
        if (head is [0x80, >= 2 and <= 5, ..]) return "a Python pickle, as PyTorch writes; export the model with torch.onnx.export";
        if (head.StartsWith("GGUF"u8)) return "a GGUF file of a language model, which LiveCam does not run";
        if (head.StartsWith("ftrt"u8) || head.StartsWith("ptrt"u8)) return "a TensorRT engine; give the .onnx file it was made from";
        if (head.Length > 10 && BinaryPrimitives.ReadUInt64LittleEndian(head) is var size && size < (ulong)length && head[8..].StartsWith("{\""u8)) return "a safetensors file, which holds weights and no network; export the model to ONNX";
        if (head is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] || head.StartsWith("GIF8"u8)) return "a picture; give the model with --model and the picture as a file to look at";
        if (head.StartsWith("%PDF"u8)) return "a PDF document";
        return head.Length == Looked && !head.ContainsAnyExcept((byte)0) ? "a file of zeros, as a download that was broken off leaves; download it once more" : null;
    }

    /// <summary>Whether a text begins with a tag, in any case.</summary>
    private static bool IsMarkup(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag) => text.Length >= tag.Length && System.Text.Ascii.EqualsIgnoreCase(text[..tag.Length], tag);

    /// <summary>Several formats are ZIP archives: the names in it say which.</summary>
    private static string Zip(Stream stream)
    {
        stream.Position = 0;
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            string[] names = [.. archive.Entries.Take(10_000).Select(entry => entry.FullName)];
            if (names.FirstOrDefault(name => name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) is { } model) return $"a ZIP archive; unpack it and give the {ModelProblems.Printable(model, 100)} in it";
            if (names.Any(name => name.EndsWith("data.pkl", StringComparison.Ordinal))) return "a PyTorch file; export the model with torch.onnx.export";
            if (names.Any(name => name.EndsWith(".weights.h5", StringComparison.Ordinal))) return "a Keras file; convert the model to ONNX (tf2onnx does)";
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // Damaged: what it is is known all the same.
        }
        return "a ZIP archive without an .onnx file in it; unpack it, or give the model itself";
    }
}
