namespace LiveCam.Networks;

/// <summary>The networks that come with the program, in the folder <c>models</c> beside it.</summary>
internal static class OwnModels
{
    private const string Features = "resnet18.onnx", Small = "cifar10.onnx";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Reads drawn digits; null where it is not there.</summary>
    public static string? Digits => Find("digits.onnx");

    /// <summary>What teaching stands on when no other network is given: the features of a ResNet-18 that saw ImageNet, else the small one; null where neither is there.</summary>
    public static string? Backbone => Find(Features) ?? Find(Small);

    /// <summary>Names the ten things of CIFAR-10; null where it is not there.</summary>
    public static string? Things => Find(Small);

    /// <summary>Whether a model is the small one, which serves where a build came without the network of a package.</summary>
    public static bool IsSmall(string? model) => model is not null && model == Find(Small) && Find(Features) is null;

    /// <summary>Whether a model came with the program.</summary>
    public static bool Has(string? model) => model is not null && Path.GetDirectoryName(model) == Folder;

    /// <summary>A path that was kept, or where that model is now if it is one of these: every build has a folder of its own.</summary>
    public static string Now(string kept) =>
        !File.Exists(kept) && Path.GetFileName(Path.GetDirectoryName(kept)) == "models" && Find(Path.GetFileName(kept)) is { } now ? now : kept;

    private static string? Find(string name) => Path.Combine(Folder, name) is var path && File.Exists(path) ? path : null;
}
