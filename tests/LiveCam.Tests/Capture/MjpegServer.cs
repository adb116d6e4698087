using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Capture;

/// <summary>A network camera on 127.0.0.1: JPEG pictures, one part of a multipart/x-mixed-replace answer each, about fifty a second.</summary>
internal sealed class MjpegServer : IDisposable
{
    private readonly object gate = new();
    private readonly List<TcpClient> clients = [];
    private readonly byte[][] pattern = [.. Enumerable.Range(0, 40).Select(i => Jpeg(Scratch.Pattern(160, 120, i * 6)))];
    private TcpListener listener = new(IPAddress.Loopback, 0);
    private Func<int, byte[]> parts;
    private volatile bool isSilent, isTearing;
    private int sent;

    public MjpegServer(bool isOpen = true)
    {
        parts = Moving;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        if (isOpen) Accept(listener);
        else listener.Stop();
    }

    public int Port { get; }
    public string Url => $"http://127.0.0.1:{Port}/video.mjpg";

    /// <summary>What a request gets in place of the pictures: a head and a body, after which the connection ends; null for the pictures.</summary>
    public Func<string, (string Head, byte[] Body)?>? Answer { get; init; }

    /// <summary>Pictures sent so far.</summary>
    public int Sent => Volatile.Read(ref sent);

    /// <summary>The moving test pattern at 160x120.</summary>
    public Func<int, byte[]> Moving => i => pattern[i % pattern.Length];

    /// <summary>What part number i (from 0 for each connection) holds, from now on.</summary>
    public void Send(Func<int, byte[]> what) => Volatile.Write(ref parts, what);

    /// <summary>The sockets stay open and nothing is sent.</summary>
    public bool IsSilent { set => isSilent = value; }

    /// <summary>Closes every connection and takes no new one.</summary>
    public void Cut()
    {
        lock (gate)
        {
            listener.Stop();
            foreach (TcpClient client in clients) client.Dispose();
            clients.Clear();
        }
    }

    /// <summary>Closes every connection in the middle of its next picture, and takes no new one.</summary>
    public void Tear()
    {
        lock (gate)
        {
            listener.Stop();
            isTearing = true;
            clients.Clear();
        }
    }

    /// <summary>Takes connections again, on the same port.</summary>
    public void Return()
    {
        lock (gate)
        {
            isTearing = false;
            listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            Accept(listener);
        }
    }

    public static byte[] Jpeg(Picture picture) => ImageFile.Encode(picture, ".jpg");

    public void Dispose() => Cut();

    private void Accept(TcpListener from) => new Thread(() =>
    {
        try
        {
            while (true)
            {
                TcpClient client = from.AcceptTcpClient();
                lock (gate) clients.Add(client);
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut.
        }
    }) { IsBackground = true }.Start();

    private void Serve(TcpClient client)
    {
        try
        {
            client.NoDelay = true;
            NetworkStream stream = client.GetStream();
            byte[] asked = new byte[4096];
            string request = Encoding.ASCII.GetString(asked, 0, stream.Read(asked));
            if (Answer?.Invoke(request) is var (head, body))
            {
                stream.Write(Encoding.ASCII.GetBytes(head));
                stream.Write(body);
                client.Dispose();
                return;
            }
            stream.Write("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=part\r\n\r\n"u8);
            for (int i = 0; ; i++)
            {
                while (isSilent) Thread.Sleep(5);
                byte[] jpeg = Volatile.Read(ref parts)(i);
                stream.Write(Encoding.ASCII.GetBytes($"--part\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"));
                if (isTearing)
                {
                    stream.Write(jpeg.AsSpan(0, jpeg.Length / 2));
                    client.Dispose();
                    return;
                }
                stream.Write(jpeg);
                stream.Write("\r\n"u8);
                Interlocked.Increment(ref sent);
                Thread.Sleep(20);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two hung up.
        }
    }
}
