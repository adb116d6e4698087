using System.Text.RegularExpressions;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>Colour pictures of 32x32 in CIFAR's binary form, in one or several files, packed by gzip or not.</summary>
/// <remarks>
/// A record (www.cs.toronto.edu/~kriz/cifar.html) is one label byte (CIFAR-100: a coarse one, which is left out, and a fine one), then the red,
/// the green and the blue plane of 1024 bytes each, rows first.
/// </remarks>
internal sealed partial class CifarSet : DataSet
{
    private const int Side = 32, Plane = Side * Side;

    // What batches.meta.txt lists, for folders that came without it.
    private static readonly string[] Ten = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private readonly byte[][] files;
    private readonly int[] starts, labels;
    private readonly int labelBytes;

    private CifarSet(string name, string[] classes, byte[][] files, int labelBytes) : base(name, classes, isMultiLabel: false)
    {
        (this.files, this.labelBytes) = (files, labelBytes);
        starts = new int[files.Length + 1];
        for (int i = 0; i < files.Length; i++) starts[i + 1] = starts[i] + files[i].Length / Record;
        labels = new int[starts[^1]];
        for (int i = 0; i < labels.Length; i++) labels[i] = At(i)[labelBytes - 1];
    }

    private int Record => labelBytes + 3 * Plane;

    public override int Count => labels.Length;
    public override (int Width, int Height)? PictureSize => (Side, Side);
    public override ReadOnlySpan<int> Labels(int sample) => labels.AsSpan(sample, 1);
    public override string NameOf(int sample) => $"#{sample}";

    public override Picture Read(int sample)
    {
        var picture = new Picture(Side, Side, PixelFormat.Bgr8);
        ReadOnlySpan<byte> planes = At(sample)[labelBytes..];
        Span<byte> pixels = picture.Bytes;
        for (int i = 0; i < Plane; i++)
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = (planes[2 * Plane + i], planes[Plane + i], planes[i]);
        return picture;
    }

    private ReadOnlySpan<byte> At(int sample)
    {
        int file = Array.BinarySearch(starts, sample) is var found && found >= 0 ? found : ~found - 1;
        return files[file].AsSpan((sample - starts[file]) * Record, Record);
    }

    /// <summary>The set in a folder of such files, or in one of them; null where there is none.</summary>
    public static DataParts? TryOpen(string path)
    {
        bool isFolder = Directory.Exists(path);
        // Where a file is there packed and unpacked, the unpacked one is taken.
        string[] found = [.. (isFolder ? Directory.EnumerateFiles(path) : [path]).Where(file => BatchName().IsMatch(Path.GetFileName(file)))
            .GroupBy(file => BatchName().Match(Path.GetFileName(file)).Groups[1].Value.ToLowerInvariant()).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.MinBy(file => file.Length)!)];
        if (found.Length == 0) return null;
        string folder = isFolder ? path : Path.GetDirectoryName(path) ?? "";
        bool[] hundred = [.. found.Select(file => Path.GetFileName(file).ToLowerInvariant() is ['t', 'r', ..] or ['t', 'e', 's', 't', '.', ..])];
        if (hundred.Distinct().Count() > 1)
            throw new LiveCamException($"Cannot open the data \"{path}\": it holds files of CIFAR-10 (data_batch_1, test_batch) and of CIFAR-100 (train, test); put them into two folders.");
        int labelBytes = hundred[0] ? 2 : 1;
        string[] classes = Names(folder, hundred[0]);
        var budget = new DataBudget();
        DataSet? Part(string name, bool isTest)
        {
            string[] own = [.. found.Where(file => Path.GetFileName(file).StartsWith("test", StringComparison.OrdinalIgnoreCase) == isTest)];
            return own.Length == 0 ? null : new CifarSet($"{path} ({name})", classes, Array.ConvertAll(own, file => ReadFile(file, labelBytes, classes.Length, budget)), labelBytes);
        }
        return new(path, hundred[0] ? "CIFAR-100" : "CIFAR-10", Part("train", isTest: false), null, Part("test", isTest: true));
    }

    private static string[] Names(string folder, bool hundred)
    {
        int count = hundred ? 100 : 10;
        foreach (string name in (string[])["labels.txt", hundred ? "fine_label_names.txt" : "batches.meta.txt"])
            if (Path.Combine(folder, name) is var file && File.Exists(file))
                return Vision.Labels.Load(file).Names is var names && names.Count == count ? [.. names]
                    : throw new LiveCamException($"Cannot open the data \"{folder}\": {file} names {names.Count} classes, but CIFAR-{count} has {count}.");
        return hundred ? [.. Enumerable.Range(0, count).Select(i => $"{i}")] : Ten;
    }

    private static byte[] ReadFile(string path, int labelBytes, int classes, DataBudget budget)
    {
        using var file = new PackedFile(path, budget);
        byte[] bytes = file.ReadAll();
        int record = labelBytes + 3 * Plane;
        if (bytes.Length == 0 || bytes.Length % record != 0)
            throw new LiveCamException($"Cannot read {path}: it holds {bytes.Length} bytes, but CIFAR records take {record} each; is it cut short?");
        for (int i = 0; i < bytes.Length; i += record)
            if (bytes[i + labelBytes - 1] >= classes)
                throw new LiveCamException($"Cannot read {path}: record {i / record} has the label {bytes[i + labelBytes - 1]}, but there are {classes} classes; is it a CIFAR file?");
        return bytes;
    }

    [GeneratedRegex(@"^(data_batch_\d+|test_batch|train|test)\.bin(\.gz)?$", RegexOptions.IgnoreCase)]
    private static partial Regex BatchName();
}
