using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>
/// <c>livecam bench MODEL --teaching FOLDER</c>: how well a few pictures teach. Every video of <c>FOLDER/videos</c> is a class: 20 frames spread over its first half
/// teach, all of its second half is asked. Every other photograph of <c>FOLDER/photos</c> is background, the rest is unknown, and so is, in turn, each video left
/// out of teaching. No threshold or setting sees a frame that is asked.
/// </summary>
internal static class TeachingBench
{
    private const int Frames = 20, Background = 0;

    private sealed record Clip(string Name, List<float[]> Features);

    public static void Run(string model, string folder, Device device, bool json, Terminal terminal)
    {
        using Backbone backbone = Backbone.Open(model, new Dictionary<string, string>(), device);
        Clip[] clips = [.. FilesIn(folder, "videos").Select(file => Watch(backbone, file, terminal))];
        string[] photos = FolderCamera.PicturesIn(Sub(folder, "photos"));
        if (clips.Length < 2 || photos.Length < 2)
            throw new LiveCamException($"Measuring teaching with \"{folder}\": it has {clips.Length} videos and {photos.Length} photos, but two of each are needed.");
        float[][] pictures = [.. photos.Select(file => Features(backbone, ImageFile.Load(file)))];
        double perFrame = TimeOf(backbone, ImageFile.Load(photos[0]));

        var table = new TextTable("head", "background", "left out", ">asked", ">right %", ">false unknown %", ">unknown asked", ">found %", ">AUROC", ">fit s", ">with features s");
        (string Name, Func<FeatureRows, Head> Fit)[] heads =
        [
            ("neighbours", rows => new NearestNeighbours(rows)), ("means", rows => new ClassMeans(rows)), ("discriminant", rows => LinearHead.Discriminant(rows, Background)),
        ];
        var line = new JsonLine(terminal.Output);
        foreach ((string name, Func<FeatureRows, Head> fit) in heads)
            for (int half = 0; half < 2; half++)
                for (int left = -1; left < clips.Length; left++)
                {
                    terminal.Stop.ThrowIfCancellationRequested();
                    Result result = Measure(clips, pictures, half, left, fit, backbone.Dimension);
                    double all = result.Seconds + result.Taught * perFrame;
                    string without = left < 0 ? "" : clips[left].Name;
                    table.Add(name, half == 0 ? "even" : "odd", without, $"{result.Asked}", $"{100 * result.Right:F2}", $"{100 * result.FalseUnknown:F2}", $"{result.Strange}",
                        $"{100 * result.Found:F2}", $"{result.Auroc:F4}", $"{result.Seconds:F3}", $"{all:F2}");
                    if (!json) continue;
                    var writer = line.Begin();
                    writer.WriteString("head", name);
                    writer.WriteString("background", half == 0 ? "even" : "odd");
                    writer.WriteString("left_out", without);
                    writer.WriteNumber("asked", result.Asked);
                    writer.WriteRounded("right", result.Right, 5);
                    writer.WriteRounded("false_unknown", result.FalseUnknown, 5);
                    writer.WriteNumber("unknown_asked", result.Strange);
                    writer.WriteRounded("unknown_found", result.Found, 5);
                    writer.WriteRounded("auroc", result.Auroc, 5);
                    writer.WriteRounded("fit_s", result.Seconds, 4);
                    writer.WriteRounded("with_features_s", all, 4);
                    line.End();
                }
        if (!json) table.Write(terminal.Output);
    }

    /// <summary>Shares of what was asked; seconds of fitting, thresholds and calibration included.</summary>
    private readonly record struct Result(int Taught, int Asked, double Right, double FalseUnknown, int Strange, double Found, double Auroc, double Seconds);

    private static Result Measure(Clip[] clips, float[][] photos, int half, int left, Func<FeatureRows, Head> fit, int dimension)
    {
        var rows = new MemoryRows(dimension);
        List<float[]> strange = [];
        for (int i = 0; i < photos.Length; i++)
        {
            // Photographs are bursts of one.
            if (i % 2 == half) rows.Add(photos[i], Background, clips.Length + i);
            else strange.Add(photos[i]);
        }
        List<(float[] Features, int Class)> asked = [];
        int next = Background + 1;
        for (int c = 0; c < clips.Length; c++)
        {
            List<float[]> frames = clips[c].Features;
            int middle = frames.Count / 2;
            if (c == left)
            {
                strange.AddRange(frames);
                continue;
            }
            for (int i = 0; i < Frames; i++) rows.Add(frames[i * middle / Frames], next, c);
            asked.AddRange(frames[middle..].Select(features => (features, next)));
            next++;
        }
        long start = Stopwatch.GetTimestamp();
        TaughtModel model = TaughtModel.Fit(rows, Background, fit);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var probabilities = new double[next];
        Verdict[] known = [.. asked.Select(one => model.Judge(one.Features, probabilities))], unknown = [.. strange.Select(features => model.Judge(features, probabilities))];
        return new(rows.Count, known.Length, known.Zip(asked).Count(pair => pair.First.Class == pair.Second.Class) / (double)known.Length, Unknown(known),
            unknown.Length, Unknown(unknown), Separation.Auroc([.. known.Select(one => one.Distance)], [.. unknown.Select(one => one.Distance)]), seconds);

        static double Unknown(Verdict[] some) => some.Count(one => one.Certainty == Certainty.Unknown) / (double)some.Length;
    }

    private static Clip Watch(Backbone backbone, string file, Terminal terminal)
    {
        using Camera camera = CameraSource.Open(file);
        List<float[]> features = [];
        Picture? picture = null;
        while (camera.Read(ref picture, out _))
        {
            terminal.Stop.ThrowIfCancellationRequested();
            features.Add(Features(backbone, picture!));
        }
        return features.Count >= 2 * Frames ? new(Path.GetFileNameWithoutExtension(file), features)
            : throw new LiveCamException($"Measuring teaching with \"{file}\": it has {features.Count} frames, but {2 * Frames} are needed.");
    }

    private static float[] Features(Backbone backbone, Picture picture)
    {
        var features = new float[backbone.Dimension];
        backbone.Read(picture, features);
        return features;
    }

    private static double TimeOf(Backbone backbone, Picture picture)
    {
        var times = new double[20];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Features(backbone, picture);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return Statistics.Median(times);
    }

    private static string Sub(string folder, string name) => Path.Combine(folder, name) is var path && Directory.Exists(path) ? path
        : throw new LiveCamException($"Measuring teaching with \"{folder}\": it has no folder {name}; give one with videos and photos.");

    private static string[] FilesIn(string folder, string name) =>
        [.. Directory.EnumerateFiles(Sub(folder, name)).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)];
}
