using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Platform.Streams;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Capture;

/// <summary>Motion JPEG over HTTP as its bytes: names and passwords, and every way of sending parts.</summary>
public sealed class HttpStreamTests
{
    private const string Refused = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n";

    [Fact]
    public void A_camera_that_asks_for_a_name_and_a_password_gets_those_of_the_address()
    {
        string told = "Basic " + Convert.ToBase64String("me:se/cret"u8);
        using var server = new MjpegServer { Answer = request => request.Contains($"Authorization: {told}") ? null : (Refused + "WWW-Authenticate: Basic realm=\"camera\"\r\n\r\n", []) };
        Assert.Equal((160, 120), Size($"http://me:se%2Fcret@127.0.0.1:{server.Port}/video.mjpg"));
        string sentence = Assert.Throws<LiveCamException>(() => CameraSource.Open($"http://me:wrong@127.0.0.1:{server.Port}/video.mjpg")).Message;
        Assert.Contains("a name and a password", sentence);
        Assert.DoesNotContain("wrong", sentence);
        Assert.Contains("a name and a password", Assert.Throws<LiveCamException>(() => CameraSource.Open(server.Url)).Message);
    }

    /// <summary>RFC 7616, section 3.4.1: MD5 of (MD5 of name:realm:password):nonce:nc:cnonce:qop:(MD5 of method:uri).</summary>
    [Fact]
    public void Digest_authentication_is_answered_without_the_password()
    {
        using var server = new MjpegServer { Answer = request => IsRight(request) ? null : (Refused + "WWW-Authenticate: Digest realm=\"camera\", nonce=\"0123abcd\", qop=\"auth\", algorithm=MD5\r\n\r\n", []) };
        Assert.Equal((160, 120), Size($"http://me:secret@127.0.0.1:{server.Port}/video.mjpg"));

        static bool IsRight(string request)
        {
            if (request.Contains("secret") || !request.Contains("Authorization: Digest")) return false;
            string Field(string name) => Regex.Match(request, $"\\b{name}=\"?([^\",\\r]*)").Groups[1].Value;
            string expected = Md5($"{Md5("me:camera:secret")}:0123abcd:{Field("nc")}:{Field("cnonce")}:auth:{Md5("GET:/video.mjpg")}");
            return Field("username") == "me" && Field("response") == expected;
        }

        static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void A_server_that_is_referred_to_does_not_get_the_password()
    {
        bool isTold = false;
        using var other = new MjpegServer { Answer = request => { isTold |= request.Contains("Authorization"); return null; } };
        using var server = new MjpegServer
        {
            Answer = request => request.Contains("Authorization")
                ? ($"HTTP/1.1 302 Found\r\nLocation: {other.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", [])
                : (Refused + "WWW-Authenticate: Basic realm=\"camera\"\r\n\r\n", []),
        };
        Assert.Equal((160, 120), Size($"http://me:secret@127.0.0.1:{server.Port}/video.mjpg"));
        Assert.False(isTold);
    }

    [Fact]
    public void An_answer_that_refuses_is_one_sentence()
    {
        using var server = new MjpegServer { Answer = _ => ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []) };
        Assert.Contains("404 Not Found", Assert.Throws<LiveCamException>(() => CameraSource.Open(server.Url)).Message);
    }

    [Theory]
    [InlineData("multipart/x-mixed-replace;boundary=part", "part")]
    [InlineData("multipart/x-mixed-replace; boundary=\"a b\"", "a b")]
    [InlineData("Multipart/Mixed; charset=x; Boundary=--myboundary", "--myboundary")]
    [InlineData("multipart/x-mixed-replace", null)]
    [InlineData("multipart/x-mixed-replace; boundary=--", null)]
    [InlineData("image/jpeg", null)]
    [InlineData("", null)]
    public void The_boundary_is_read_from_the_type_of_the_answer(string type, string? boundary) => Assert.Equal(boundary, MultipartReader.BoundaryOf(type));

    /// <summary>However cameras write them: with a length or without, dashes in the boundary or in front of it, one kind of line end or the other; and however few bytes arrive at once.</summary>
    [Theory]
    [InlineData("cut", "--cut\r\nContent-Type: image/jpeg\r\nContent-Length: 5\r\n\r\na--ct\r\n--cut\r\ncontent-length:2\r\n\r\nbc\r\n--cut--\r\n", "a--ct|bc")]
    [InlineData("cut", "--cut\r\nContent-Type: image/jpeg\r\n\r\na\r\nb\r\n--cut\r\n\r\nsecond\r\n--cut--", "a\r\nb|second")]
    [InlineData("--cut", "--cut\r\nContent-Length: 1\r\n\r\na\r\n--cut\r\nContent-Length: 1\r\n\r\nb\r\n--cut", "a|b")]
    [InlineData("--cut", "----cut\r\nX: y\r\n\r\na\r\n----cut\r\nX: y\r\n\r\nb\r\n----cut--", "a|b")]
    [InlineData("cut", "\n\n--cut\nContent-Length: 3\n\nabc\n--cut\nX: y\n\nde\n--cut--", "abc|de")]
    [InlineData("cut", "--cut\r\nContent-Length: 10\r\n\r\nonly half", "")]
    [InlineData("cut", "--cut\r\nX: y\r\n\r\nno end", "")]
    [InlineData("cut", "--cut\r\nContent-Length: 4", "")]
    [InlineData("cut", "", "")]
    public void Parts_are_read_however_they_are_written(string boundary, string answer, string parts)
    {
        foreach (int step in new[] { 1, 3, 1000 })
        {
            var reader = new MultipartReader(new Trickle(Encoding.ASCII.GetBytes(answer), step), boundary, "camera");
            List<string> read = [];
            while (reader.TryRead(out ReadOnlySpan<byte> body, CancellationToken.None)) read.Add(Encoding.ASCII.GetString(body));
            Assert.Equal(parts, string.Join('|', read));
        }
    }

    [Theory]
    [InlineData("Content-Length: 999999999999\r\n\r\n", "at most 32 MiB")]
    [InlineData("Content-Length: -1\r\n\r\n", "\"-1\"")]
    [InlineData("Content-Length: many\r\n\r\n", "\"many\"")]
    public void A_length_that_cannot_be_is_refused_before_memory_is_taken(string headers, string fact)
    {
        var reader = new MultipartReader(new Trickle(Encoding.ASCII.GetBytes("--cut\r\n" + headers), 1000), "cut", "camera");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(fact, Assert.Throws<LiveCamException>(() => reader.TryRead(out _, CancellationToken.None)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("--cut\r\nX: ")]                 // a header line without end
    [InlineData("--cut\r\nX: y\r\n\r\n")]        // a body without end
    [InlineData("")]                             // no part at all
    public void What_never_ends_is_given_up(string begin)
    {
        var reader = new MultipartReader(new Trickle(Encoding.ASCII.GetBytes(begin), 1 << 20, isEndless: true), "cut", "camera");
        Assert.Contains("at most", Assert.Throws<LiveCamException>(() => reader.TryRead(out _, CancellationToken.None)).Message);
    }

    private static (int Width, int Height) Size(string url)
    {
        using Camera camera = CameraSource.Open(url);
        Picture? slot = null;
        Assert.True(camera.Read(ref slot, out _));
        Assert.Equal((camera.Width, camera.Height), (slot!.Width, slot.Height));
        return (slot.Width, slot.Height);
    }

    /// <summary>Bytes a few at a time, and x without end after them where that is wanted.</summary>
    private sealed class Trickle(byte[] bytes, int step, bool isEndless = false) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default)
        {
            int count = Read(buffer.Span[..Math.Min(step, buffer.Length)]);
            if (count > 0 || !isEndless) return ValueTask.FromResult(count);
            buffer.Span.Fill((byte)'x');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
