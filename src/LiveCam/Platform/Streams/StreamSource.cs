using LiveCam.Engine;

namespace LiveCam.Platform.Streams;

/// <summary>Pictures from the network: motion JPEG over HTTP is read here, everything else by the program ffmpeg.</summary>
internal static class StreamSource
{
    /// <summary>The schemes of the addresses that are read.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["http", "https", "rtsp", "rtsps", "rtmp", "udp", "tcp"];

    // Where nobody says otherwise.
    private const int Patience = 10_000;

    /// <exception cref="LiveCamException">Nobody answers in time, or what is sent is no video.</exception>
    public static Camera Open(Uri address, CameraWish wish)
    {
        var stream = new StreamRequest(address, CameraSource.Title(address.OriginalString),
            TimeSpan.FromMilliseconds(wish.OpenMilliseconds > 0 ? wish.OpenMilliseconds : Patience),
            TimeSpan.FromMilliseconds(wish.ReadMilliseconds > 0 ? wish.ReadMilliseconds : Patience));
        Camera? own = address.Scheme is "http" or "https" ? MjpegCamera.TryOpen(stream) : null;
        return own ?? FfmpegCamera.Open(stream);
    }
}

/// <summary>A stream to open.</summary>
/// <param name="Address">With the password, if it has one.</param>
/// <param name="Title">The address without it, for sentences.</param>
/// <param name="Open">How long opening may take, to the first picture.</param>
/// <param name="Read">How long each picture after it may take.</param>
internal sealed record StreamRequest(Uri Address, string Title, TimeSpan Open, TimeSpan Read)
{
    /// <summary>The folders that ffmpeg is looked for in, as PATH has them.</summary>
    public string? SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH");

    /// <summary>Of a file on this machine what is known of it; null for a stream.</summary>
    public VideoFacts? Facts { get; init; }

    /// <summary>What opening it failed of.</summary>
    public LiveCamException Failed(string why) => new(Facts is null ? $"Opening the stream {Title}: {why.TrimEnd('.')}. Is the address right and the sender running?"
        : $"Opening \"{Title}\": {why.TrimEnd('.')}. Is it a video, and is it whole?");

    /// <summary>A video file that ffmpeg reads.</summary>
    public static StreamRequest File(string path, VideoFacts facts) => new(new Uri(Path.GetFullPath(path)), path, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)) { Facts = facts };

    /// <summary>It was open and fell silent.</summary>
    public LiveCamException Silent() => new($"Reading {Title}: no whole picture came for {Read.TotalSeconds:0.#} seconds.");

    /// <summary>Nothing came while it was opened.</summary>
    public LiveCamException Unanswered() => Failed($"no picture came within {Open.TotalSeconds:0.#} seconds");
}
