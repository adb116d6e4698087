using System.Diagnostics;
using LiveCam.Engine.Text;
using LiveCam.Platform.Downloads;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>How far a download is, on the error stream: a bar where lines can be written over, else a line every ten seconds.</summary>
internal sealed class DownloadProgress(Terminal terminal) : IProgress<DownloadState>, IDisposable
{
    private const int Cells = 30;
    private static readonly TimeSpan BetweenBars = TimeSpan.FromSeconds(0.1), BetweenLines = TimeSpan.FromSeconds(10);

    private readonly bool isLive = terminal.Live is not null;
    private long start, last, from;
    private bool hasBar;

    public void Report(DownloadState value)
    {
        if (start == 0) (start, from) = (Stopwatch.GetTimestamp(), value.Done);
        bool isEnd = value.Done >= value.Bytes;
        if (last != 0 && !isEnd && Stopwatch.GetElapsedTime(last) < (isLive ? BetweenBars : BetweenLines)) return;
        last = Stopwatch.GetTimestamp();
        double share = (double)value.Done / value.Bytes, seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, speed = seconds > 0.5 ? (value.Done - from) / seconds : 0;
        string amount = FormattableString.Invariant($"{value.Done / 1e6:F1} of {value.Bytes / 1e6:F1} MB");
        string rate = speed > 0 ? FormattableString.Invariant($", {speed / 1e6:F1} MB/s") : "";
        if (isLive)
        {
            int full = (int)(share * Cells);
            terminal.Live!.Write($"\r{PlainText.Of(value.Title)} [{new string('#', full)}{new string('.', Cells - full)}] {amount}{rate}   ");
            hasBar = true;
            return;
        }
        terminal.Note($"downloading {value.Title}: {amount}{rate}.");
    }

    /// <summary>Ends the bar's line.</summary>
    public void Dispose()
    {
        if (hasBar) terminal.Error.WriteLine();
    }
}
