using System.Diagnostics;
using System.Net;
using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform.Streams;

/// <summary>Motion JPEG over HTTP, as phones and cheap cameras send it: an endless multipart answer with a JPEG file in each part.</summary>
internal sealed class MjpegCamera : Camera
{
    private readonly long openedAt = Stopwatch.GetTimestamp();
    private readonly StreamRequest request;
    private readonly CancellationTokenSource patience = new();
    private readonly HttpClient client;
    private readonly MultipartReader parts;
    private readonly JpegStream jpegs;
    private Picture? first;   // read while opening
    private (int Width, int Height) size;

    private MjpegCamera(StreamRequest request, HttpClient client, MultipartReader parts) =>
        (this.request, this.client, this.parts, jpegs) = (request, client, parts, new JpegStream(request.Title));

    public override string Name => request.Title;
    public override int Width => size.Width;
    public override int Height => size.Height;
    public override double FramesPerSecond => 0;
    public override long? FrameCount => null;
    public override bool IsLive => true;

    /// <summary>Asks for an address and waits for the first picture.</summary>
    /// <returns>Null where the answer is something else than parts, which is for others to read.</returns>
    /// <exception cref="LiveCamException">Nobody answers in time, or refuses.</exception>
    public static MjpegCamera? TryOpen(StreamRequest request)
    {
        using var patience = new CancellationTokenSource(request.Open);
        // Nothing is read any more once a camera is given up. Credentials are for this server alone, not for one that it refers to.
        var client = new HttpClient(new SocketsHttpHandler { Credentials = Credentials(request.Address), MaxResponseDrainSize = 0 }) { Timeout = Timeout.InfiniteTimeSpan };
        MjpegCamera? opened = null;
        try
        {
            var asked = new HttpRequestMessage(HttpMethod.Get, request.Address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
            HttpResponseMessage answer = client.Send(asked, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!answer.IsSuccessStatusCode) throw request.Failed(Refusal(answer));
            string type = answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : "";
            if (MultipartReader.BoundaryOf(type) is not { } boundary) return null;
            opened = new MjpegCamera(request, client, new MultipartReader(answer.Content.ReadAsStream(patience.Token), boundary, request.Title));
            if (!opened.TryReadPicture(ref opened.first, patience.Token)) throw request.Failed("it ended the connection before a picture came");
            MjpegCamera camera = opened;
            camera.size = (camera.first!.Width, camera.first.Height);
            opened = null;
            client = null;
            return camera;
        }
        catch (OperationCanceledException)
        {
            throw request.Unanswered();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw request.Failed(e.GetBaseException().Message);
        }
        finally
        {
            opened?.Dispose();
            client?.Dispose();
        }
    }

    public override bool Read(ref Picture? slot, out TimeSpan time)
    {
        time = default;
        patience.CancelAfter(request.Read);
        try
        {
            if (first is not null) (slot, first) = (first, null);
            else if (!TryReadPicture(ref slot, patience.Token)) return false;
        }
        catch (OperationCanceledException)
        {
            throw request.Silent();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;   // the other side is gone
        }
        finally
        {
            patience.CancelAfter(Timeout.Infinite);
        }
        time = Stopwatch.GetElapsedTime(openedAt);
        return true;
    }

    public override void Dispose()
    {
        client.Dispose();
        patience.Dispose();
    }

    private bool TryReadPicture(ref Picture? slot, CancellationToken stop)
    {
        while (parts.TryRead(out ReadOnlySpan<byte> file, stop))
            if (!file.IsEmpty && jpegs.TryDecode(file, ref slot)) return true;
        return false;
    }

    private static CredentialCache? Credentials(Uri address)
    {
        if (address.UserInfo.Length == 0) return null;
        string[] words = address.UserInfo.Split(':', 2);
        var person = new NetworkCredential(Uri.UnescapeDataString(words[0]), words.Length == 2 ? Uri.UnescapeDataString(words[1]) : "");
        var root = new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        return new CredentialCache { { root, "Basic", person }, { root, "Digest", person } };
    }

    private static string Refusal(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.Unauthorized
        ? "it asks for a name and a password, or for others; write them as http://NAME:PASSWORD@ADDRESS"
        : $"it answered {(int)answer.StatusCode} {answer.ReasonPhrase}";
}
