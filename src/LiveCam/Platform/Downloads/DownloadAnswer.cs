using System.Net;

namespace LiveCam.Platform.Downloads;

/// <summary>Whether the head of an answer is that of the file that was asked for.</summary>
internal static class DownloadAnswer
{
    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="from">The byte from which on the file was asked for.</param>
    public static string? Complaint(HttpResponseMessage answer, DownloadRequest request, long from)
    {
        string host = request.Address.Host;
        if (answer.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
            return $"the proxy wants a name and a password for the way to {host}; give them in HTTP_PROXY and HTTPS_PROXY";
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
            return $"{host} answers {(int)answer.StatusCode} ({answer.StatusCode}) to {request.Address.AbsolutePath}";
        if (answer.Content.Headers.ContentType?.MediaType is "text/html")
            return $"{host} answers with a web page in place of the file; is there a page to sign in to on this network?";
        if (answer.StatusCode == HttpStatusCode.PartialContent)
        {
            if (answer.Content.Headers.ContentRange is not { From: { } begin } range || begin != from || range.Length is { } whole && whole != request.Bytes)
                return $"{host} sends another part ({answer.Content.Headers.ContentRange?.ToString() ?? "it does not say which"}) than the one from byte {from:N0} of {request.Bytes:N0} on";
        }
        return answer.Content.Headers.ContentLength is { } length && length != request.Bytes - from
            ? $"{host} says that {length:N0} bytes follow, but the file has {request.Bytes - from:N0}; it is not the file that is expected" : null;
    }
}
