using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LiveCam.Engine;

namespace LiveCam.Platform.Streams;

/// <summary>
/// The program ffmpeg, which reads an address and writes each picture, as a BMP file, to a pipe. It never outlives us: on Unix a shell of three
/// lines holds the other end of its life line, a pipe that breaks when we end in whatever way, and then kills it.
/// </summary>
internal sealed partial class FfmpegProcess : IDisposable
{
    // $0 is ffmpeg. The shell gives up its own hold of the outputs, whose ends are then those of ffmpeg alone. What a terminal sends to all
    // (Ctrl-C) is for us to act on.
    private const string Guard = "trap '' INT TERM HUP; \"$0\" \"$@\" </dev/null & ffmpeg=$!; exec >&- 2>&-; read -r _; kill -9 $ffmpeg; wait $ffmpeg 2>/dev/null";

    private static volatile string passthrough = "-fps_mode";   // its name since FFmpeg 5.1

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim isDescribed = new();
    private string lastLine = "";
    private bool isUnknownOption;

    private FfmpegProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        Output = new BufferedStream(process.StandardOutput.BaseStream, 64 << 10);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The BMP files, one behind the other.</summary>
    public Stream Output { get; }

    /// <summary>How long what it reads lasts; null for what has no known end.</summary>
    public TimeSpan? Duration { get; private set; }

    /// <summary>Frames a second as the source states them; 0 where it states none.</summary>
    public double Rate { get; private set; }

    /// <summary>What it said last, without its addresses in memory.</summary>
    public string LastLine
    {
        get { lock (gate) return lastLine; }
    }

    /// <exception cref="LiveCamException">ffmpeg is not installed, or cannot be started.</exception>
    public static FfmpegProcess Start(StreamRequest stream)
    {
        string program = Find(stream.SearchPath) ?? throw new LiveCamException(
            $"Opening the stream {stream.Title}: the program ffmpeg, which reads all streams but motion JPEG over HTTP, is not on the PATH. Install it: {InstallCommand}");
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? program : "/bin/sh")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        if (!OperatingSystem.IsWindows()) foreach (string word in (string[])["-c", Guard, program]) start.ArgumentList.Add(word);
        foreach (string word in Arguments(stream)) start.ArgumentList.Add(word);
        try
        {
            return new FfmpegProcess(start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw stream.Failed($"{program} could not be started ({e.Message.TrimEnd('.')})");
        }
    }

    /// <summary>The program's path; null where no folder of a PATH has it.</summary>
    internal static string? Find(string? path)
    {
        string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Waits until it has said what it reads, which it does before the first picture.</summary>
    public void AwaitDescription(CancellationToken stop) => isDescribed.Wait(stop);

    /// <summary>After its end: whether it was too old for an option, and is to be started again.</summary>
    public bool ShallTryAgain()
    {
        if (!isUnknownOption || passthrough != "-fps_mode") return false;
        passthrough = "-vsync";
        return true;
    }

    /// <summary>Ends it at once, from any thread. What it had written can still be read.</summary>
    public void Kill()
    {
        try
        {
            process.StandardInput.Close();
            if (OperatingSystem.IsWindows()) process.Kill();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It had ended.
        }
    }

    public void Dispose()
    {
        Kill();
        process.WaitForExit();
        process.Dispose();
        isDescribed.Dispose();
    }

    private static string InstallCommand => OperatingSystem.IsWindows() ? "winget install ffmpeg" : OperatingSystem.IsMacOS() ? "brew install ffmpeg" : "sudo apt-get install ffmpeg";

    private static IEnumerable<string> Arguments(StreamRequest stream)
    {
        string scheme = stream.Address.Scheme;
        bool isRtsp = scheme is "rtsp" or "rtsps";
        string microseconds = $"{(long)stream.Read.TotalMicroseconds}";
        return
        [
            "-hide_banner", "-nostats", "-loglevel", "info",
            .. (string[])(isRtsp ? ["-rtsp_transport", "tcp"] : []),                                          // whole pictures, whatever is lost on the way
            .. (string[])(scheme is "http" or "https" or "file" ? [] : ["-fflags", "nobuffer", "-flags", "low_delay"]),   // the newest, not the smoothest
            // Where nobody guards it, a silent sender ends it.
            .. (string[])(!OperatingSystem.IsWindows() || scheme == "file" ? [] : [isRtsp ? "-timeout" : "-rw_timeout", microseconds]),
            "-i", stream.Facts is null ? stream.Address.OriginalString : "file:" + stream.Address.LocalPath,
            // Each picture once, when it comes; a size that changes is scaled to the first one.
            "-map", stream.Facts is { } facts ? $"0:{facts.Stream}" : "0:v:0", .. Picture(stream.Facts), passthrough, "passthrough", "-c:v", "bmp", "-pix_fmt", "bgr24", "-f", "image2pipe", "pipe:1",
        ];
    }

    /// <summary>Square pixels, and colours by the matrix and the range that the stream states.</summary>
    private static string[] Picture(VideoFacts? facts)
    {
        if (facts is null) return [];
        // Turned before it comes here, a picture has its pixels turned, too: "sar" is ffmpeg's own for what it is then.
        return ["-vf", "scale=w='round(iw*max(1,sar))':h='round(ih*max(1,1/sar))':in_color_matrix=auto:out_range=full:flags=bicubic+accurate_rnd,setsar=1"];
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            isDescribed.Set();
            return;
        }
        if (LengthLine().Match(line) is { Success: true } length)
            Duration = TimeSpan.FromSeconds(Number(length, 1) * 3600 + Number(length, 2) * 60 + Number(length, 3));
        if (Rate == 0 && RateLine().Match(line) is { Success: true } rate) Rate = Number(rate, 1);
        isUnknownOption |= line.Contains("fps_mode", StringComparison.Ordinal);
        if (line.StartsWith("Output #0", StringComparison.Ordinal)) isDescribed.Set();
        if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith("[swscaler", StringComparison.Ordinal)) lock (gate) lastLine = Address().Replace(line.Trim(), "");
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // "  Duration: 00:00:08.04, start: ..."; N/A where there is none.
    [GeneratedRegex(@"^\s*Duration: (\d+):(\d+):(\d+\.?\d*)")]
    private static partial Regex LengthLine();

    // "  Stream #0:0: Video: h264 (High), yuv420p, 640x360, 25 fps, ..."
    [GeneratedRegex(@"Stream #0:.*Video:.* (\d+\.?\d*) fps")]
    private static partial Regex RateLine();

    // "[rtsp @ 0x55d0c8]"
    [GeneratedRegex(@"^\[[^\]]*\] ")]
    private static partial Regex Address();
}
