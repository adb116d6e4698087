using System.Buffers.Binary;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>
/// Gray pictures of one size and one label each in a pair of IDX files (MNIST and its kin), packed by gzip or not.
/// </summary>
/// <remarks>
/// The form (yann.lecun.com/exdb/mnist): two zero bytes, 8 for unsigned bytes, the number of axes, each extent in four bytes big-endian, then
/// the elements. Pictures have three axes (count, rows, columns), labels one.
/// </remarks>
internal sealed class IdxSet : DataSet
{
    private readonly byte[] pictures;
    private readonly int[] labels;
    private readonly int width, height;

    private IdxSet(string name, string[] classes, byte[] pictures, int width, int height, int[] labels) : base(name, classes, isMultiLabel: false) =>
        (this.pictures, this.width, this.height, this.labels) = (pictures, width, height, labels);

    public override int Count => labels.Length;
    public override (int Width, int Height)? PictureSize => (width, height);
    public override ReadOnlySpan<int> Labels(int sample) => labels.AsSpan(sample, 1);
    public override string NameOf(int sample) => $"#{sample}";

    public override Picture Read(int sample)
    {
        var picture = new Picture(width, height, PixelFormat.Gray8);
        pictures.AsSpan(checked(sample * picture.Bytes.Length), picture.Bytes.Length).CopyTo(picture.Bytes);
        return picture;
    }

    /// <summary>The set in a folder of such files, or beside one of them; null where there is none.</summary>
    public static DataParts? TryOpen(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Where(IsPictures)] : IsPictures(path) ? [path] : [];
        if (files.Length == 0) return null;
        var budget = new DataBudget();
        var raw = new Dictionary<string, (byte[] Pictures, int Width, int Height, int[] Labels)>();
        // Where a file is there packed and unpacked, the unpacked one is taken.
        foreach (string file in files.GroupBy(Unpacked).Select(same => same.MinBy(file => file.Length)!))
        {
            string part = Path.GetFileName(file) is var name && Has(name, "t10k", "test") ? "test" : Has(name, "val") ? "validation" : "train";
            if (raw.ContainsKey(part))
                throw new LiveCamException($"Cannot open the data \"{path}\": it holds several IDX sets for the part \"{part}\"; name one picture file instead of the folder.");
            raw[part] = ReadPair(file, budget);
        }
        int count = raw.Values.Max(part => part.Labels.Max()) + 1;
        string named = Path.Combine(Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? "", "labels.txt");
        string[] classes = File.Exists(named) ? [.. Vision.Labels.Load(named).Names] : [.. Enumerable.Range(0, count).Select(i => $"{i}")];
        if (classes.Length < count) throw new LiveCamException($"Cannot open the data \"{path}\": label {count - 1} is used, but {named} names only {classes.Length} classes.");
        DataSet? Part(string name) => raw.TryGetValue(name, out var part) ? new IdxSet($"{path} ({name})", classes, part.Pictures, part.Width, part.Height, part.Labels) : null;
        return new(path, "IDX", Part("train"), Part("validation"), Part("test"));
    }

    private static bool IsPictures(string file) => Has(Path.GetFileName(file), "idx3") && Has(Path.GetFileName(file), "images");

    private static bool Has(string name, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static string Unpacked(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;

    private static (byte[], int, int, int[]) ReadPair(string file, DataBudget budget)
    {
        string folder = Path.GetDirectoryName(file) ?? "", name = Unpacked(Path.GetFileName(file));
        string beside = Path.Combine(folder, name.Replace("images", "labels", StringComparison.OrdinalIgnoreCase).Replace("idx3", "idx1", StringComparison.OrdinalIgnoreCase));
        string labelFile = File.Exists(beside) ? beside : File.Exists(beside + ".gz") ? beside + ".gz"
            : throw new LiveCamException($"Cannot open the pictures in {file}: their labels should be in {beside}, with or without .gz, but are not there.");
        (int[] extents, byte[] pictures) = ReadFile(file, axes: 3, budget);
        (int[] one, byte[] labels) = ReadFile(labelFile, axes: 1, budget);
        if (one[0] != extents[0])
            throw new LiveCamException($"Cannot open the pictures in {file}: there are {extents[0]}, but {one[0]} labels in {labelFile}; do the files belong together?");
        return (pictures, extents[2], extents[1], Array.ConvertAll(labels, label => (int)label));
    }

    private static (int[] Extents, byte[] Elements) ReadFile(string path, int axes, DataBudget budget)
    {
        using var file = new PackedFile(path, budget);
        byte[] header = file.Read(4 + 4 * axes, "the header");
        if (header[0] != 0 || header[1] != 0 || header[2] != 8 || header[3] != axes)
            throw new LiveCamException($"Cannot read {path}: it starts with {Convert.ToHexString(header.AsSpan(0, 4))}, but IDX bytes with {axes} axes start with 000008{axes:X2}.");
        var extents = new int[axes];
        long count = 1;
        for (int i = 0; i < axes; i++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * i));
            uint most = i == 0 ? MaxCount : (uint)Picture.MaxSide;
            if (extent < 1 || extent > most) throw new LiveCamException($"Cannot read {path}: axis {i} has {extent} elements, but has to have 1 to {most}; is it damaged?");
            (extents[i], count) = ((int)extent, checked(count * extent));
        }
        if (count > Array.MaxLength) throw new LiveCamException($"Cannot read {path}: its {string.Join('x', extents)} elements are too many, at most {Array.MaxLength} are read; split the file.");
        byte[] elements = file.Read(count, $"{string.Join('x', extents)} elements");
        file.ExpectEnd(header.Length + count);
        return (extents, elements);
    }
}
