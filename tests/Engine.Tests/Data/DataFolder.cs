using System.IO.Compression;
using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Data;

/// <summary>A folder of the test's own, and pictures as plain bytes: the engine has no codec, so the tests bring the simplest.</summary>
internal sealed class DataFolder : IPictureFiles, IDisposable
{
    private int reads;

    public string Root { get; } = Directory.CreateTempSubdirectory("livecam-data-").FullName;

    public int Reads => Volatile.Read(ref reads);

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, params ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string WriteText(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string WritePacked(string name, params ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return Write(name, packed.ToArray());
    }

    /// <summary>A gray picture: width, height, then one byte from which all pixels follow; or 0, which cannot be read.</summary>
    public string WritePicture(string name, byte value, byte width = 6, byte height = 5) => Write(name, width, height, value);

    public DataParts Open(string name = "") => DataSet.Open(this[name], this);

    public bool IsPicture(string path) => path.EndsWith(".png", StringComparison.Ordinal);

    public Picture Read(string path)
    {
        Interlocked.Increment(ref reads);
        if (!File.Exists(path)) throw new LiveCamException($"Reading the picture \"{path}\": there is no such file.");
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes[0] == 0) throw new LiveCamException($"Reading the picture \"{path}\": it is damaged.");
        var picture = new Picture(bytes[0], bytes[1], PixelFormat.Gray8);
        for (int i = 0; i < picture.Bytes.Length; i++) picture.Bytes[i] = (byte)(bytes[2] * 7 + i * 13);
        return picture;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
