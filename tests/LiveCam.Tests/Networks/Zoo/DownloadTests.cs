using System.Net;
using System.Security.Cryptography;
using System.Text;
using LiveCam.Engine;
using LiveCam.Networks.Zoo;
using LiveCam.Platform.Downloads;
using LiveCam.Tests.Chaos;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Networks.Zoo;

/// <summary>Servers as they should be and as they are: a whole file or none, one sentence, and what came goes on being of use.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    private readonly Scratch scratch = new();
    private readonly byte[] file = RandomBytes(300_000, 7);
    private readonly ZooNetwork network;
    private readonly Seen seen = new();

    public DownloadTests() => network = new("tiny", "tiny-1", file.Length, Convert.ToHexStringLower(SHA256.HashData(file)), "a network", new() { Width = 32, Height = 32 });

    private string Model => scratch["models/tiny.onnx"];
    private string Partial => Model + ".partial";

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_file_comes_whole_with_its_contract_and_its_labels()
    {
        using FileServer server = FileServer.Of(file);
        Assert.Equal(Model, Get(server));
        Assert.Equal(file, File.ReadAllBytes(Model));
        Assert.Equal(["tiny.json", "tiny.labels.txt", "tiny.onnx"], Names());
        Assert.Contains("\"width\": 32", File.ReadAllText(scratch["models/tiny.json"]));
        string[] labels = File.ReadAllLines(scratch["models/tiny.labels.txt"]);
        Assert.Equal((1000, "tench", "toilet paper"), (labels.Length, labels[0], labels[^1]));
        Assert.StartsWith("GET /tiny-1/resolve/main/tiny-1.onnx HTTP/1.1", Assert.Single(server.Requests));
        Assert.Equal(file.Length, seen.States[^1].Done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(123_457)]
    [InlineData(299_999)]
    public void What_broke_off_goes_on_where_it_ended(int first)
    {
        int most = first;
        using var server = new FileServer((request, stream, _) => FileServer.Send(request, stream, file, most));
        string sentence = Fails(server);
        Assert.Contains($"ended the connection after {first:N0} of 300,000 bytes", sentence);
        Assert.Equal(["tiny.onnx.partial"], Names());
        most = int.MaxValue;
        Get(server);
        Assert.Equal(file, File.ReadAllBytes(Model));
        Assert.Contains($"Range: bytes={first}-", server.Requests[^1]);
        Assert.Equal(["tiny.json", "tiny.labels.txt", "tiny.onnx"], Names());
    }

    [Fact]
    public void A_server_that_cannot_go_on_sends_all_of_it_again()
    {
        Leave(file[..1000]);
        using var server = new FileServer((_, stream, _) =>
        {
            FileServer.Head(stream, "200 OK", file.Length);
            stream.Write(file);
        });
        Get(server);
        Assert.Equal(file, File.ReadAllBytes(Model));
    }

    [Fact]
    public void A_part_of_something_else_is_thrown_away_and_all_of_it_asked_for()
    {
        Leave(RandomBytes(1000, 8));
        using FileServer server = FileServer.Of(file);
        Get(server);
        Assert.Equal(file, File.ReadAllBytes(Model));
        Assert.Equal([1000, 0], server.Requests.Select(FileServer.From));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(300_001)]
    public void A_part_that_is_too_long_or_wrong_is_no_obstacle(int length)
    {
        Leave(RandomBytes(length, 8));
        using FileServer server = FileServer.Of(file);
        Get(server);
        Assert.Equal(file, File.ReadAllBytes(Model));
    }

    [Fact]
    public void Another_part_than_was_asked_for_is_refused()
    {
        Leave(file[..1000]);
        using var server = new FileServer((_, stream, _) =>
        {
            FileServer.Head(stream, "206 Partial Content", file.Length - 10, $"Content-Range: bytes 10-{file.Length - 1}/{file.Length}\r\n");
            stream.Write(file.AsSpan(10));
        });
        Assert.Contains("sends another part", Fails(server));
        Assert.Equal(1000, new FileInfo(Partial).Length);
    }

    [Fact]
    public void Other_bytes_are_refused_and_leave_nothing()
    {
        using FileServer server = FileServer.Of(RandomBytes(file.Length, 9));
        Assert.Contains("another SHA-256", Fails(server));
        Assert.Empty(Names());
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(5_000_000_000)]
    public void A_length_that_is_not_the_files_is_refused_before_a_byte_is_taken(long length)
    {
        using var server = new FileServer((_, stream, _) =>
        {
            FileServer.Head(stream, "200 OK", length);
            stream.Write(file);
        });
        Assert.Contains($"says that {length:N0} bytes follow, but the file has 300,000", Fails(server));
        Assert.Empty(Names());
    }

    [Fact]
    public void A_server_that_does_not_stop_is_left()
    {
        using var server = new FileServer((_, stream, stop) =>
        {
            stream.Write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8);
            while (!stop.IsCancellationRequested) stream.Write(file);
        });
        Assert.Contains("more than the 300,000 bytes", Fails(server));
        Assert.Empty(Names());
    }

    [Fact]
    public void A_server_that_stalls_is_left_and_what_came_is_kept()
    {
        using var server = new FileServer((request, stream, stop) =>
        {
            FileServer.Send(request, stream, file, 50_000);
            stop.WaitHandle.WaitOne();
        });
        Assert.Contains("sent nothing, or next to nothing, for 0.5 seconds; the same command goes on from there", Fails(server, Short));
        Assert.Equal(50_000, new FileInfo(Partial).Length);
    }

    [Fact]
    public void A_trickle_is_no_download()
    {
        using var server = new FileServer((_, stream, stop) =>
        {
            FileServer.Head(stream, "200 OK", file.Length);
            for (int i = 0; !stop.WaitHandle.WaitOne(20); i++) stream.Write(file.AsSpan(i, 1));
        });
        Assert.Contains("next to nothing", Fails(server, Short));
    }

    [Fact]
    public void A_server_that_says_nothing_at_all_is_left()
    {
        using var server = new FileServer((_, _, stop) => stop.WaitHandle.WaitOne());
        Assert.Contains("sent nothing, or next to nothing, for 0.5 seconds; try again later", Fails(server, Short));
        Assert.Empty(Names());
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "answers 404 (NotFound)")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "answers 302 (")]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "the proxy wants a name and a password")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 14\r\n\r\n<html>hello</h>", "a web page in place of the file")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", "gives no proper answer")]
    public void Whatever_else_is_answered_is_one_sentence(string answer, string told)
    {
        using var server = new FileServer((_, stream, _) => stream.Write(Encoding.ASCII.GetBytes(answer)));
        Assert.Contains(told, Fails(server));
        Assert.Empty(Names());
    }

    [Fact]
    public void Nobody_at_the_address_is_one_sentence()
    {
        FileServer server = FileServer.Of(file);
        Uri address = server.Address;
        server.Dispose();
        using var downloader = new Downloader();
        Assert.Contains("cannot be reached", Fails(downloader, address));
        Assert.Empty(Names());
    }

    [Fact]
    public void A_proxy_that_refuses_is_named()
    {
        using var proxy = new FileServer((_, stream, _) => FileServer.Head(stream, "403 Forbidden", 0));
        using var downloader = new Downloader(new WebProxy(proxy.Address));
        // The name is never looked up: the proxy is asked, and says no.
        Assert.Contains("the proxy refuses the way to zoo.invalid", Fails(downloader, new("https://zoo.invalid/")));
        Assert.StartsWith("CONNECT zoo.invalid:443", Assert.Single(proxy.Requests));
        Assert.Empty(Names());
    }

    [Fact]
    public void A_stop_keeps_what_came()
    {
        using var stop = new CancellationTokenSource();
        using var server = new FileServer((request, stream, end) =>
        {
            FileServer.Send(request, stream, file, 50_000);
            end.WaitHandle.WaitOne();
        });
        seen.At = state =>
        {
            if (state.Done == 50_000) stop.Cancel();
        };
        using var downloader = new Downloader();
        Assert.Contains("stopped; the same command goes on", Assert.Throws<LiveCamException>(() => Folder(server.Address).Get(network, downloader, seen, stop.Token)).Message);
        Assert.Equal(50_000, new FileInfo(Partial).Length);
    }

    [Fact]
    public void A_disk_without_room_is_told_before_the_first_byte()
    {
        using var disk = new SmallDisk(kilobytes: 128);
        using FileServer server = FileServer.Of(file);
        using var downloader = new Downloader();
        Assert.Contains("0 MB are free", Assert.Throws<LiveCamException>(() => new ZooFolder(disk["models"], server.Address).Get(network, downloader, seen, CancellationToken.None)).Message);
        Assert.Empty(Directory.GetFiles(disk["models"]));
    }

    /// <summary>The room is taken by somebody else while the file comes.</summary>
    [Fact]
    public void A_disk_that_fills_up_gets_its_room_back()
    {
        using var disk = new SmallDisk(kilobytes: 512);
        using FileServer server = FileServer.Of(file);
        using var downloader = new Downloader();
        seen.At = state =>
        {
            if (state.Done == 0) disk.Fill(left: 64 << 10);
        };
        string sentence = Assert.Throws<LiveCamException>(() => new ZooFolder(disk["models"], server.Address).Get(network, downloader, seen, CancellationToken.None)).Message;
        Assert.Contains("takes no more after", sentence);
        Assert.Empty(Directory.GetFiles(disk["models"]));
    }

    [Fact]
    public void A_link_in_place_of_the_part_is_not_followed()
    {
        string other = scratch.Write("precious.txt", "mine"u8);
        Directory.CreateDirectory(scratch["models"]);
        File.CreateSymbolicLink(Partial, other);
        using FileServer server = FileServer.Of(file);
        Get(server);
        Assert.Equal("mine", File.ReadAllText(other));
        Assert.Equal(file, File.ReadAllBytes(Model));
    }

    [Fact]
    public void Two_at_once_do_not_write_one_file()
    {
        Directory.CreateDirectory(scratch["models"]);
        using var first = new FileStream(Partial, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        using FileServer server = FileServer.Of(file);
        Assert.Contains("does another LiveCam download it", Fails(server));
    }

    private ZooFolder Folder(Uri address) => new(scratch["models"], address);

    private string Get(FileServer server)
    {
        using var downloader = new Downloader();
        return Folder(server.Address).Get(network, downloader, seen, CancellationToken.None);
    }

    private string Fails(FileServer server, TimeSpan? patience = null)
    {
        using var downloader = new Downloader { Patience = patience ?? TimeSpan.FromSeconds(20) };
        return Fails(downloader, server.Address);
    }

    /// <summary>The one sentence that a download ends with; the network is not there then.</summary>
    private string Fails(Downloader downloader, Uri address)
    {
        string sentence = Assert.Throws<LiveCamException>(() => Folder(address).Get(network, downloader, seen, CancellationToken.None)).Message;
        Assert.StartsWith("Downloading tiny: ", sentence);
        Assert.Matches(@"[^.][.?]$", sentence);
        Assert.DoesNotContain('\n', sentence);
        Assert.False(Folder(address).Has(network));
        Assert.False(File.Exists(Model));
        return sentence;
    }

    private void Leave(byte[] part)
    {
        Directory.CreateDirectory(scratch["models"]);
        File.WriteAllBytes(Partial, part);
    }

    private string[] Names() => [.. Directory.GetFiles(scratch["models"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static byte[] RandomBytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class Seen : IProgress<DownloadState>
    {
        public List<DownloadState> States { get; } = [];
        public Action<DownloadState>? At { get; set; }

        public void Report(DownloadState value)
        {
            States.Add(value);
            At?.Invoke(value);
        }
    }
}
