using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LiveCam.Platform.Streams;

/// <summary>What the program ffprobe says of a video file that OpenCV does not tell or does not heed.</summary>
/// <param name="Stream">The stream of the most pixels, as the file counts its streams; attached pictures do not count.</param>
/// <param name="IsFirst">Whether that is the first video stream, the one OpenCV shows.</param>
/// <param name="PixelAspect">Width of a pixel by its height; 1 for square ones.</param>
/// <param name="Matrix">From luma and colour differences to red, green and blue, as FFmpeg calls it ("bt709"); empty where the file says nothing.</param>
/// <param name="IsFullRange">Whether it says that luma uses all of 0 to 255 in a format that does not say so itself.</param>
/// <param name="Duration">Null where it is not known.</param>
/// <param name="Rate">Frames a second; 0 where it is not known.</param>
internal sealed record VideoFacts(int Stream, bool IsFirst, double PixelAspect, string Matrix, bool IsFullRange, TimeSpan? Duration, double Rate)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the program ffmpeg has to read it: OpenCV decodes every video by BT.601 in limited range, takes pixels for square and shows the first stream.
    /// </summary>
    public bool NeedsFfmpeg => !IsFirst || Math.Abs(PixelAspect - 1) > 0.01 || IsFullRange || Matrix is not ("" or "unknown" or "smpte170m" or "bt470bg" or "gbr" or "rgb" or "reserved");

    /// <summary>Null where there is no ffprobe, or it says nothing of use.</summary>
    public static VideoFacts? TryRead(string path)
    {
        string? ffmpeg = FfmpegProcess.Find(Environment.GetEnvironmentVariable("PATH"));
        string? program = ffmpeg is null ? null : Path.Combine(Path.GetDirectoryName(ffmpeg)!, OperatingSystem.IsWindows() ? "ffprobe.exe" : "ffprobe");
        if (!File.Exists(program)) return null;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true };
        foreach (string word in (string[])["-v", "error", "-show_streams", "-show_format", "-of", "json", "-i", "file:" + Path.GetFullPath(path)]) start.ArgumentList.Add(word);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            Task<string> said = process.StandardOutput.ReadToEndAsync();
            if (!said.Wait(Patience))
            {
                process.Kill();
                return null;
            }
            process.WaitForExit();
            using JsonDocument json = JsonDocument.Parse(said.Result);
            return Of(json.RootElement);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or JsonException or IOException or InvalidOperationException or AggregateException)
        {
            return null;
        }
    }

    /// <summary>The facts in ffprobe's JSON; null where it lists no video stream.</summary>
    internal static VideoFacts? Of(JsonElement probe)
    {
        if (!probe.TryGetProperty("streams", out JsonElement streams)) return null;
        JsonElement[] videos = [.. streams.EnumerateArray().Where(stream => Text(stream, "codec_type") == "video"
            && !(stream.TryGetProperty("disposition", out JsonElement role) && role.TryGetProperty("attached_pic", out JsonElement cover) && cover.GetInt32() == 1))];
        if (videos.Length == 0) return null;
        JsonElement largest = videos.MaxBy(stream => (long)Number(stream, "width") * (long)Number(stream, "height"));
        double[] aspect = Ratio(Text(largest, "sample_aspect_ratio"), ':'), rate = Ratio(Text(largest, "avg_frame_rate"), '/');
        string duration = Text(largest, "duration") is { Length: > 0 } own ? own : probe.TryGetProperty("format", out JsonElement format) ? Text(format, "duration") : "";
        return new(largest.GetProperty("index").GetInt32(), largest.GetProperty("index").GetInt32() == videos[0].GetProperty("index").GetInt32(),
            aspect is [> 0, > 0] ? aspect[0] / aspect[1] : 1, Text(largest, "color_space"), Text(largest, "color_range") == "pc" && !Text(largest, "pix_fmt").StartsWith("yuvj", StringComparison.Ordinal)
            && Text(largest, "pix_fmt").StartsWith("yuv", StringComparison.Ordinal),
            double.TryParse(duration, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null,
            rate is [> 0, > 0] && rate[0] / rate[1] < 10_000 ? rate[0] / rate[1] : 0);
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static double Number(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    private static double[] Ratio(string text, char between) =>
        [.. text.Split(between).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0)];
}
