using System.Runtime.InteropServices;
using LiveCam.Engine;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Teaching;

/// <summary>A backbone's features of a project's samples, on disk beside them: computed once, read a row at a time.</summary>
public sealed class FeatureCache : IDisposable
{
    private readonly RecordFile file;
    private readonly float[] features;

    /// <param name="key">The backbone's <see cref="Backbone.Key"/>.</param>
    /// <exception cref="LiveCamException">The cache's file cannot be read or written.</exception>
    public FeatureCache(ProjectFolder project, string key, int dimension)
    {
        Dimension = dimension;
        features = new float[dimension];
        file = new RecordFile(project.Cache(key), key, dimension * sizeof(float));
    }

    public int Dimension { get; }
    public int Count => file.Count;

    public bool Has(RecordStamp stamp) => file.TryFind(stamp, out _);

    /// <exception cref="LiveCamException">The disk is full or the file cannot be written.</exception>
    public void Add(RecordStamp stamp, ReadOnlySpan<float> row) => file.Append(stamp, MemoryMarshal.AsBytes(row));

    /// <summary>All samples that are there, as rows.</summary>
    public SampleRows Rows(SampleStore store, Func<int, int> classOf, FeatureReader compute, ICollection<string> damaged, CancellationToken stop) =>
        Rows(store, store.Samples(), classOf, compute, damaged, stop);

    /// <summary>
    /// Computes what is missing and gives samples as rows for a head. A sample that cannot be read is left out and stays where it is.
    /// </summary>
    /// <param name="samples">Which: those that are there, or any that ever were.</param>
    /// <param name="classOf">A class's label; -1 leaves its samples out.</param>
    /// <param name="damaged">One sentence for each sample that was left out.</param>
    /// <param name="compute">Features of a picture, as <see cref="Backbone.Read"/> gives them.</param>
    public SampleRows Rows(SampleStore store, IEnumerable<Sample> samples, Func<int, int> classOf, FeatureReader compute, ICollection<string> damaged, CancellationToken stop)
    {
        List<(int, int, Sample)> rows = [];
        foreach (Sample sample in samples)
        {
            stop.ThrowIfCancellationRequested();
            int label = classOf(sample.Class);
            if (label < 0 || store.PathOf(sample) is not { } path || !File.Exists(path)) continue;
            try
            {
                var stamp = RecordStamp.Of(sample.Id, path);
                if (!file.TryFind(stamp, out int row))
                {
                    compute(PngFile.Load(path), features);
                    Add(stamp, features);
                    file.TryFind(stamp, out row);
                }
                rows.Add((row, label, sample));
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                // Deleted since it was listed; the store notices by itself.
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                damaged.Add($"Reading the sample \"{path}\": {error.Message.Split('\n')[0].TrimEnd('.')}. It is left out.");
            }
            catch (DamagedPictureException error)
            {
                damaged.Add($"{error.Message} It is left out.");
            }
        }
        return new(file, Dimension, rows);
    }

    public void Dispose() => file.Dispose();
}

/// <summary>Samples as rows for a head, read from the cache; valid as long as the cache is.</summary>
public sealed class SampleRows : FeatureRows
{
    private readonly RecordFile file;
    private readonly List<(int Record, int Label, Sample Sample)> rows;

    internal SampleRows(RecordFile file, int dimension, List<(int Record, int Label, Sample Sample)> rows)
    {
        (this.file, this.rows, Dimension) = (file, rows, dimension);
        Classes = rows.Count == 0 ? 0 : rows.Max(row => row.Label) + 1;
    }

    public override int Dimension { get; }
    public override int Count => rows.Count;
    public override int Classes { get; }
    public override int Label(int row) => rows[row].Label;
    public override int Burst(int row) => rows[row].Sample.Burst;
    public Sample Sample(int row) => rows[row].Sample;
    public override void Read(int row, Span<float> features) => file.Read(rows[row].Record, MemoryMarshal.AsBytes(features));
}

/// <summary>Turns a picture into features.</summary>
public delegate void FeatureReader(Picture picture, Span<float> features);
