using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveCam.Tests.Networks.Zoo;

/// <summary>A web server on 127.0.0.1 that answers each request with what a test makes of it, byte by byte, and then ends the connection.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly List<string> requests = [];
    private readonly Action<string, Stream, CancellationToken> answer;

    /// <param name="answer">Gets the head of a request, writes the answer, and may wait for the token.</param>
    public FileServer(Action<string, Stream, CancellationToken> answer)
    {
        this.answer = answer;
        listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>The heads of all requests so far.</summary>
    public string[] Requests
    {
        get
        {
            lock (requests) return [.. requests];
        }
    }

    /// <summary>An honest server: all of the file, or the part that is asked for.</summary>
    public static FileServer Of(byte[] file) => new((request, stream, _) => Send(request, stream, file, file.Length));

    /// <summary>Answers honestly, but sends only the first bytes of what it promises.</summary>
    public static void Send(string request, Stream stream, byte[] file, int most)
    {
        int from = From(request);
        Head(stream, from == 0 ? "200 OK" : "206 Partial Content", file.Length - from, from == 0 ? "" : $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}\r\n");
        stream.Write(file.AsSpan(from, Math.Min(most, file.Length - from)));
    }

    public static void Head(Stream stream, string status, long length, string more = "") =>
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n"));

    /// <summary>The first byte that a request asks for.</summary>
    public static int From(string request) => request.Split("bytes=") is [_, var range] ? int.Parse(range[..range.IndexOf('-')]) : 0;

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                TcpClient client = listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was disposed of.
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                var head = new StringBuilder();
                var bytes = new byte[4096];
                while (!head.ToString().Contains("\r\n\r\n"))
                {
                    int count = stream.Read(bytes);
                    if (count == 0) return;
                    head.Append(Encoding.ASCII.GetString(bytes, 0, count));
                }
                lock (requests) requests.Add(head.ToString());
                answer(head.ToString(), stream, end.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The other side hung up, or the test ended.
            }
        }
    }
}
