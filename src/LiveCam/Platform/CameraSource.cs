using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LiveCam.Engine;
using LiveCam.Platform.OpenCv;
using LiveCam.Platform.Streams;

namespace LiveCam.Platform;

/// <summary>What a user may write where a camera is wanted, and how it is opened.</summary>
public static class CameraSource
{
    /// <summary>The forms <see cref="Open"/> understands, for help texts.</summary>
    public const string Forms = "a camera's number, /dev/videoN, a video or picture file, a folder of pictures, an http(s), rtsp or udp URL, \"digits\" or \"pattern\"";

    /// <summary>Opens a camera number, device path, URL, folder, picture file, video file, or <c>digits</c> or <c>pattern</c> (also <c>pattern:640x480</c>).</summary>
    /// <exception cref="LiveCamException">The source does not exist, cannot be read, or holds nothing to show.</exception>
    public static Camera Open(string source, CameraWish wish = default)
    {
        if (string.IsNullOrWhiteSpace(source)) throw new LiveCamException($"Opening a source of pictures: its name is empty. Give {Forms}.");
        source = source.Trim();
        if (IsDrawn(source)) return Drawn(source);
        if (DeviceIndex(source) is { } index) return OpenDevice(index, wish);
        if (IsAddress(source, out Uri? uri))
        {
            if (uri.IsFile) return OpenFile(uri.LocalPath, wish);
            if (!StreamSource.Schemes.Contains(uri.Scheme))
                throw new LiveCamException($"Opening \"{source}\": LiveCam does not know the scheme \"{uri.Scheme}\"; it reads {string.Join(", ", StreamSource.Schemes)}.");
            return StreamSource.Open(uri, wish);
        }
        return OpenFile(source, wish);
    }

    /// <summary>The first camera of this machine, or the drawn digits where it has none.</summary>
    public static string Default => CameraList.Read() is [var first, ..] ? Number(first) : "digits";

    /// <summary>Whether a source is one of the test pictures that need no camera.</summary>
    public static bool IsDrawn(string source) => source.Split(':')[0] is "pattern" or "digits";

    /// <summary>Whether a source is a camera of this machine, by its number or path.</summary>
    public static bool IsDevice(string source) => DeviceIndex(source.Trim()) is not null;

    /// <summary>Whether a source shows the drawn digits.</summary>
    public static bool IsDigits(string source) => source.Split(':')[0] == "digits";

    /// <summary>What comes after a source when somebody wants to see the next camera: the cameras in turn, what was there first, the test pattern.</summary>
    public static string After(string source, string first) => After(source, first, CameraList.Read());

    internal static string After(string source, string first, IReadOnlyList<CameraDevice> cameras)
    {
        string[] turn = [.. cameras.Select(Number).Append(Plain(first)).Append("pattern").Distinct()];
        return turn[(Array.IndexOf(turn, Plain(source)) + 1) % turn.Length];

        static string Plain(string source) => DeviceIndex(source) is { } index ? index.ToString(CultureInfo.InvariantCulture) : source;
    }

    /// <summary>What a source is called in a sentence, which it may begin: a camera's name, a file's, an address without its password.</summary>
    public static string Title(string source)
    {
        source = source.Trim();
        if (IsDrawn(source)) return IsDigits(source) ? "The test picture of drawn digits" : "The test pattern";
        if (DeviceIndex(source) is { } index) return CameraList.Read().FirstOrDefault(camera => camera.Index == index).Name ?? $"Camera {index}";
        if (IsAddress(source, out Uri? uri) && !uri.IsFile) return uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped);
        return Path.GetFileName(source.TrimEnd('/')) is { Length: > 0 } name ? name : source;
    }

    private static bool IsAddress(string source, [NotNullWhen(true)] out Uri? uri) =>
        Uri.TryCreate(source, UriKind.Absolute, out uri) && source.Contains("://", StringComparison.Ordinal);

    private static string Number(CameraDevice camera) => camera.Index.ToString(CultureInfo.InvariantCulture);

    private static double Slide(CameraWish wish) => wish.SlideSeconds > 0 ? wish.SlideSeconds : 1;

    private static Camera OpenFile(string path, CameraWish wish)
    {
        if (Directory.Exists(path)) return new FolderCamera(path, Slide(wish));
        if (!File.Exists(path))
            throw new LiveCamException($"Opening \"{path}\": there is no such file or folder (looked in {Environment.CurrentDirectory}). Give {Forms}.");
        try
        {
            using FileStream probe = PlainFile.OpenRead(path, FileShare.ReadWrite);
            if (probe.Length == 0) throw new LiveCamException($"Opening \"{path}\": the file is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Opening \"{path}\": {e.Message.TrimEnd('.')}.", e);
        }
        ImageKind? kind = ImageKind.OfFile(path);
        if (kind is { IsMoving: false } || kind is null && ImageFile.HasPictureExtension(path)) return new FolderCamera(path, Slide(wish));
        return OpenVideo(path);
    }

    /// <summary>A video file: by ffmpeg where ffprobe knows of something that OpenCV does not heed, else by OpenCV.</summary>
    internal static Camera OpenVideo(string path) =>
        VideoFacts.TryRead(path) is { NeedsFfmpeg: true } facts ? FfmpegCamera.Open(StreamRequest.File(path, facts)) : OpenCvCamera.OpenFile(path);

    private static Camera OpenDevice(int index, CameraWish wish)
    {
        if (OperatingSystem.IsLinux() && !File.Exists($"/dev/video{index}"))
        {
            string others = string.Join(", ", CameraList.Read().Select(camera => $"{camera.Index} ({camera.Name})"));
            string wayOut = others.Length > 0 ? $"The cameras here are {others}" : "No camera is connected; \"digits\" shows a test picture without one";
            throw new LiveCamException($"Opening camera {index}: there is no /dev/video{index}. {wayOut}.");
        }
        return OpenCvCamera.OpenDevice(index, wish);
    }

    private static Camera Drawn(string source)
    {
        string[] words = source.Split(':', 2), sides = words.Length == 2 ? words[1].Split('x') : ["640", "480"];
        if (sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height) return IsDigits(source) ? new DigitCamera(width, height) : new PatternCamera(width, height);
        throw new LiveCamException($"Opening \"{source}\": the size of a test picture is written WIDTHxHEIGHT with sides from 16 to 8192, as in {words[0]}:640x480.");
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 16 and <= 8192 ? side : null;

    private static int? DeviceIndex(string source)
    {
        ReadOnlySpan<char> digits = source.StartsWith("/dev/video", StringComparison.Ordinal) ? source.AsSpan("/dev/video".Length) : source;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
    }
}
