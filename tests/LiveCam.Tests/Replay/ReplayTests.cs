using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Recording;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Tests.Plugins;
using LiveCam.Plugins.SessionRecording;
using LiveCam.Plugins.Replay;

namespace LiveCam.Tests.Replay;

/// <summary>A run that was recorded gives the same answers and the same events again.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private Call Recorded(int frames, params string[] more)
    {
        scratch.Write("keys.jsonl", """
            {"at":0,"event":"key","key":"Right"}
            {"at":0.1,"event":"key","key":"F","shift":true}
            {"at":0.1,"event":"move","x":120.25,"y":33}
            """u8);
        Call call = Call.Run(["run", "--headless", "--json", "--device", "cpu", "--frames", $"{frames}", "--capture", scratch["recording"], "--script", scratch["keys.jsonl"], .. more]);
        Assert.True(call.Exit == 0, call.Error);
        return call;
    }

    private static string[] WithoutTimings(Call call) => [.. call.Json.SkipLast(1).Select(line => string.Join(' ',
        ((string[])["frame", "time", "device", "top"]).Select(field => line.GetProperty(field).GetRawText())))];

    private void AssertSameFile(string name) => Assert.Equal(File.ReadAllBytes(Path.Combine(scratch["recording"], name)), File.ReadAllBytes(Path.Combine(scratch["again"], name)));

    [Fact]
    public void A_replay_gives_the_same_answers_and_the_same_event_log_bit_for_bit()
    {
        Call run = Recorded(12, "--source", Requirements.Data("videos/bottle-detection.mp4"), "--model", Requirements.Data("models/squeezenet1.1-7/model.onnx"),
            "--labels", Requirements.Data("labels/imagenet-1000.txt"));
        Call replay = Call.Run("replay", scratch["recording"], "--json", "--check", "--capture", scratch["again"]);
        Assert.True(replay.Exit == 0, replay.Error);
        Assert.Equal("livecam: 12 answers are those of the recording.", Assert.Single(replay.ErrorLines, line => !line.Contains("is a guess")));
        Assert.Equal(13, replay.Json.Length);
        Assert.Equal(WithoutTimings(run), WithoutTimings(replay));
        Assert.Equal(run.Json.Select(Call.Fields), replay.Json.Select(Call.Fields));
        foreach (string file in (string[])["frames.bin", "events.jsonl", "answers.jsonl"]) AssertSameFile(file);
        Assert.Equal(3, File.ReadAllLines(Path.Combine(scratch["again"], "events.jsonl")).Length);
    }

    /// <summary>With a clock of the test's: a picture comes when the recording says so, and none is left out.</summary>
    [Fact]
    public void Who_watches_a_recording_sees_its_pictures_at_its_pace_and_the_last_one_stays()
    {
        Recorded(4, "--source", "pattern:64x48");
        var clock = new FakeClock();
        var frame = new Frame(64, 48, isShown: false);
        var app = new LiveCamApp([new ReplayPlugin(scratch["recording"], long.MaxValue, isWatched: true)], frame, clock: clock);
        app.Load();
        List<(long Number, TimeSpan At)> seen = [];
        for (int i = 0; i < 200; i++)
        {
            app.Tick();
            if (frame.IsNew) seen.Add((frame.Number, frame.Now));
            clock.Advance(TimeSpan.FromMilliseconds(5));
        }
        Assert.False(frame.HasEnded);
        Assert.Equal([0, 1, 2, 3], seen.Select(one => one.Number));
        // The pattern has 30 pictures a second; a tick is 5 ms.
        for (int i = 1; i < seen.Count; i++) Assert.InRange((seen[i].At - seen[0].At).TotalMilliseconds, i * 1000 / 30.0 - 1, i * 1000 / 30.0 + 6);
        Assert.NotNull(frame.Picture);
        app.Unload();
        Assert.Contains("--window", Call.Run("replay", scratch["recording"], "--window", "--check").Error);
    }

    [Fact]
    public void Text_is_what_a_replay_says_without_json()
    {
        Recorded(3, "--source", "pattern:64x48");
        Call replay = Call.Run("replay", scratch["recording"], "--frames", "2");
        Assert.Equal((0, ""), (replay.Exit, replay.Error));
        Assert.StartsWith("2 captured, 2 classified", replay.Lines[^1]);
    }

    [Fact]
    public void A_changed_answer_fails_the_check()
    {
        Recorded(4, "--source", Requirements.Data("videos/bottle-detection.mp4"), "--model", Requirements.Data("models/squeezenet1.1-7/model.onnx"));
        string file = Path.Combine(scratch["recording"], "answers.jsonl");
        string[] lines = File.ReadAllLines(file);
        lines[2] = lines[2].Replace("\"probability\":0.", "\"probability\":0.1");
        File.WriteAllLines(file, lines);
        Call replay = Call.Run("replay", scratch["recording"], "--check");
        Assert.Contains("1 of 4 answers differ", replay.AssertFailed(1));
        Assert.Contains("\"frame\":2", replay.Error);
    }

    [Fact]
    public void A_recording_cut_anywhere_replays_up_to_its_last_whole_frame()
    {
        Recorded(4, "--source", "pattern:32x24");
        string frames = RecordingInfo.FramesIn(scratch["recording"]), events = RecordingInfo.EventsIn(scratch["recording"]), answers = RecordingInfo.AnswersIn(scratch["recording"]);
        (byte[] pictures, byte[] log, byte[] said) = (File.ReadAllBytes(frames), File.ReadAllBytes(events), File.ReadAllBytes(answers));
        int step = pictures.Length / 9, before = int.MaxValue;
        for (int left = pictures.Length - 1; left > 0; left -= step)
        {
            File.WriteAllBytes(frames, pictures[..left]);
            File.WriteAllBytes(events, log[..(log.Length * left / pictures.Length)]);
            File.WriteAllBytes(answers, said[..(said.Length * left / pictures.Length)]);
            Call replay = Call.Run("replay", scratch["recording"], "--json");
            if (replay.Exit != 0)
            {
                Assert.Contains("holds no whole picture", replay.AssertFailed(1));
                before = 0;
                continue;
            }
            int whole = replay.Json.Length - 1;
            Assert.InRange(whole, 1, Math.Min(3, before));
            before = whole;
        }
        Assert.Equal(0, before);
    }

    [Fact]
    public void A_recording_damaged_in_the_middle_is_said_to_be()
    {
        Recorded(4, "--source", "pattern:32x24");
        string frames = RecordingInfo.FramesIn(scratch["recording"]);
        byte[] bytes = File.ReadAllBytes(frames);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(frames, bytes);
        Assert.Contains("is damaged behind its", Call.Run("replay", scratch["recording"]).AssertFailed(1));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("other")]
    [InlineData("newer")]
    [InlineData("bare")]
    public void What_is_no_recording_is_one_sentence(string kind)
    {
        string folder = scratch[kind];
        if (kind != "missing") Directory.CreateDirectory(folder);
        if (kind == "other") File.WriteAllText(Path.Combine(folder, "recording.json"), "no json");
        if (kind == "newer") File.WriteAllText(Path.Combine(folder, "recording.json"), """{"Version":7,"Source":"","Device":"cpu","Model":{"Model":null,"Labels":null,"Preprocessing":{}}}""");
        if (kind == "bare") File.WriteAllText(Path.Combine(folder, "recording.json"), """{"Version":1,"Model":{}}""");
        Assert.Contains(folder, Call.Run("replay", folder).AssertFailed(1));
    }

    [Fact]
    public void A_folder_that_holds_something_is_not_recorded_into()
    {
        scratch.Write("letter.txt", "dear"u8);
        string sentence = Call.Run("run", "--headless", "--device", "cpu", "--source", "pattern:64x48", "--frames", "1", "--capture", scratch.Folder).AssertFailed(1);
        Assert.Contains(scratch.Folder, sentence);
        Assert.Equal("letter.txt", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(scratch.Folder))));
    }

    [Fact]
    public void A_script_with_a_wrong_line_is_refused_before_the_first_frame() =>
        Assert.Contains("line 1", Call.Run("run", "--headless", "--device", "cpu", "--source", "pattern:64x48", "--script", scratch.Write("wrong.jsonl", "{}"u8)).AssertFailed(1));

    /// <summary>A window's loop: more ticks than pictures, pictures that were never seen, events before the first and after the last.</summary>
    [Fact]
    public void A_loop_that_ticks_faster_than_its_camera_replays_with_its_events_in_place()
    {
        var clock = new FakeClock();
        var frame = new Frame(160, 160, isShown: false);
        var seen = new List<string>();
        var app = new LiveCamApp([new Sparse(), new Diary(seen), new RecordingPlugin(scratch["recording"], Info, mayWait: true)], frame, clock: clock);
        app.Load();
        var random = new Random(5);
        for (int tick = 0; tick < 60; tick++)
        {
            clock.Advance(TimeSpan.FromTicks(random.Next(50_000, 300_000)));
            for (int i = random.Next(-2, 3); i > 0; i--) frame.Events.Add(new(WindowEventKind.KeyDown) { Key = Key.A + random.Next(26), IsRepeat = i == 2 });
            app.Tick();
        }
        app.Unload();
        Assert.Empty(frame.Faults);
        var again = new List<string>();
        var replayed = new Frame(160, 160, isShown: false);
        new LiveCamApp([new ReplayPlugin(scratch["recording"], long.MaxValue), new Diary(again), new RecordingPlugin(scratch["again"], Info, mayWait: true)], replayed)
            .Run(CancellationToken.None);
        Assert.Empty(replayed.Faults);
        Assert.True(seen.Count > 30 && seen.Exists(line => line.StartsWith("no picture", StringComparison.Ordinal)), $"{seen.Count} ticks to compare");
        Assert.Equal(seen, again);
        AssertSameFile("events.jsonl");
        AssertSameFile("frames.bin");
    }

    [Fact]
    public void A_disk_that_is_too_slow_leaves_out_pictures_and_says_so_and_never_the_loop()
    {
        var notes = new List<string>();
        var big = new Frame(160, 160, isShown: false) { Picture = Scratch.Noise(1920, 1080, PixelFormat.Bgr8) };
        var plugin = new RecordingPlugin(scratch["recording"], Info, mayWait: false);
        var app = new LiveCamApp([new Source(), plugin], big, note: notes.Add);
        app.Load();
        for (int i = 0; i < 60; i++)
        {
            (big.IsNew, big.Number) = (true, i);
            plugin.Update(big);
        }
        app.Unload();
        using var file = File.OpenRead(RecordingInfo.FramesIn(scratch["recording"]));
        file.Position = FrameFile.Preamble.Length;
        byte[] buffer = [];
        Picture? slot = null;
        int kept = 0;
        while (FrameFile.TryRead(file, ref buffer, ref slot, out _)) kept++;
        Assert.True(kept >= 8, $"{kept} kept");
        Assert.Equal(kept == 60 ? [] : [$"{60 - kept} pictures came faster than they could be recorded and were left out."], notes);
    }

    private static RecordingInfo Info => new(RecordingInfo.Newest, "test", "cpu", new(null, null, new Dictionary<string, string>()));

    private sealed class Source : Plugin
    {
        public override string Name => "source";
        public override IReadOnlyList<Type> Writes => [typeof(Picture)];
    }

    /// <summary>A picture every few ticks, with gaps in its numbers.</summary>
    private sealed class Sparse : Plugin
    {
        private int ticks;

        public override string Name => "sparse";
        public override IReadOnlyList<Type> Writes => [typeof(Picture)];

        public override void Update(Frame frame)
        {
            if (++ticks % 4 != 0) return;
            (frame.IsNew, frame.Number, frame.Time) = (true, ticks / 2, frame.Now - TimeSpan.FromMilliseconds(3));
            frame.Picture = Scratch.Pattern(24, 16, frame.Number);
        }
    }

    /// <summary>Writes down every tick that had a picture or an event.</summary>
    private sealed class Diary(List<string> lines) : Plugin
    {
        public override string Name => "diary";
        public override IReadOnlyList<Type> Reads => [typeof(WindowEvent)];
        public override IReadOnlyList<Type> MayRead => [typeof(Picture)];

        public override void Update(Frame frame)
        {
            if (!frame.IsNew && frame.Events.Count == 0) return;
            string picture = frame.Picture is null ? "no picture" : $"{frame.Number} {frame.Time.Ticks} {frame.Picture.Bytes.Sum(one => (long)one)}";
            lines.Add($"{picture} {frame.IsNew} {frame.Now.Ticks} {string.Join(' ', frame.Events)}");
        }
    }
}
