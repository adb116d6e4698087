using Google.Protobuf;
using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Engine.Onnx;

/// <summary>Bytes on disk or in memory, checked by <see cref="WireScan"/> and then parsed.</summary>
internal static class ModelFile
{
    /// <summary>Opens a file for reading; its size has to be in the limit.</summary>
    /// <exception cref="LiveCamException">There is no such file, it cannot be read, or it is empty or too large.</exception>
    public static FileStream Open(string path, ImportLimits limits)
    {
        try
        {
            PlainFile.Check(path);
            path = LinkText.Follow(path);
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new LiveCamException($"{path} cannot be read: {(Directory.Exists(path) ? "it is a folder; name the .onnx file in it" : "there is no such file")}.");
            CheckSize(file.Length, limits, path);
            FileStream stream = PlainFile.OpenRead(path);
            if (FileKind.Of(stream) is not { } kind) return stream;
            stream.Dispose();
            throw new LiveCamException($"{path} is no ONNX model: it is {kind}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LiveCamException($"{path} cannot be read: {error.Message}", error);
        }
    }

    public static void CheckSize(long bytes, ImportLimits limits, string file)
    {
        if (bytes == 0)
            throw new LiveCamException($"{file} cannot be read: it is empty.");
        if (bytes > limits.MaxBytes)
            throw new LiveCamException($"{file} is refused: it has {bytes} bytes, but a model may have {limits.MaxBytes}; keep the weights in external files.");
    }

    public static ModelProto Model(Stream stream, ImportLimits limits, string file, out long memory) =>
        Parse(ModelProto.Parser, WireScan.Message.Model, stream, limits, file, out memory);

    public static TensorProto Tensor(Stream stream, ImportLimits limits, string file, out long memory) =>
        Parse(TensorProto.Parser, WireScan.Message.Tensor, stream, limits, file, out memory);

    /// <summary>A graph within a node, such as the branch of an If.</summary>
    public static GraphProto Graph(ByteString bytes, ImportLimits limits, string what) =>
        Parse(GraphProto.Parser, WireScan.Message.Graph, new MemoryStream(bytes.ToByteArray(), writable: false), limits, what, out _);

    private static T Parse<T>(
        MessageParser<T> parser, WireScan.Message root, Stream stream, ImportLimits limits, string file, out long memory)
        where T : IMessage<T>
    {
        try
        {
            memory = WireScan.Check(stream, root, limits, file);
            stream.Position = 0;
            return parser.WithDiscardUnknownFields(true).ParseFrom(stream);
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or IOException)
        {
            throw new LiveCamException($"{file} cannot be read: {error.Message.TrimEnd('.')}; the file is damaged, or no ONNX file.", error);
        }
    }
}
