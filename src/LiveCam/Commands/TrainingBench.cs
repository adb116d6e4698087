using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Samples;
using LiveCam.Plugins.Teach;
using LiveCam.Teaching;
using LiveCam.Text;
using LiveCam.Ui;

namespace LiveCam.Commands;

/// <summary>
/// <c>livecam bench MODEL --training</c>: what learning costs the loop. The program as it runs in a window, drawn by the processor, on the test pattern, with a project
/// of three classes; in turn with nothing to learn and with one lesson after the other in all ways, five rounds. A tick's time is its work, without the rest it takes
/// to keep the display's rate. With <c>--device gl</c> it is a real window, network and features of samples are on its OpenGL, and one step of fine-tuning after the
/// other goes on in its slices while there is something to learn.
/// </summary>
internal static class TrainingBench
{
    private const int Rounds = 5, Classes = 3, Samples = 30, Width = 1280, Height = 720;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    private readonly record struct Ticks(double Median, double Late, int Lessons, int Steps);

    /// <exception cref="LiveCamException">The network cannot be run or, on OpenGL, trained, or there is no window for it.</exception>
    public static void Run(string path, bool onGl, bool json, Terminal terminal)
    {
        string reason = "";
        using WindowHost? window = onGl ? WindowHost.TryOpen(Width, Height, out reason) : null;
        if (reason.Length > 0) throw new LiveCamException($"Measuring on the display's OpenGL: {reason}");
        PictureModel model = PictureModel.Load(path, null, new Dictionary<string, string>());
        string folder = Directory.CreateTempSubdirectory("livecam-bench-").FullName;
        try
        {
            using (SampleStore store = SampleStore.Open(folder)) Fill(store);
            Report(Measure(model, folder, window, terminal.Stop), json, terminal);
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

    private static (Ticks Off, Ticks On)[] Measure(PictureModel model, string folder, WindowHost? window, CancellationToken stop)
    {
        var frame = new Frame(Width, Height, isShown: true);
        window?.Begin(frame);
        var screen = new ScreenPlugin();
        SampleStore store = SampleStore.Open(folder);
        var learner = new Learner(store, () => new CpuDevice(threads: 1));
        var chain = new PluginChain
        {
            Source = new CapturePlugin(new CaptureSettings("pattern") { Speed = 1, Stays = true }, stop), IsShown = true, IsStrict = true, FramesPerSecond = 60,
            Network = new ConcurrentNetwork(new NetworkBuilder(model, window is null ? "cpu" : "gl", "", Open, PictureLayers.Features)),
            Samples = new SamplesPlugin(store, new SampleShelf(store)), Teach = new TeachPlugin(learner), Input = window?.Input, Present = window?.Present ?? screen, Extras = [screen.Begin],
        };
        var app = new LiveCamApp(chain.Build(), frame);
        TuningLoad? tuning = null;
        app.Load();
        try
        {
            // The first lesson is what answers meanwhile; then the clocks are up and everything is compiled.
            while (frame.Get<Answer>()?.Certainty is null) Tick();
            if (window is not null) tuning = new TuningLoad(model.Path!, frame.Get<NetworkInfo>()!.OpenGl!);
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
            tuning?.Dispose();
            app.Unload();
        }

        Device Open(string kind) => window is null ? new CpuDevice(Math.Max(1, Environment.ProcessorCount - 1)) : window.OpenDevice();

        void Tick()
        {
            stop.ThrowIfCancellationRequested();
            app.Tick();
        }

        void Await()
        {
            while (frame.Get<LessonState>()!.IsLearning || tuning is { IsResting: false }) Tick();
        }

        Ticks Go(bool isLearning)
        {
            List<double> times = [];
            int lessons = 0, steps = tuning?.Steps ?? 0;
            tuning?.Want(isLearning);
            Lesson? last = learner.State.Live;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Round;)
            {
                // Asked for while one is learned, the next is never waited for.
                if (isLearning && (!ReferenceEquals(last, learner.State.Live) || times.Count == 0))
                {
                    if (times.Count > 0) lessons++;
                    last = learner.State.Live;
                    learner.Want(LessonCommand.NextWay);
                }
                Tick();
                times.Add((Stopwatch.GetElapsedTime(screen.Began) - frame.Get<StageTimes>()!.Waited).TotalMilliseconds);
            }
            tuning?.Want(false);
            return new(Statistics.Median(times), Statistics.Quantile(times, 0.95), lessons, (tuning?.Steps ?? 0) - steps);
        }
    }

    private static void Report((Ticks Off, Ticks On)[] rounds, bool json, Terminal terminal)
    {
        (double Median, double Late)[] ratios = [.. rounds.Select(round => (round.On.Median / round.Off.Median, round.On.Late / round.Off.Late))];
        double median = Statistics.Median([.. ratios.Select(ratio => ratio.Median)]), late = Statistics.Median([.. ratios.Select(ratio => ratio.Late)]);
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
                writer.WriteNumber("steps", on.Steps);
                line.End();
            }
            var last = line.Begin();
            last.WriteRounded("p50_ratio", median);
            last.WriteRounded("p95_ratio", late);
            line.End();
            return;
        }
        var table = new TextTable("round", ">off p50 ms", ">off p95 ms", ">on p50 ms", ">on p95 ms", ">p50 ratio", ">p95 ratio", ">lessons", ">steps");
        for (int i = 0; i < rounds.Length; i++)
        {
            (Ticks off, Ticks on) = rounds[i];
            table.Add($"{i + 1}", $"{off.Median:F2}", $"{off.Late:F2}", $"{on.Median:F2}", $"{on.Late:F2}", $"{ratios[i].Median:F2}", $"{ratios[i].Late:F2}", $"{on.Lessons}", $"{on.Steps}");
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
        public override IReadOnlyList<Type> Reads => [typeof(Canvas)];

        public override void Draw(Frame frame)
        {
            rasterizer.Render(frame.Canvas!, picture);
            long start = Stopwatch.GetTimestamp();
            TimeSpan left = Rate - Stopwatch.GetElapsedTime(Began);
            if (left > TimeSpan.Zero) Thread.Sleep(left);
            frame.Get<StageTimes>()!.Waited += Stopwatch.GetElapsedTime(start);
        }
    }

    private sealed class BeginPlugin : Plugin
    {
        public long At { get; private set; }
        public override string Name => "begin";
        public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent)];
        public override void Update(Frame frame) => At = Stopwatch.GetTimestamp();
    }
}
