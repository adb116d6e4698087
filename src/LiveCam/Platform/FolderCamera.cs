using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>
/// Picture files as a camera: one picture, or the pictures of a folder (not of its sub-folders) in natural order, each
/// delivered once in its own size.
/// </summary>
public sealed class FolderCamera : Camera
{
    private readonly double seconds;
    private readonly string[] files;
    private Picture? first;          // decoded on opening, so that the size is known and a wrong file is told at once
    private int next, firstAt;

    /// <param name="path">A picture file or a folder of them.</param>
    /// <param name="seconds">How long each picture is shown when they are played: time to look at it.</param>
    /// <exception cref="LiveCamException">The folder holds no picture, or none that can be read.</exception>
    public FolderCamera(string path, double seconds = 1)
    {
        (Name, this.seconds) = (path, seconds);
        files = Directory.Exists(path) ? PicturesIn(path) : [path];
        if (files.Length == 0)
            throw new LiveCamException($"Opening the folder \"{path}\" as a source of pictures: it holds no picture file ({string.Join(", ", ImageFile.Extensions)}).");
        first = Load();
        Width = first.Width;
        Height = first.Height;
    }

    public override string Name { get; }
    public override int Width { get; }
    public override int Height { get; }
    public override double FramesPerSecond => files.Length == 1 ? 0 : 1 / seconds;
    public override long? FrameCount => files.Length;
    public override bool IsLive => false;

    /// <summary>The file that the last frame came from; null before the first.</summary>
    public override string? CurrentFile => next == 0 ? null : files[next - 1];

    public override bool Read(ref Picture? slot, out TimeSpan time)
    {
        time = TimeSpan.FromSeconds(next * seconds);
        if (next == files.Length) return false;
        string file = files[next++];   // counted before it is read: after a damaged picture the caller may go on with the next
        slot = next - 1 == firstAt && first is not null ? first : ImageFile.Load(file);
        if (next > firstAt) first = null;
        return true;
    }

    /// <summary>The first picture that can be read; what is wrong with those before it is told when it is their turn.</summary>
    private Picture Load()
    {
        LiveCamException? wrong = null;
        for (; firstAt < files.Length; firstAt++)
        {
            try
            {
                return ImageFile.Load(files[firstAt]);
            }
            catch (LiveCamException error)
            {
                wrong ??= error;
            }
        }
        throw wrong!;
    }

    public override void Dispose() { }

    /// <summary>The picture files directly in a folder, in natural order (frame2 before frame10). Hidden files are left out.</summary>
    public static string[] PicturesIn(string folder)
    {
        try
        {
            string[] found = [.. Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).StartsWith('.') && ImageFile.IsPicture(file))];
            Array.Sort(found, (a, b) => CompareNaturally(Path.GetFileName(a), Path.GetFileName(b)));
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Reading the folder \"{folder}\": {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Orders names as people do: runs of digits by their value, everything else by character without case.</summary>
    public static int CompareNaturally(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                ReadOnlySpan<char> x = Digits(a, ref i), y = Digits(b, ref j);
                int order = x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
                if (order != 0) return order;
                continue;
            }
            int difference = char.ToUpperInvariant(a[i++]).CompareTo(char.ToUpperInvariant(b[j++]));
            if (difference != 0) return difference;
        }
        int rest = (a.Length - i).CompareTo(b.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(a, b);
    }

    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
