namespace LiveCam.Engine.Vision;

/// <summary>
/// The usual ways to turn a pixel of 0 to 255 into a number, by name: for a model whose file does not say which it was trained with. Each also
/// with blue first ("-bgr").
/// </summary>
public static class PreprocessingPresets
{
    private const string BlueFirst = "-bgr";

    /// <summary>Every name, in the order in which one follows the other.</summary>
    public static IReadOnlyList<string> Names { get; } = ["imagenet", "unit", "signed", "bytes", "imagenet" + BlueFirst, "unit" + BlueFirst, "signed" + BlueFirst, "bytes" + BlueFirst];

    /// <summary>What the names mean, for the help.</summary>
    public const string Words = "imagenet (0 to 1, less ImageNet's mean, by its deviation), unit (0 to 1), signed (-1 to 1) or bytes (0 to 255), each also with -bgr";

    /// <summary>The contract with scale, mean, deviation and colour order of a preset; null where there is none of this name.</summary>
    public static Preprocessing? TryApply(Preprocessing contract, string name)
    {
        bool isBgr = name.EndsWith(BlueFirst, StringComparison.OrdinalIgnoreCase);
        int channels = contract.Channels;
        (double Scale, ChannelValues Mean, ChannelValues Deviation)? numbers = (isBgr ? name[..^BlueFirst.Length] : name).ToLowerInvariant() switch
        {
            // A gray picture has no colours: their mean.
            "imagenet" => channels == 1 ? (1.0 / 255, new(0.449), new(0.226))
                : (1.0 / 255, isBgr ? new(0.406, 0.456, 0.485) : new(0.485, 0.456, 0.406), isBgr ? new(0.225, 0.224, 0.229) : new(0.229, 0.224, 0.225)),
            "unit" => (1.0 / 255, ChannelValues.All(0, channels), ChannelValues.All(1, channels)),
            "signed" => (1.0 / 255, ChannelValues.All(0.5, channels), ChannelValues.All(0.5, channels)),
            "bytes" => (1, ChannelValues.All(0, channels), ChannelValues.All(1, channels)),
            _ => null,
        };
        return numbers is not { } found ? null
            : contract with { Scale = found.Scale, Mean = found.Mean, StandardDeviation = found.Deviation, Order = isBgr ? ColourOrder.Bgr : ColourOrder.Rgb };
    }

    /// <summary>The preset whose numbers a contract has; null where it has others.</summary>
    public static string? NameOf(Preprocessing contract) => Names.FirstOrDefault(name => TryApply(contract, name) == contract);

    /// <summary>The preset after the one a contract has; the first where it has none.</summary>
    public static string After(Preprocessing contract) =>
        Names[(NameOf(contract) is { } name ? Names.ToList().IndexOf(name) + 1 : 0) % Names.Count];
}
