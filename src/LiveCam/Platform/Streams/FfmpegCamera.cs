using System.Buffers.Binary;
using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform.Streams;

/// <summary>A stream that the program ffmpeg reads: RTSP, UDP, RTMP, a video on a web server.</summary>
internal sealed class FfmpegCamera : Camera
{
    // A BMP file with a BITMAPINFOHEADER: 14 + 40 bytes, then rows from the last to the first, each filled up to a multiple of 4 bytes.
    private const int HeaderBytes = 54;

    private readonly long openedAt = Stopwatch.GetTimestamp();
    private readonly StreamRequest request;
    private readonly FfmpegProcess ffmpeg;
    private readonly byte[] header = new byte[HeaderBytes];
    private readonly CancellationTokenSource patience = new();
    private Picture? first;   // read while opening
    private (int Width, int Height) size;
    private long read;

    private FfmpegCamera(StreamRequest request)
    {
        this.request = request;
        ffmpeg = FfmpegProcess.Start(request);
        patience.Token.Register(ffmpeg.Kill);   // ends a read that would not come back
    }

    public override string Name => request.Title;
    public override int Width => size.Width;
    public override int Height => size.Height;
    public override double FramesPerSecond => Rate;
    public override long? FrameCount => (request.Facts?.Duration ?? ffmpeg.Duration) is { } length && Rate > 0 ? Math.Max(1, (long)Math.Round(length.TotalSeconds * Rate)) : null;

    private double Rate => request.Facts is { Rate: > 0 and var stated } ? stated : ffmpeg.Rate > 0 || request.Facts is null ? ffmpeg.Rate : 25;

    /// <summary>What has an end is a file on a server, and waits for whoever reads it.</summary>
    public override bool IsLive => request.Facts is null && FrameCount is null;

    /// <exception cref="LiveCamException">ffmpeg is missing, nobody answers in time, or what is sent is no video.</exception>
    public static FfmpegCamera Open(StreamRequest request)
    {
        while (true)
        {
            var camera = new FfmpegCamera(request);
            try
            {
                camera.patience.CancelAfter(request.Open);
                bool isThere = camera.TryReadPicture(ref camera.first);
                camera.ffmpeg.AwaitDescription(camera.patience.Token);
                camera.patience.CancelAfter(Timeout.Infinite);
                if (isThere)
                {
                    camera.size = (camera.first!.Width, camera.first.Height);
                    return camera;
                }
                if (!camera.ffmpeg.ShallTryAgain()) throw request.Failed(camera.Reason());
                camera.Dispose();
            }
            catch (OperationCanceledException)
            {
                camera.Dispose();
                throw request.Unanswered();
            }
            catch
            {
                camera.Dispose();
                throw;
            }
        }
    }

    public override bool Read(ref Picture? slot, out TimeSpan time)
    {
        time = default;
        patience.CancelAfter(request.Read);
        if (first is not null) (slot, first) = (first, null);
        else if (!TryReadPicture(ref slot)) return patience.IsCancellationRequested ? throw request.Silent() : false;
        patience.CancelAfter(Timeout.Infinite);
        time = IsLive ? Stopwatch.GetElapsedTime(openedAt) : TimeSpan.FromSeconds(read / Rate);
        read++;
        return true;
    }

    public override void Dispose()
    {
        ffmpeg.Dispose();
        patience.Dispose();
    }

    private string Reason() => ffmpeg.LastLine.Replace(request.Address.OriginalString, request.Title, StringComparison.Ordinal) is { Length: > 0 } said ? said : "ffmpeg ended without a reason";

    /// <summary>False at the end, also in the middle of a picture.</summary>
    private bool TryReadPicture(ref Picture? slot)
    {
        Stream output = ffmpeg.Output;
        if (output.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) return false;
        (int width, int height) = Size(header);
        Picture picture = Fit(ref slot, width, height);
        Span<byte> padding = stackalloc byte[3];
        padding = padding[..(-picture.RowBytes & 3)];
        for (int y = height - 1; y >= 0; y--)
        {
            if (output.ReadAtLeast(picture.Row(y), picture.RowBytes, throwOnEndOfStream: false) < picture.RowBytes) return false;
            if (output.ReadAtLeast(padding, padding.Length, throwOnEndOfStream: false) < padding.Length) return false;
        }
        return true;
    }

    private (int Width, int Height) Size(ReadOnlySpan<byte> header)
    {
        int offset = BinaryPrimitives.ReadInt32LittleEndian(header[10..]), bits = BinaryPrimitives.ReadInt16LittleEndian(header[28..]);
        int width = BinaryPrimitives.ReadInt32LittleEndian(header[18..]), height = BinaryPrimitives.ReadInt32LittleEndian(header[22..]);
        bool isRight = header.StartsWith("BM"u8) && offset == HeaderBytes && bits == 24 && width is > 0 and <= Picture.MaxSide && height is > 0 and <= Picture.MaxSide;
        return isRight && (long)width * height <= ImageFile.MaxPixels
            ? (width, height)
            : throw new LiveCamException($"Reading {Name}: ffmpeg delivered a picture of {width}x{height} pixels and {bits} bits, but at most {Picture.MaxSide} a side and 24 bits are read.");
    }
}
