using System.Diagnostics;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Classify;
using LiveCam.Plugins.Controls;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Plugins.Lessons;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Samples;
using LiveCam.Plugins.Teach;
using LiveCam.Teaching;
using LiveCam.Text;
using LiveCam.Ui;

namespace LiveCam.Commands;

/// <summary>
/// <c>livecam bench MODEL --training</c>: what learning costs the loop. The program as it runs in a window, drawn by the processor, on the test pattern, with a project
/// of three classes; in turn with nothing to learn and with one lesson after the other in all ways, five rounds. A tick's time is its work, without the rest it takes
/// to keep the display's rate.
/// </summary>
internal static class TrainingBench
{
    private const int Rounds = 5, Classes = 3, Samples = 30, Width = 1280, Height = 720;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    private readonly record struct Ticks(double Median, double Late, int Count, int Lessons);

    public static void Run(string path, bool json, Terminal terminal)
    {
        PictureModel model = PictureModel.Load(path, null, new Dictionary<string, string>());
        string folder = Directory.CreateTempSubdirectory("livecam-bench-").FullName;
        try
        {
            using (SampleStore store = SampleStore.Open(folder)) Fill(store);
            Report(Measure(model, folder, terminal.Stop), json, terminal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(SampleStore store)
    {
        var picture = new Picture(320, 240, PixelFormat.Bgr8);
        for (int c = 1; c <= Classes; c++)
        {
            int id = store.AddClass($"class {c}"), burst = store.NewBurst();
            for (int i = 0; i < Samples; i++)
            {
                PatternCamera.Paint(picture, 80 * c + i);
                store.Capture(picture, id, burst, force: true);
                store.Settle();
            }
        }
    }

    private static (Ticks Off, Ticks On)[] Measure(PictureModel model, string folder, CancellationToken stop)
    {
        var frame = new Frame(Width, Height, isShown: true);
        var screen = new ScreenPlugin();
        SampleStore store = SampleStore.Open(folder);
        var learner = new Learner(store, () => new CpuDevice(threads: 1));
        PluginList plugins = [];
        plugins.Add(screen.Begin, isEssential: true);
        plugins.Add(new ControlsPlugin(), isEssential: true);
        plugins.Add(new CapturePlugin(new CaptureSettings("pattern") { Speed = 1, Stays = true }, _ => { }, stop), isEssential: true);
        plugins.Add(new ClassifyPlugin(new ConcurrentNetwork(new NetworkBuilder(model, "cpu", "", _ => new CpuDevice(Math.Max(1, Environment.ProcessorCount - 1)), FeatureLayer.Find))), isEssential: true);
        plugins.Add(new SamplesPlugin(store, new SampleShelf(store)), isEssential: true);
        plugins.Add(new TeachPlugin(learner), isEssential: true);
        plugins.Add(new FeatureMapsPlugin(), isEssential: true);
        plugins.Add(new OverlayPlugin(60), isEssential: true);
        plugins.Add(new LessonsPlugin(), isEssential: true);
        plugins.Add(screen, isEssential: true);
        var app = new LiveCamApp(plugins, frame);
        app.Load();
        try
        {
            // The first lesson is what answers meanwhile; then the clocks are up and everything is compiled.
            while (frame.Answer?.Certainty is null) Tick();
            Go(isLearning: true);
            var rounds = new (Ticks, Ticks)[Rounds];
            for (int i = 0; i < Rounds; i++)
            {
                Await();
                Ticks off = Go(isLearning: false);
                rounds[i] = (off, Go(isLearning: true));
            }
            return rounds;
        }
        finally
        {
            app.Unload();
        }

        void Tick()
        {
            stop.ThrowIfCancellationRequested();
            app.Tick();
        }

        void Await()
        {
            while (frame.Lessons!.IsLearning) Tick();
        }

        Ticks Go(bool isLearning)
        {
            List<double> times = [];
            int lessons = 0;
            Lesson? last = learner.State.Live;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Round;)
            {
                // Asked for while one is learned, the next is never waited for.
                if (isLearning && (!ReferenceEquals(last, learner.State.Live) || times.Count == 0))
                {
                    if (times.Count > 0) lessons++;
                    last = learner.State.Live;
                    learner.Want(LessonWish.NextWay);
                }
                Tick();
                times.Add((Stopwatch.GetElapsedTime(screen.Began) - frame.Waited).TotalMilliseconds);
            }
            return new(Statistics.Median(times), Statistics.Quantile(times, 0.95), times.Count, lessons);
        }
    }

    private static void Report((Ticks Off, Ticks On)[] rounds, bool json, Terminal terminal)
    {
        double median = Statistics.Median([.. rounds.Select(round => round.On.Median / round.Off.Median)]), late = Statistics.Median([.. rounds.Select(round => round.On.Late / round.Off.Late)]);
        if (json)
        {
            var line = new JsonLine(terminal.Output);
            foreach ((Ticks off, Ticks on) in rounds)
            {
                var writer = line.Begin();
                writer.WriteRounded("off_p50_ms", off.Median);
                writer.WriteRounded("off_p95_ms", off.Late);
                writer.WriteRounded("on_p50_ms", on.Median);
                writer.WriteRounded("on_p95_ms", on.Late);
                writer.WriteNumber("lessons", on.Lessons);
                line.End();
            }
            var last = line.Begin();
            last.WriteRounded("p50_ratio", median);
            last.WriteRounded("p95_ratio", late);
            line.End();
            return;
        }
        var table = new TextTable("round", ">off p50 ms", ">off p95 ms", ">on p50 ms", ">on p95 ms", ">lessons");
        for (int i = 0; i < rounds.Length; i++)
        {
            (Ticks off, Ticks on) = rounds[i];
            table.Add($"{i + 1}", $"{off.Median:F2}", $"{off.Late:F2}", $"{on.Median:F2}", $"{on.Late:F2}", $"{on.Lessons}");
        }
        table.Write(terminal.Output);
        terminal.Output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"learning / not learning: {median:F2} of the median tick, {late:F2} of the 95th percentile"));
    }

    /// <summary>Draws in software and keeps the display's rate.</summary>
    private sealed class ScreenPlugin : Plugin
    {
        private static readonly TimeSpan Rate = TimeSpan.FromSeconds(1 / 60.0);

        private readonly SoftwareRasterizer rasterizer = new();
        private readonly Picture picture = new(Width, Height, PixelFormat.Rgba8);
        private readonly BeginPlugin begin = new();

        public Plugin Begin => begin;

        /// <summary>When the tick's work began.</summary>
        public long Began => begin.At;

        public override string Name => "show";
        public override FrameParts Reads => FrameParts.Canvas;

        public override void Draw(Frame frame)
        {
            rasterizer.Render(frame.Canvas!, picture);
            long start = Stopwatch.GetTimestamp();
            TimeSpan left = Rate - Stopwatch.GetElapsedTime(Began);
            if (left > TimeSpan.Zero) Thread.Sleep(left);
            frame.Waited += Stopwatch.GetElapsedTime(start);
        }
    }

    private sealed class BeginPlugin : Plugin
    {
        public long At { get; private set; }
        public override string Name => "begin";
        public override FrameParts MayRead => FrameParts.Events;
        public override void Update(Frame frame) => At = Stopwatch.GetTimestamp();
    }
}
