using System.Security.Cryptography;
using System.Text;
using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Networks;

/// <summary>
/// Whether a path that a project or a recording names may be opened. What somebody sends is data: it may name files of its own folder and those of the program. Others
/// were named on this person's command line when it was made; a seal beside the path says so, an HMAC-SHA256 under a secret that lies with the settings.
/// </summary>
internal static class PathSeal
{
    private const int SecretBytes = 32;

    /// <summary>The seal of a path; empty where no secret can be kept.</summary>
    public static string Of(string path) => Secret() is { } secret ? Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(path))) : "";

    /// <param name="folder">Of the project or recording that names the path.</param>
    /// <param name="seal">What it says beside the path.</param>
    public static bool Admits(string path, string folder, string? seal) => IsInside(path, folder) || OwnModels.Has(path)
        || seal is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(path)), Encoding.UTF8.GetBytes(seal));

    /// <summary>The error of a path that may not be opened.</summary>
    /// <param name="doing">How the sentence begins: <c>Reading the recording "x"</c>.</param>
    public static LiveCamException Refusal(string doing, string path) =>
        new($"{doing}: it names the model \"{path}\", which lies outside of it and was not named here; if it is the one to use, say so by --model \"{path}\".");

    private static bool IsInside(string path, string folder) =>
        Path.GetFullPath(path).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !PlainFile.IsLink(path);

    private static byte[]? Secret()
    {
        string file = PersonalFolder.FileOf("secret");
        try
        {
            if (!File.Exists(file)) Make(file);
            byte[] secret = PlainFile.ReadAllBytes(file, SecretBytes);
            return secret.Length == SecretBytes ? secret : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Whole or not at all, and only the first one counts.
    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string partial = WholeFile.PartialOf(file);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(partial, options)) stream.Write(RandomNumberGenerator.GetBytes(SecretBytes));
        try
        {
            File.Move(partial, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            WholeFile.TryDelete(partial);
        }
    }
}
