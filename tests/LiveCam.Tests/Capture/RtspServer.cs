using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveCam.Engine.Tests;

namespace LiveCam.Tests.Capture;

/// <summary>A real RTSP server on 127.0.0.1, a process of its own that sends moving colour bars; see rtsp-server.py.</summary>
internal sealed class RtspServer : IDisposable
{
    private Process process;

    public RtspServer()
    {
        if (!OperatingSystem.IsLinux()) throw Requirements.Missing("rtsp", "no RTSP server to start on this system");
        if (LiveCam.Platform.Streams.FfmpegProcess.Find(Environment.GetEnvironmentVariable("PATH")) is null) throw Requirements.Missing("ffmpeg", "no ffmpeg on the PATH");
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        process = Serve(160, 120);
    }

    public int Port { get; }
    public string Url => $"rtsp://127.0.0.1:{Port}/live";

    /// <summary>Ends it, and with it every connection.</summary>
    public void Cut()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Serves again, on the same port.</summary>
    public void Return(int width, int height) => process = Serve(width, height);

    /// <summary>The connections stay and nothing is sent, or it goes on.</summary>
    public bool IsSilent
    {
        set
        {
            using Process signal = Process.Start("kill", [value ? "-STOP" : "-CONT", $"{process.Id}"]);
            signal.WaitForExit();
        }
    }

    public void Dispose()
    {
        if (!process.HasExited) Cut();
        process.Dispose();
    }

    // Debian's own Python: another one has not its packages.
    private Process Serve(int width, int height)
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python)) throw Requirements.Missing("rtsp", $"no {Python}");
        string script = Path.Combine(Requirements.Root, "tests/LiveCam.Tests/Capture/rtsp-server.py");
        Process served = Process.Start(new ProcessStartInfo(Python, [script, $"{Port}", $"{width}", $"{height}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        if (served.StandardOutput.ReadLine() == "ready") return served;
        string reason = served.StandardError.ReadToEnd().Trim().Split('\n')[^1];
        throw Requirements.Missing("rtsp", $"no RTSP server: apt-get install gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good python3-gi ({reason})");
    }
}
