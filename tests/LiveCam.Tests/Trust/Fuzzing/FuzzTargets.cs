using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Engine.Vision;
using LiveCam.Input;
using LiveCam.Loop;
using LiveCam.Platform;
using LiveCam.Platform.OpenCv;
using LiveCam.Platform.Streams;
using LiveCam.Recording;
using LiveCam.Teaching;

namespace LiveCam.Tests.Trust.Fuzzing;

/// <summary>Every reader of files and streams that strangers may send. Those that read files read them from memory where the system has such a place.</summary>
internal sealed class FuzzTargets : IDisposable
{
    private const string Memory = "/dev/shm";

    // A file is written for each input.
    private const double OfFiles = 0.5;

    private static readonly CpuDevice Cpu = new(threads: 1);

    private readonly string folder = Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"livecam-fuzz-{Guid.NewGuid():N}");

    public FuzzTargets()
    {
        foreach (string sub in (string[])["project", "idx", "cifar", "csv", "recording"]) Directory.CreateDirectory(Path.Combine(folder, sub));
        File.WriteAllBytes(In("idx/train-labels-idx1-ubyte"), SeedCorpus.IdxLabels);
        File.WriteAllBytes(In("recording/recording.json"), SeedCorpus.RecordingInfo);
        All =
        [
            // A plan takes many times as long as reading a line.
            new("onnx", SeedCorpus.Onnx, Plan, Share: 0.2),
            new("picture", SeedCorpus.Pictures, Header),
            // OpenCV opens a file in some milliseconds.
            new("video", SeedCorpus.Videos, Written("film.avi", path => OpenCvCamera.OpenFile(path).Dispose()), Share: 0.005),
            new("journal", SeedCorpus.Journals, Written("project/journal.jsonl", ReadJournal), Share: OfFiles),
            new("settings", SeedCorpus.Settings, Written("settings.json", path => SettingsFile.Read(path)), Share: OfFiles),
            new("project", SeedCorpus.ProjectSettings, Written("project/settings.json", _ => ProjectSettings.Load(new(In("project")))), Share: OfFiles),
            new("checkpoint", SeedCorpus.Checkpoints, Written("run.checkpoint", path => Trainer.NoteOf(path)), Share: OfFiles),
            new("frames", SeedCorpus.Frames, ReadFrames, Share: 0.2),
            new("recording", [SeedCorpus.RecordingInfo], Written("recording/recording.json", _ => RecordingInfo.Load(In("recording"))), Share: OfFiles),
            new("script", SeedCorpus.Scripts, Written("keys.jsonl", path => Script.Load(path, mayBeCut: true)), Share: OfFiles),
            new("csv", SeedCorpus.Tables, Written("csv/train.csv", path => DataSet.Open(path, PictureFiles.Instance)), Share: 0.2),
            new("idx", SeedCorpus.IdxPictures, Written("idx/train-images-idx3-ubyte", path => DataSet.Open(path, PictureFiles.Instance)), Share: OfFiles),
            new("cifar", SeedCorpus.Cifar, Written("cifar/data_batch_1.bin", path => DataSet.Open(path, PictureFiles.Instance)), Share: OfFiles),
            new("labels", SeedCorpus.LabelFiles, Written("labels.txt", path => Labels.Load(path)), Share: OfFiles),
            new("contract", SeedCorpus.Contracts, bytes => PreprocessingJson.Parse(Encoding.UTF8.GetString(bytes), Preprocessing.ImageNet, "fuzz")),
            new("multipart", SeedCorpus.Streams, ReadParts),
        ];
    }

    public IReadOnlyList<FuzzTarget> All { get; }

    /// <summary>Whether a reader may refuse an input by it: a sentence of ours, or one about a file.</summary>
    public static bool IsForeseen(Exception error) => error is LiveCamException or IOException or UnauthorizedAccessException;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string In(string name) => Path.Combine(folder, name);

    private Action<byte[]> Written(string name, Action<string> read) => bytes =>
    {
        File.WriteAllBytes(In(name), bytes);
        read(In(name));
    };

    private static void Plan(byte[] bytes)
    {
        OnnxModel model = OnnxImporter.Import(bytes, "fuzz.onnx", new ImportLimits { MaxMemory = 1 << 26 });
        Compiler.Compile(model.Graph, Cpu, new CompileOptions { MemoryLimit = 1 << 26, FlopLimit = 1_000_000_000 }).Dispose();
    }

    private static void Header(byte[] bytes)
    {
        ImageKind.Of(bytes);
        ImageHeader.Size(bytes);
        ImageHeader.IsCutShort(bytes);
        ImageHeader.HasAlpha(bytes);
        ImageHeader.WithoutProfile(bytes);
        ImageOrientation.Of(bytes);
        PngFile.Problem(bytes);
    }

    private void ReadJournal(string path)
    {
        var journal = new Journal(path, new SampleFiles());
        var index = new SampleIndex();
        foreach (JournalEntry entry in journal.Read()) index.Apply(entry);
    }

    private static void ReadFrames(byte[] bytes)
    {
        byte[] buffer = [];
        Picture? picture = null;
        using var file = new MemoryStream(bytes, writable: false);
        while (FrameFile.TryRead(file, ref buffer, ref picture, out _)) { }
        FrameFile.IsDamaged(file, Math.Min(12, file.Length));
    }

    private static void ReadParts(byte[] bytes)
    {
        var reader = new MultipartReader(new MemoryStream(bytes, writable: false), "frame", "fuzz");
        while (reader.TryRead(out _, CancellationToken.None)) { }
    }
}
