namespace LiveCam.Engine.Tests;

/// <summary>
/// What a test needs from the machine. Where it is missing the test is skipped with the reason, unless the environment
/// variable LIVECAM_REQUIRE ("gl,data,onnx") says that it must be there; then the test fails.
/// </summary>
public static class Requirements
{
    /// <summary>The repository's root: the nearest directory above the tests that holds LiveCam.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file or directory of the shared data ("mnist/t10k-images-idx3-ubyte"), or skips.</summary>
    public static string Data(string path)
    {
        string full = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", path));
        return Path.Exists(full) ? full : throw Missing("data", $"no shared data at {full}");
    }

    /// <summary>The full path of a folder of shared files that people reported ("10-label-files"), or skips.</summary>
    public static string Case(string path)
    {
        string full = Path.GetFullPath(Path.Combine(Root, "..", "shared", "cases", path));
        return Path.Exists(full) ? full : throw Missing("data", $"no shared case at {full}");
    }

    /// <summary>The exception to throw when <paramref name="need"/> is absent: a skip, or a failure where LIVECAM_REQUIRE lists it.</summary>
    public static Exception Missing(string need, string reason)
    {
        string[] required = (Environment.GetEnvironmentVariable("LIVECAM_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return required.Contains(need)
            ? new InvalidOperationException($"LIVECAM_REQUIRE lists \"{need}\", but there is {reason}")
            : new InvalidOperationException(SkippingFramework.Token + reason);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "LiveCam.sln"))) return at.FullName;
        throw new InvalidOperationException($"LiveCam.sln is not above {AppContext.BaseDirectory}");
    }
}
