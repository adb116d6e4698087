using System.Text.Json;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Loop;

/// <summary>The whole program on a video, on the test pattern, on pictures.</summary>
public sealed class RunTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_video_gives_an_answer_for_every_frame_in_order()
    {
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--frames", "25", "--source", Requirements.Data("videos/bottle-detection.mp4"),
            "--model", Requirements.Data("models/squeezenet1.1-7/model.onnx"), "--labels", Requirements.Data("labels/imagenet-1000.txt"));
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal(26, call.Json.Length);
        JsonElement[] answers = call.Json[..25];
        Assert.All(answers, answer => Assert.Equal(["frame", "time", "device", "latency_ms", "infer_ms", "top"], Call.Fields(answer)));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => (long)i), answers.Select(answer => answer.GetProperty("frame").GetInt64()));
        double[] times = [.. answers.Select(answer => answer.GetProperty("time").GetDouble())];
        Assert.Equal(times.Order(), times);
        // The video has 29.83 frames a second.
        Assert.InRange(times[24], 24 / 31.0, 24 / 29.0);
        Assert.All(answers, answer =>
        {
            Assert.Equal("cpu", answer.GetProperty("device").GetString());
            Assert.True(answer.GetProperty("latency_ms").GetDouble() >= answer.GetProperty("infer_ms").GetDouble());
            Assert.Equal(5, answer.GetProperty("top").GetArrayLength());
            Assert.All(answer.GetProperty("top").EnumerateArray(), guess => Assert.Equal(["index", "label", "probability"], Call.Fields(guess)));
        });
        Assert.Equal("water bottle", answers[24].GetProperty("top")[0].GetProperty("label").GetString());
        JsonElement summary = call.Json[25].GetProperty("summary");
        Assert.Equal(["captured", "classified", "dropped", "fps", "infer_p50_ms", "infer_p99_ms"], Call.Fields(summary));
        Assert.Equal((25, 25, 0), (summary.GetProperty("captured").GetInt32(), summary.GetProperty("classified").GetInt32(), summary.GetProperty("dropped").GetInt32()));
        Assert.True(summary.GetProperty("infer_p50_ms").GetDouble() <= summary.GetProperty("infer_p99_ms").GetDouble());
    }

    [Fact]
    public void The_snapshot_of_a_video_looks_like_its_golden_picture()
    {
        Call call = Call.Run("run", "--headless", "--device", "cpu", "--frames", "12", "--source", Requirements.Data("videos/bottle-detection.mp4"),
            "--model", Requirements.Data("models/squeezenet1.1-7/model.onnx"), "--labels", Requirements.Data("labels/imagenet-1000.txt"),
            "--snapshot", scratch["frame.png"], "--size", "1280x720");
        Assert.True(call.Exit == 0, call.Error);
        AssertLike("bottles.png", ImageFile.Load(scratch["frame.png"]));
    }

    [Fact]
    public void The_pattern_runs_through_the_kernels_of_the_lectures()
    {
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--source", "pattern", "--frames", "6",
            "--snapshot", scratch["frame.png"], "--record", scratch["frames.mp4"], "--size", "640x360");
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal(7, call.Json.Length);
        Assert.All(call.Json[..6], answer => Assert.Equal(0, answer.GetProperty("top").GetArrayLength()));
        Picture frame = ImageFile.Load(scratch["frame.png"]);
        Assert.Equal((640, 360), (frame.Width, frame.Height));
        using Camera video = CameraSource.Open(scratch["frames.mp4"]);
        Picture? picture = null;
        int frames = 0;
        while (video.Read(ref picture, out _)) frames++;
        Assert.Equal(6, frames);
        AssertLike("kernels.png", frame);
    }

    [Theory]
    [InlineData("b.png", "a.png")]
    [InlineData("a.png", "b.png")]
    public void A_folder_is_classified_once_and_a_damaged_picture_is_left_out(string damaged, string first)
    {
        ImageFile.Save(Scratch.Pattern(64, 48, 1), scratch[first]);
        scratch.Write(damaged, "no picture"u8);
        ImageFile.Save(Scratch.Pattern(80, 60, 2), scratch["c.png"]);
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--model", "kernels", "--source", scratch.Folder);
        Assert.Equal((0, 3), (call.Exit, call.Json.Length));
        Assert.Contains(damaged, Assert.Single(call.ErrorLines));
        Assert.Equal(2, call.Json[2].GetProperty("summary").GetProperty("classified").GetInt32());
    }

    [Fact]
    public async Task Ctrl_C_ends_cleanly_and_finishes_the_recording()
    {
        using var stop = new CancellationTokenSource();
        Task<Call> running = Task.Run(() => Call.Run(stop.Token, "run", "--headless", "--json", "--device", "cpu", "--source", "pattern:160x120",
            "--record", scratch["endless.mp4"], "--snapshot", scratch["last.png"], "--size", "320x240"));
        // The video's temporary file appears with the first frame.
        while (!Directory.EnumerateFileSystemEntries(scratch.Folder).Any() && !running.IsCompleted) await Task.Delay(10);
        await Task.Delay(200);
        await stop.CancelAsync();
        Call call = await running;
        Assert.True(call.Exit == 0, call.Error);
        Assert.Empty(call.Error);
        int classified = call.Json[^1].GetProperty("summary").GetProperty("classified").GetInt32();
        Assert.Equal(classified, call.Json.Length - 1);
        Assert.Equal((classified, 0), (call.Json[^1].GetProperty("summary").GetProperty("captured").GetInt32(), call.Json[^1].GetProperty("summary").GetProperty("dropped").GetInt32()));
        using Camera video = CameraSource.Open(scratch["endless.mp4"]);
        Picture? picture = null;
        int frames = 0;
        while (video.Read(ref picture, out _)) frames++;
        Assert.Equal(classified, frames);
        Assert.True(File.Exists(scratch["last.png"]));
    }

    [Fact]
    public void Auto_says_where_the_arithmetic_runs_when_there_is_no_graphics_card()
    {
        Call call = Call.Run("run", "--headless", "--json", "--source", "pattern:64x48", "--frames", "1");
        Assert.Equal(0, call.Exit);
        string device = call.Json[0].GetProperty("device").GetString()!;
        Assert.True(device == "gl" ? call.Error.Length == 0 : call.Error.Contains("CPU"), $"{device}: {call.Error}");
    }

    /// <summary>
    /// Compares the luminance of 32x18 cells with a golden picture. The bottom strip is left out: it shows times. Codecs and fonts' edges move
    /// a cell by a few grey levels; a missing panel moves dozens of cells by more than the tolerance.
    /// </summary>
    private static void AssertLike(string name, Picture frame)
    {
        var contract = new Preprocessing { Channels = 1, Mean = new(0), StandardDeviation = new(1), Width = 32, Height = 18, Fit = Fit.Stretch, Scale = 1 };
        var cells = new float[32 * 18];
        new PreprocessingCpu(contract).Run(frame, cells, TensorStrides.Planar(32, 18));
        var small = new Picture(32, 18, PixelFormat.Gray8);
        for (int i = 0; i < cells.Length; i++) small.Bytes[i] = (byte)Math.Clamp(cells[i] + 0.5f, 0, 255);
        if (Environment.GetEnvironmentVariable("LIVECAM_SAMPLES") is { } folder) ImageFile.Save(small, Path.Combine(folder, name));
        Picture golden = ImageFile.Load(Path.Combine(AppContext.BaseDirectory, "Loop", "golden", name));
        const int compared = 32 * 15, tolerance = 10;
        int different = 0;
        for (int i = 0; i < compared; i++)
            if (Math.Abs(small.Bytes[i] - golden.Bytes[i * golden.BytesPerPixel]) > tolerance) different++;
        Assert.True(different <= compared / 50, $"{different} of {compared} cells differ from {name} by more than {tolerance} grey levels");
    }
}
