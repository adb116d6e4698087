using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveCam.Engine;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Platform.Streams;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using static LiveCam.Platform.CameraState;

namespace LiveCam.Tests.Capture;

/// <summary>Streams that ffmpeg reads: a real RTSP server and everything that happens to one, UDP, a video on a web server.</summary>
public sealed class FfmpegStreamTests
{
    [Fact]
    public void An_RTSP_stream_plays_upright_and_in_its_colours()
    {
        using var server = new RtspServer();
        using var watcher = new Watcher(server.Url);
        watcher.Until(Live);
        watcher.UntilMore(3);
        Assert.Equal([Opening, Live], watcher.States);
        Assert.Equal((160, 120), (watcher.Picture!.Width, watcher.Picture.Height));
        // The bars of SMPTE (JPEG keeps the 16 to 235 of video as they are): white at the left, yellow beside it, blue at the right; below them blue comes first.
        AssertNear(watcher.Picture, 10, 20, 235, 235, 235);
        AssertNear(watcher.Picture, 34, 20, 16, 235, 235);
        AssertNear(watcher.Picture, 150, 20, 235, 16, 16);
        AssertNear(watcher.Picture, 10, 85, 235, 16, 16);
        Assert.Equal($"{server.Url} is live.", watcher.Changes[^1].Text);
    }

    [Fact]
    public void An_RTSP_stream_that_is_cut_comes_back_with_another_size()
    {
        using var server = new RtspServer();
        using var watcher = new Watcher(server.Url);
        watcher.Until(Live);
        server.Cut();
        watcher.Until(Lost);
        watcher.Until(() => watcher.Grabber.Status.Attempts >= 2);
        Assert.Contains(server.Url, watcher.Grabber.Status.Detail);
        server.Return(320, 200);
        watcher.Until(() => watcher.Picture is { Width: 320 });
        AssertNear(watcher.Picture!, 310, 20, 235, 16, 16);
        Assert.Equal(200, watcher.Picture!.Height);
        Assert.Equal([Opening, Live, Lost, Live], watcher.States);
    }

    [Fact]
    public void An_RTSP_stream_that_stalls_is_frozen_then_lost_then_comes_back()
    {
        using var server = new RtspServer();
        using var watcher = new Watcher(server.Url, Watcher.Times with { Frozen = TimeSpan.FromSeconds(1), Read = TimeSpan.FromSeconds(3) });
        watcher.Until(Live);
        server.IsSilent = true;
        watcher.Until(Frozen);
        int[] stalled = Readers(server.Url);
        watcher.Until(Lost);
        // It tries again with others.
        watcher.Until(() => !Readers(server.Url).Intersect(stalled).Any());
        server.IsSilent = false;
        watcher.Until(Live);
        Assert.Equal([Opening, Live, Frozen, Lost, Live], watcher.States);
    }

    [Fact]
    public void A_program_that_is_killed_while_a_stream_stalls_leaves_no_ffmpeg()
    {
        using var server = new RtspServer();
        string program = Path.Combine(AppContext.BaseDirectory, "LiveCam.dll");
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [program, "run", "--headless", "--json", "--model", "kernels", "--device", "cpu", "--source", server.Url]) { RedirectStandardOutput = true })!;
        Assert.NotNull(process.StandardOutput.ReadLine());
        Assert.NotEmpty(Readers(server.Url));
        server.IsSilent = true;   // what it would write would tell ffmpeg that nobody reads it
        process.Kill();
        process.WaitForExit();
        // Ten seconds is what only a failure needs.
        Assert.True(SpinWait.SpinUntil(() => Readers(server.Url).Length == 0, TimeSpan.FromSeconds(10)), "ffmpeg outlived the program");
    }

    [Fact]
    public void A_camera_that_is_disposed_of_leaves_no_ffmpeg()
    {
        using var server = new RtspServer();
        Camera camera = CameraSource.Open(server.Url);
        Assert.NotEmpty(Readers(server.Url));
        camera.Dispose();
        Assert.True(SpinWait.SpinUntil(() => Readers(server.Url).Length == 0, TimeSpan.FromSeconds(10)), "ffmpeg outlived its camera");
    }

    [Fact]
    public void Pictures_sent_by_UDP_are_read()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
        probe.Dispose();
        string url = $"udp://127.0.0.1:{port}";
        using Process sender = Process.Start(new ProcessStartInfo(Ffmpeg(), ["-nostdin", "-loglevel", "error", "-re", "-f", "lavfi", "-i", "smptebars=size=160x120:rate=25", "-c:v", "mpeg2video", "-q:v", "2", "-f", "mpegts", url]))!;
        try
        {
            using Camera camera = CameraSource.Open(url);
            Picture? slot = null;
            Assert.True(camera.Read(ref slot, out _) && camera.Read(ref slot, out _));
            Assert.True(camera.IsLive);
            AssertNear(slot!, 10, 20, 191, 191, 191);
            AssertNear(slot!, 150, 20, 191, 0, 0);
        }
        finally
        {
            sender.Kill();
        }
    }

    [Fact]
    public void A_video_on_a_web_server_is_read_to_its_end_at_its_own_times()
    {
        _ = Ffmpeg();
        using Scratch scratch = new();
        using (VideoWriter writer = VideoWriter.Create(scratch["clip.avi"], 63, 32, 25))
        {
            for (int i = 0; i < 12; i++) writer.Write(Scratch.Pattern(63, 32, i));
            writer.Finish();
        }
        byte[] file = File.ReadAllBytes(scratch["clip.avi"]);
        using var server = new MjpegServer { Answer = _ => ($"HTTP/1.0 200 OK\r\nContent-Type: video/x-msvideo\r\nContent-Length: {file.Length}\r\n\r\n", file) };
        using Camera camera = CameraSource.Open(server.Url);
        Assert.Equal((64, 32, 12L, false), (camera.Width, camera.Height, camera.FrameCount, camera.IsLive));
        Picture? slot = null;
        int count = 0;
        for (; camera.Read(ref slot, out TimeSpan time); count++)
        {
            Assert.Equal(count * 0.04, time.TotalSeconds, 6);
            Assert.InRange(Scratch.Difference(Scratch.Pattern(63, 32, count), slot!), 0.0, 12.0);
        }
        Assert.Equal(12, count);
    }

    [Fact]
    public void What_is_no_video_is_one_sentence_without_the_password()
    {
        _ = Ffmpeg();
        byte[] page = "<html>no video</html>"u8.ToArray();
        using var server = new MjpegServer { Answer = _ => ($"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: {page.Length}\r\n\r\n", page) };
        string sentence = Assert.Throws<LiveCamException>(() => CameraSource.Open($"http://me:secret@127.0.0.1:{server.Port}/page")).Message;
        Assert.StartsWith($"Opening the stream http://127.0.0.1:{server.Port}/page: ", sentence);
        Assert.Contains("Invalid data", sentence);
        Assert.DoesNotContain("secret", sentence);
        Assert.DoesNotContain("\n", sentence);
    }

    [Fact]
    public void Without_ffmpeg_one_sentence_says_how_to_install_it()
    {
        using Scratch scratch = new();
        Assert.Null(FfmpegProcess.Find(null));
        Assert.Null(FfmpegProcess.Find(scratch.Folder));
        var stream = new StreamRequest(new Uri("rtsp://127.0.0.1:9/live"), "rtsp://127.0.0.1:9/live", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) { SearchPath = scratch.Folder };
        string sentence = Assert.Throws<LiveCamException>(() => FfmpegCamera.Open(stream)).Message;
        Assert.Contains("rtsp://127.0.0.1:9/live", sentence);
        Assert.Contains("install ffmpeg", sentence);
    }

    [Fact]
    public void Nobody_at_an_RTSP_address_is_one_sentence()
    {
        _ = Ffmpeg();
        Assert.Contains("Connection refused", Call.Run("run", "--headless", "--device", "cpu", "--source", "rtsp://127.0.0.1:9/live").AssertFailed(1));
    }

    private static string Ffmpeg() => FfmpegProcess.Find(Environment.GetEnvironmentVariable("PATH")) ?? throw Requirements.Missing("ffmpeg", "no ffmpeg on the PATH");

    /// <summary>The processes that have an address on their command line; the program under test has it on its own.</summary>
    /// <summary>The processes that read a stream.</summary>
    private static int[] Readers(string url) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out int process) ? process : 0)
            .Where(process => process != 0 && CommandLine(process) is var line && line.Contains(url, StringComparison.Ordinal) && line.Contains("ffmpeg", StringComparison.Ordinal)),
    ];

    private static string CommandLine(int process)
    {
        try { return File.ReadAllText($"/proc/{process}/cmdline"); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return ""; }
    }

    private static void AssertNear(Picture picture, int x, int y, int blue, int green, int red)
    {
        byte[] at = picture.Row(y).Slice(x * 3, 3).ToArray();
        int[] wanted = [blue, green, red];
        Assert.True(Enumerable.Range(0, 3).All(i => Math.Abs(at[i] - wanted[i]) < 16), $"at {x},{y}: {string.Join(", ", at)} in place of {string.Join(", ", wanted)}");
    }
}
