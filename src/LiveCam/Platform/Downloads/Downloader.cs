using System.Net;
using System.Net.Http.Headers;
using LiveCam.Engine;

namespace LiveCam.Platform.Downloads;

/// <summary>
/// Brings files of known size and SHA-256 here, over HTTP. What a server says is believed in nothing: a file takes its name when its bytes are the expected ones. A
/// download that broke off goes on where it ended.
/// </summary>
public sealed class Downloader : IDisposable
{
    /// <summary>So many bytes have to come within each <see cref="Patience"/>: a trickle is no download.</summary>
    private const int LeastBytes = 16 << 10;

    private const int BufferBytes = 128 << 10;

    private readonly HttpClient client;

    /// <param name="proxy">A proxy; null for what the system and its variables say.</param>
    public Downloader(IWebProxy? proxy = null)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20), MaxAutomaticRedirections = 5, MaxResponseDrainSize = 0, UseCookies = false };
        if (proxy is not null) handler.Proxy = proxy;
        client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("LiveCam", null));
    }

    /// <summary>How long a server may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Downloads a file that is not there yet, or not whole.</summary>
    /// <param name="beforeItIsThere">Runs when all bytes are here and right, before the file takes its name.</param>
    /// <exception cref="LiveCamException">It cannot be had; what came of it is kept for the next attempt if it may be of use.</exception>
    public void Get(DownloadRequest request, Action beforeItIsThere, IProgress<DownloadState> progress, CancellationToken stop)
    {
        try
        {
            using (PartialFile partial = PartialFile.Open(request, stop))
            {
                bool isResumed = partial.Length > 0;
                if (partial.Length < request.Bytes) Fetch(request, partial, progress, stop);
                if (!partial.IsRight && isResumed)
                {
                    // The beginning was of another attempt: once more, from nothing.
                    partial.Clear();
                    Fetch(request, partial, progress, stop);
                }
                if (!partial.IsRight)
                {
                    partial.Clear();
                    throw Failed(request, $"the file that {request.Address.Host} sent has another SHA-256 than the one that is expected ({request.Sha256[..12]}…), so it was thrown away");
                }
                partial.Flush();
            }
            beforeItIsThere();
            File.Move(request.Partial, request.Target, overwrite: true);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new LiveCamException($"Downloading {request.Title}: stopped; the same command goes on where it ended.");
        }
        catch (HttpRequestException error)
        {
            throw Failed(request, Reason(error, request), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(request, error.Message.TrimEnd('.'), error);
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Asks for what is missing and appends it.</summary>
    private void Fetch(DownloadRequest request, PartialFile partial, IProgress<DownloadState> progress, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, request.Address);
            if (partial.Length > 0) asked.Headers.Range = new RangeHeaderValue(partial.Length, null);
            using HttpResponseMessage answer = client.Send(asked, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && partial.Length > 0)
            {
                partial.Clear();
                Fetch(request, partial, progress, stop);
                return;
            }
            if (answer.StatusCode == HttpStatusCode.OK) partial.Clear();
            if (DownloadAnswer.Complaint(answer, request, partial.Length) is { } complaint) throw Failed(request, complaint);
            partial.Reserve();
            using Stream body = answer.Content.ReadAsStream(patience.Token);
            Copy(body, request, partial, progress, patience);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Failed(request, $"{request.Address.Host} sent nothing, or next to nothing, for {Patience.TotalSeconds:0.#} seconds{Kept(partial)}");
        }
        catch (HttpIOException)
        {
            throw BrokeOff(request, partial);
        }
    }

    private void Copy(Stream body, DownloadRequest request, PartialFile partial, IProgress<DownloadState> progress, CancellationTokenSource patience)
    {
        var buffer = new byte[BufferBytes];
        long told = partial.Length;
        progress.Report(new(request.Title, partial.Length, request.Bytes));
        patience.CancelAfter(Patience);
        while (true)
        {
            int count = Read(body, buffer, request, partial, patience.Token);
            if (count == 0) break;
            if (partial.Length + count > request.Bytes)
            {
                partial.Clear();
                throw Failed(request, $"{request.Address.Host} sends more than the {request.Bytes:N0} bytes that the file has, so it was thrown away");
            }
            partial.Append(buffer.AsSpan(0, count));
            progress.Report(new(request.Title, partial.Length, request.Bytes));
            if (partial.Length - told < LeastBytes) continue;
            told = partial.Length;
            patience.CancelAfter(Patience);
        }
        if (partial.Length < request.Bytes) throw BrokeOff(request, partial);
    }

    /// <summary>The connection's errors are not those of the disk.</summary>
    private static int Read(Stream body, byte[] buffer, DownloadRequest request, PartialFile partial, CancellationToken stop)
    {
        try
        {
            // Only the asynchronous form ends when it is told to.
            return body.ReadAsync(buffer, stop).AsTask().GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            throw BrokeOff(request, partial);
        }
    }

    private static LiveCamException BrokeOff(DownloadRequest request, PartialFile partial) =>
        Failed(request, $"{request.Address.Host} ended the connection after {partial.Length:N0} of {request.Bytes:N0} bytes{Kept(partial)}");

    private static string Kept(PartialFile partial) => partial.Length > 0 ? "; the same command goes on from there" : "; try again later";

    private static string Reason(HttpRequestException error, DownloadRequest request) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"{request.Address.Host} cannot be found; is this machine connected to the network?",
        HttpRequestError.ProxyTunnelError => $"the proxy refuses the way to {request.Address.Host} ({error.GetBaseException().Message.TrimEnd('.')}); its address and password come from HTTPS_PROXY",
        HttpRequestError.SecureConnectionError => $"no safe connection to {request.Address.Host} can be made ({error.GetBaseException().Message.TrimEnd('.')})",
        HttpRequestError.ConnectionError => $"{request.Address.Host} cannot be reached ({error.GetBaseException().Message.TrimEnd('.')}); is this machine connected to the network?",
        _ => $"{request.Address.Host} gives no proper answer ({error.GetBaseException().Message.TrimEnd('.')})",
    };

    private static LiveCamException Failed(DownloadRequest request, string why, Exception? cause = null) =>
        new($"Downloading {request.Title}: {why}{(why.EndsWith('?') ? "" : ".")}", cause!);
}
