using System.Diagnostics;
using System.Globalization;
using LiveCam.Commands;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Vision;
using LiveCam.Loop;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Ui;

namespace LiveCam.Bench;

/// <summary>What a tick of the program takes while a heavy network runs beside it on the CPU, against the same without it, in turns.</summary>
internal sealed class TickTime(string folder, int rounds, double seconds, int width, int height, TextWriter output)
{
    private const double WantedMilliseconds = 300;
    private const double MostMedian = 1.3, MostP95 = 2;

    private enum Load
    {
        /// <summary>The camera alone.</summary>
        None,
        /// <summary>The heavy network's answer and feature maps on the screen, the network at rest: what drawing them takes.</summary>
        Resting,
        /// <summary>The network looks at one picture after the other.</summary>
        Running,
    }

    private string recording = "";

    private readonly record struct Times(double Median, double P95, int Ticks, double InferMilliseconds);

    public bool Run()
    {
        PictureModel model = Heavy();
        var all = new Dictionary<Load, List<Times>> { [Load.None] = [], [Load.Resting] = [], [Load.Running] = [] };
        output.WriteLine("| round | network | ticks | median, ms | 95%, ms | one answer, ms |");
        output.WriteLine("|---:|---|---:|---:|---:|---:|");
        for (int round = 1; round <= rounds; round++)
            foreach (Load load in Enum.GetValues<Load>())
            {
                Times times = Measure(model, load);
                all[load].Add(times);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {round} | {load.ToString().ToLowerInvariant()} | {times.Ticks} | {times.Median:0.00} | {times.P95:0.00} | {(load == Load.None ? "" : times.InferMilliseconds.ToString("0"))} |"));
            }
        bool isMet = Compare("none", all[Load.None], all[Load.Running]);
        Compare("resting", all[Load.Resting], all[Load.Running]);
        output.WriteLine(recording);
        return isMet;
    }

    private bool Compare(string name, List<Times> without, List<Times> with)
    {
        double[] medians = [.. with.Zip(without, (a, b) => a.Median / b.Median)], tails = [.. with.Zip(without, (a, b) => a.P95 / b.P95)];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"running / {name}: median {Middle(medians):0.00} ({Each(medians)}), 95% {Middle(tails):0.00} ({Each(tails)}); wanted: at most {MostMedian} and {MostP95}"));
        return Middle(medians) <= MostMedian && Middle(tails) <= MostP95;

        static string Each(double[] ratios) => string.Join(" ", ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)));
        static double Middle(double[] ratios) => ratios.Order().ElementAt(ratios.Length / 2);
    }

    /// <summary>A network of 3x3 convolutions at full size, as many as take the wanted time on the processors less one.</summary>
    private PictureModel Heavy()
    {
        const int probe = 4;
        Directory.CreateDirectory(folder);
        int layers = (int)Math.Clamp(Math.Round(WantedMilliseconds / Single(Written(probe)) * probe), 1, 200);
        PictureModel model = Written(layers);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layers} convolutions of 64 channels at 224x224: {Single(model):0} ms on {Threads} of {Environment.ProcessorCount} processors"));
        return model;
    }

    private PictureModel Written(int layers)
    {
        string path = Path.Combine(folder, $"heavy-{layers}.onnx");
        var network = new LayerBuilder(new(Classes: 10, Channels: 3, Size: 224, Width: 64), width: 64);
        Value x = network.Picture();
        for (int i = 0; i < layers; i++) x = network.Relu($"relu{i}", network.Convolution($"conv{i}", x, 64, 3, pad: 1));
        ZooFiles.Save(network.PooledClassifier(x), path);
        return PictureModel.Load(path, null, new Dictionary<string, string>());
    }

    private static double Single(PictureModel model)
    {
        using var device = new CpuDevice(Threads);
        using Classifier classifier = Classifier.Create(model, device, null);
        var picture = new Picture(320, 240, PixelFormat.Bgr8);
        double least = double.MaxValue;
        for (int i = 0; i < 4; i++)
        {
            long start = Stopwatch.GetTimestamp();
            classifier.Run(picture);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return least;
    }

    private static int Threads => Math.Max(1, Environment.ProcessorCount - 1);

    private Times Measure(PictureModel model, Load load)
    {
        string reason = "";
        using WindowHost? host = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) ? null : WindowHost.TryOpen(width, height, out reason);
        if (reason.Length > 0) throw new InvalidOperationException(reason);
        var frame = new Frame(width, height, isShown: true);
        host?.Begin(frame);
        var begin = new BeginPlugin();
        LiveNetwork? network = load == Load.None ? null : new ConcurrentNetwork(new NetworkBuilder(model, "cpu", "", _ => new CpuDevice(Threads)));
        var chain = new PluginChain
        {
            Source = new CapturePlugin(new CaptureSettings("pattern") { Speed = 1, Stays = true }, CancellationToken.None), IsShown = true, IsStrict = true, FramesPerSecond = 60,
            Network = load == Load.Resting ? new RestingNetwork(network!) : network, Input = host?.Input, Present = host?.Present ?? new ScreenPlugin(), Extras = [begin],
        };
        var app = new LiveCamApp(chain.Build(), frame);
        app.Load();
        try
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1 || load != Load.None && (frame.Get<Answer>() is null || frame.Get<FeatureView>() is null)) app.Tick();
            var times = new List<double>(10_000);
            start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                app.Tick();
                // Without the rest that the loop takes to keep the display's rate.
                times.Add((Stopwatch.GetElapsedTime(begin.At) - frame.Get<StageTimes>()!.Waited).TotalMilliseconds);
            }
            times.Sort();
            return new(times[times.Count / 2], times[times.Count * 95 / 100], times.Count, frame.Get<Answer>()?.InferMilliseconds ?? 0);
        }
        finally
        {
            if (load == Load.Resting) recording = Recording(frame.Canvas!);
            app.Unload();
        }
    }

    /// <summary>What a recorded frame takes of the loop's thread, against what drawing it there would.</summary>
    private static string Recording(Canvas canvas)
    {
        var (copy, pictures, rasterizer, picture) = (new Canvas(), new PictureCopies(), new SoftwareRasterizer(), new Picture(canvas.Width, canvas.Height, PixelFormat.Rgba8));
        var (copying, drawing) = (new List<double>(), new List<double>());
        for (int i = 0; i < 60; i++)
        {
            long start = Stopwatch.GetTimestamp();
            copy.Copy(canvas, pictures);
            copying.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            rasterizer.Render(canvas, picture);
            drawing.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return string.Create(CultureInfo.InvariantCulture, $"recording: a frame's draw list is copied in {copying.Min():0.00} ms and drawn in {drawing.Min():0.00} ms, encoded by another thread");
    }

    /// <summary>When the tick's work began, after the window had waited.</summary>
    private sealed class BeginPlugin : Plugin
    {
        public long At { get; private set; }
        public override string Name => "begin";
        public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent)];
        public override void Update(Frame frame) => At = Stopwatch.GetTimestamp();
    }

    /// <summary>Draws in software and keeps the display's rate, where there is no display.</summary>
    private sealed class ScreenPlugin : Plugin
    {
        private readonly SoftwareRasterizer rasterizer = new();
        private Picture? picture;
        private long shown;

        public override string Name => "show";
        public override IReadOnlyList<Type> Reads => [typeof(Canvas)];

        public override void Draw(Frame frame)
        {
            picture ??= new Picture(frame.Width, frame.Height, PixelFormat.Rgba8);
            rasterizer.Render(frame.Canvas!, picture);
            long start = Stopwatch.GetTimestamp();
            double left = 1.0 / 60 - Stopwatch.GetElapsedTime(shown).TotalSeconds;
            if (left > 0) Thread.Sleep(TimeSpan.FromSeconds(left));
            shown = Stopwatch.GetTimestamp();
            frame.Get<StageTimes>()!.Waited += Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>A network that looks at one picture and then at none.</summary>
    private sealed class RestingNetwork(LiveNetwork network) : LiveNetwork
    {
        private bool hasAnswered;

        public override void Start() => network.Start();
        public override void Want(ChangeNetwork wish) => network.Want(wish);

        public override void Offer(Frame frame, bool again)
        {
            if (!hasAnswered) network.Offer(frame, again);
        }

        public override NetworkResult? Take()
        {
            NetworkResult? result = network.Take();
            hasAnswered |= result is not null;
            return result;
        }

        public override string? TakeError() => network.TakeError();
        public override void Dispose() => network.Dispose();
    }
}
