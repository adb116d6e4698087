using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>
/// Labelled pictures, read in any order and from any number of threads at once. What a path holds is found by <see cref="Open"/>.
/// </summary>
public abstract class DataSet
{
    /// <summary>The most samples a set may have.</summary>
    public const int MaxCount = 5_000_000;

    private protected DataSet(string name, IReadOnlyList<string> classes, bool isMultiLabel) => (Name, Classes, IsMultiLabel) = (name, classes, isMultiLabel);

    /// <summary>What people read: the path and which part of it.</summary>
    public string Name { get; }

    /// <summary>The names of the classes; none where the pictures carry no labels.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Whether a sample may have several classes, or none, instead of exactly one.</summary>
    public bool IsMultiLabel { get; }

    public abstract int Count { get; }

    /// <summary>The size all pictures have; null where they are files of their own sizes.</summary>
    public virtual (int Width, int Height)? PictureSize => null;

    /// <summary>Whether reading a sample decodes a file; else its pixels are in memory already.</summary>
    public virtual bool ReadsFiles => false;

    /// <summary>The picture of sample 0 to Count - 1, the caller's to keep.</summary>
    /// <exception cref="LiveCamException">The sample's file cannot be read.</exception>
    public abstract Picture Read(int sample);

    /// <summary>The classes of a sample, ascending: exactly one unless <see cref="IsMultiLabel"/>, none in a set without classes.</summary>
    public abstract ReadOnlySpan<int> Labels(int sample);

    /// <summary>What to call a sample: its file, or its place in the file.</summary>
    public abstract string NameOf(int sample);

    /// <summary>The burst a sample belongs to: frames so alike that no split may part them. Null where it stands alone.</summary>
    public virtual string? Burst(int sample) => null;

    /// <summary>
    /// Opens what a path holds: IDX files (MNIST), CIFAR binaries, a CSV of paths and labels, class folders of pictures, or pictures
    /// without labels.
    /// </summary>
    /// <param name="path">A folder, or one file of those forms.</param>
    /// <param name="options">What a person says about them; null for nothing.</param>
    /// <exception cref="LiveCamException">There is nothing there, nothing of these forms, or it is damaged.</exception>
    public static DataParts Open(string path, IPictureFiles pictures, DataOptions? options = null)
    {
        try
        {
            if (!Path.Exists(path)) throw new LiveCamException($"Cannot open the data \"{path}\": there is no such file or folder.");
            return IdxSet.TryOpen(path) ?? CifarSet.TryOpen(path) ?? Files(path, pictures, options ?? new())
                ?? throw new LiveCamException($"Cannot open the data \"{path}\": it holds no class folders of pictures, no IDX files (train-images-idx3-ubyte), "
                    + "no CIFAR binaries (data_batch_1.bin) and no CSV of paths and labels; give a folder of one of these forms.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or System.Security.SecurityException)
        {
            throw new LiveCamException($"Cannot open the data \"{path}\": {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>A CSV, or class folders; a CSV that nobody named and that cannot be understood is left out where there are class folders.</summary>
    private static DataParts? Files(string path, IPictureFiles pictures, DataOptions options)
    {
        try
        {
            return CsvFile.TryOpen(path, pictures, options) ?? ClassFolders.TryOpen(path, pictures);
        }
        catch (LiveCamException error) when (Directory.Exists(path) && options == new DataOptions() && ClassFolders.TryOpen(path, pictures) is { Classes.Count: > 1 } folders)
        {
            return folders with { Notes = [.. folders.Notes, $"a CSV in \"{path}\" is not used, as there are class folders: {error.Message}"] };
        }
    }

    /// <summary>The error of whoever found no picture that can be read.</summary>
    /// <param name="doing">What was being done: <c>train</c>.</param>
    public LiveCamException NothingReadable(string doing) => new($"Cannot {doing} on {Name}: none of its pictures can be read.");

    /// <summary>Some samples of this set, in the order given.</summary>
    public DataSet Select(int[] samples, string name) => new Subset(this, samples, name);

    /// <summary>At most <paramref name="most"/> samples, chosen by a fixed chance and in the set's order.</summary>
    public DataSet Limit(int most)
    {
        if (most >= Count) return this;
        int[] samples = [.. Enumerable.Range(0, Count)];
        new SampleRandom(0, 0, 0).Shuffle(samples);
        return Select([.. samples.Take(most).Order()], $"{Name}, {most} of {Count}");
    }
}
