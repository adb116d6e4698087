namespace LiveCam.Networks;

/// <summary>The networks that come with the program, in the folder <c>models</c> beside it.</summary>
internal static class OwnModels
{
    /// <summary>Reads digits; null where it is not there.</summary>
    public static string? Digits => Find("digits.onnx");

    /// <summary>What teaching stands on when no other network is given; null where it is not there.</summary>
    public static string? Backbone => Find("cifar10.onnx");

    /// <summary>A path that was kept, or where that model is now if it is one of these: every build has a folder of its own.</summary>
    public static string Now(string kept) =>
        !File.Exists(kept) && Path.GetFileName(Path.GetDirectoryName(kept)) == "models" && Find(Path.GetFileName(kept)) is { } now ? now : kept;

    /// <summary>Whether a path is one of these files.</summary>
    public static bool Has(string path) => Find(Path.GetFileName(path)) is { } own && Path.GetFullPath(own) == Path.GetFullPath(path);

    private static string? Find(string name) => Path.Combine(AppContext.BaseDirectory, "models", name) is var path && File.Exists(path) ? path : null;
}
