using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Plugins.Report;

/// <summary>What a run came to. Times are of the newest 65,536 frames, so that a run may last for days.</summary>
internal sealed class RunSummary
{
    private readonly float[] inferred = new float[1 << 16];
    private long dropped, classified, first, last;

    /// <summary>Allocates nothing.</summary>
    public void Count(Frame frame)
    {
        dropped = frame.Get<CameraReport>()?.Dropped ?? 0;
        if (!frame.HasNew<Answer>()) return;
        if (classified == 0) first = frame.Arrived;
        last = Stopwatch.GetTimestamp();
        inferred[classified++ % inferred.Length] = (float)frame.Get<Answer>()!.InferMilliseconds;
    }

    /// <summary>Classified frames per second, from the first one's arrival to the last one's answer.</summary>
    private double FramesPerSecond => classified == 0 ? 0 : classified / Math.Max(1e-9, Stopwatch.GetElapsedTime(first, last).TotalSeconds);

    /// <summary>Frames that reached the loop or were replaced before; one still waiting when the run ended is neither.</summary>
    private long Captured => classified + dropped;

    public string Text => string.Create(CultureInfo.InvariantCulture,
        $"{Captured} captured, {classified} classified, {dropped} dropped, {FramesPerSecond:F1} fps, {Quantile(0.5):F2} ms median, {Quantile(0.99):F2} ms 99%");

    public void WriteJson(JsonLine line)
    {
        Utf8JsonWriter json = line.Begin();
        json.WriteStartObject("summary");
        json.WriteNumber("captured", Captured);
        json.WriteNumber("classified", classified);
        json.WriteNumber("dropped", dropped);
        json.WriteRounded("fps", FramesPerSecond);
        json.WriteRounded("infer_p50_ms", Quantile(0.5));
        json.WriteRounded("infer_p99_ms", Quantile(0.99));
        json.WriteEndObject();
        line.End();
    }

    private double Quantile(double fraction) =>
        Statistics.Quantile(inferred.Take((int)Math.Min(classified, inferred.Length)).Select(x => (double)x), fraction);
}
