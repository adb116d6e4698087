using System.Diagnostics;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Platform;
using Xunit.Abstractions;

namespace LiveCam.Tests.Viewing;

/// <summary>
/// The program on a looped video, its layers walked and its views changed by keys, for ten minutes with ./test --all and some rounds of keys else:
/// memory and OpenGL objects stay what they were after the first rounds of keys, and what is counted adds up.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class LongRunTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>
    /// How much more the managed heap may hold, after a full collection, than after the first rounds. What is kept grows to the largest layer,
    /// text and frame seen, and the first rounds see them all. A loop that forgot 100 bytes a tick would pass it within ten minutes, one that
    /// forgot a picture within a second.
    /// </summary>
    private const long MostHeap = 3L << 20;

    /// <summary>
    /// The same for the resident set. Recorder, decoder and OpenGL driver take memory from the C allocator, to which ./test gives one arena
    /// (MALLOC_ARENA_MAX). Ten minutes and 54 rounds on a busy machine: 28 MiB more than after the first rounds within two minutes, then between 27 and 36;
    /// with an arena for each thread it was 48 and rising. A forgotten video (encoder and frames) would pass the bound in the third round, a forgotten
    /// 768x432 picture a tick in two seconds.
    /// </summary>
    private const long MostResident = 64L << 20;

    /// <summary>
    /// Textures that a count may have more than the first: the display lets go of a picture's two after a second without it, and of the three that a
    /// camera fills in turn one or two may have had no turn in the second before the count.
    /// </summary>
    private const int MostTextures = 4;

    // A second of ticks: what the display has not drawn for so long it lets go of.
    private const int Second = 64;

    private static readonly Key[] Round =
    [
        Key.Down, Key.Right, Key.Z, Key.Right, Key.Z, Key.C, Key.V, Key.S, Key.Down, Key.O, Key.K, Key.P, Key.Space, Key.Up, Key.Space, Key.M, Key.T, Key.T,
        Key.V, Key.X, Key.X, Key.H, Key.H, Key.Left, Key.M, Key.K, Key.O, Key.Up, Key.C, Key.C, Key.C, Key.C, Key.C, Key.S, Key.S, Key.Left,
    ];

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static bool IsLong => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") == "1";

    [Theory]
    [InlineData("cpu", false, "squeezenet1.1-7", 10, 600)]
    [InlineData("gl", true, "resnet8-cifar10", 5, 120)]
    public void Memory_and_OpenGL_objects_stay_flat_and_counters_add_up(string device, bool drawsWithGl, string network, int seconds, int secondsInFull)
    {
        var model = PictureModel.Load(Requirements.Data($"models/{network}/model.onnx"), null, new Dictionary<string, string>());
        var source = new CaptureSettings(Requirements.Data("videos/bottle-detection.mp4")) { Speed = 1, Loop = true, Stays = true };
        var counting = new Counting();
        using var live = new LiveProgram(model, source, scratch.Folder, device: device, drawsWithGl: drawsWithGl, more: counting);
        live.Until(() => live.Frame.Answer is not null, "the first answer");
        var objects = new GlObjects(live.Host!.Window.Context);
        // One round for what is made on first use, another for sheets and buffers that take turns.
        Walk();
        Walk();
        (long heap, long resident, IReadOnlyDictionary<string, int> held) = (Heap(), Environment.WorkingSet, objects.Count());
        int rounds = 0;
        for (long start = Stopwatch.GetTimestamp(); rounds < 2 || Stopwatch.GetElapsedTime(start).TotalSeconds < (IsLong ? secondsInFull : seconds); rounds++)
        {
            Walk();
            long heapNow = Heap() - heap, residentNow = Environment.WorkingSet - resident;
            IReadOnlyDictionary<string, int> now = objects.Count();
            output.WriteLine($"round {rounds + 1}: {live.Frame.Now.TotalSeconds:0} s, {counting.Ticks} ticks, {live.Frame.Report.Captured} captured, {counting.Shown} shown, {live.Frame.Report.Dropped} dropped, {counting.Answers} answers, "
                + $"heap {heapNow / 1024.0:+0;-0} KiB of {heap >> 20} MiB, resident {residentNow / 1048576.0:+0.0;-0.0} MiB of {resident >> 20} MiB, {string.Join(", ", now.Select(kind => $"{kind.Value} {kind.Key}"))}");
            Assert.True(heapNow <= MostHeap, $"after {rounds + 1} rounds the managed heap has grown by {heapNow >> 10} KiB");
            Assert.True(residentNow <= MostResident, $"after {rounds + 1} rounds the resident set has grown by {residentNow >> 20} MiB");
            foreach ((string kind, int count) in now)
                Assert.True(count <= held[kind] + (kind == "Texture" ? MostTextures : 0), $"after {rounds + 1} rounds there are {count} {kind} objects of OpenGL, at first there were {held[kind]}");
        }
        Frame frame = live.Frame;
        Assert.Empty(frame.Faults);
        Assert.False(live.Screen.IsRecording);
        // A picture that came since the last look waits to be taken.
        Assert.InRange(frame.Report.Captured - counting.Shown - frame.Report.Dropped, 0, 1);
        Assert.InRange(frame.Number, counting.Shown - 1, frame.Report.Captured - 1);
        Assert.InRange(frame.Report.Duplicated, 0, frame.Report.Captured - 1);
        Assert.InRange(counting.Answers, 1, counting.Ticks);
        Assert.Equal(0, counting.Errors);
        Assert.Equal((rounds + 2, rounds + 2), (Directory.GetFiles(scratch.Folder, "*.png").Length, Directory.GetFiles(scratch.Folder, "*.mp4").Length));

        // Keys a tenth of a second apart; a video and a snapshot are waited for, so that a round ends as it began.
        void Walk()
        {
            foreach (Key key in Round)
            {
                live.Press(key);
                long start = Stopwatch.GetTimestamp();
                live.Until(() => Stopwatch.GetElapsedTime(start).TotalSeconds >= 0.1);
            }
            int wanted = counting.Rounds += 1;
            live.Until(() => Directory.GetFiles(scratch.Folder, "livecam*.mp4").Length == wanted && Directory.GetFiles(scratch.Folder, "livecam*.png").Length == wanted, "the files of a round");
            // The layer of the start is back, its plan has answered more than once, and older plans are gone.
            live.Until(() => live.Screen.LayerWish(live.Frame.Network!) == live.Frame.Network!.KeptIndex, "the layer of the start");
            (long answers, long ticks) = (counting.Answers + 3, counting.Ticks + Second);
            live.Until(() => counting.Answers >= answers && counting.Ticks >= ticks, "answers of the layer of the start");
        }
    }

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>Counts what a tick sees and what it must not see.</summary>
    private sealed class Counting : Plugin
    {
        private long number = -1, answered = -1;
        private TimeSpan time = TimeSpan.MinValue;

        public long Ticks { get; private set; }
        public long Shown { get; private set; }
        public long Answers { get; private set; }
        public int Errors { get; private set; }
        public int Rounds { get; set; }

        public override string Name => "counting";
        public override IReadOnlyList<Type> Reads => [typeof(Picture), typeof(Answer)];

        public override void Update(Frame frame)
        {
            Ticks++;
            if (frame.IsNew)
            {
                Shown++;
                if (frame.Number <= number || frame.Time < time) Errors++;
                (number, time) = (frame.Number, frame.Time);
            }
            if (!frame.IsAnswered) return;
            Answers++;
            if (frame.Answer!.Number < answered || frame.Answer.Number > frame.Number) Errors++;
            answered = frame.Answer.Number;
        }
    }
}
