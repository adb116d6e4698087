using System.Globalization;

namespace LiveCam.Engine.Vision;

/// <summary>
/// The words of a contract's settings, shared by JSON and the command line: one name, one set of allowed values, one error.
/// </summary>
internal static class PreprocessingText
{
    /// <summary>Every setting: its name, as a JSON key and as a command-line option, and what it takes. In the order in which they are applied.</summary>
    public static IReadOnlyList<(string Key, string Allowed)> Settings { get; } =
    [
        ("width", "1 to 8192 pixels"),
        ("height", "1 to 8192 pixels"),
        ("channels", "1 or 3"),
        ("contract", PreprocessingPresets.Words),
        ("fit", "crop, letterbox or stretch"),
        ("crop", "0.01 to 1, for example 0.875"),
        ("resample", "area, antialias (bilinear as Pillow's), bilinear, bicubic or nearest"),
        ("pad", "red,green,blue or one gray, each 0 to 255"),
        ("order", "rgb or bgr"),
        ("scale", "a number or a fraction such as 1/255, not 0"),
        ("mean", "one number, or one for each channel in tensor order"),
        ("std", "one number, or one for each channel in tensor order, not 0"),
        ("mirror", "true or false"),
        ("rotate", "0, 90, 180 or 270 degrees clockwise"),
        ("region", "left,top,width,height as fractions 0 to 1"),
    ];

    /// <summary>The name of a setting by any name that files give it.</summary>
    public static string NameOf(string key) => key switch { "cropFraction" => "crop", "rotation" => "rotate", _ => key };

    /// <summary>
    /// Returns <paramref name="contract"/> with setting <paramref name="key"/> taken from text; lists are separated by commas. A change of
    /// channels repeats or cuts mean and deviation, so "channels" has to come before them.
    /// </summary>
    /// <exception cref="FormatException">The text is not what the setting takes.</exception>
    public static Preprocessing With(Preprocessing contract, string key, string text) => key switch
    {
        "width" => contract with { Width = Integer(text) },
        "height" => contract with { Height = Integer(text) },
        "channels" => WithChannels(contract, Integer(text)),
        "fit" => contract with { Fit = Word(text, ("crop", Fit.Crop), ("letterbox", Fit.Letterbox), ("stretch", Fit.Stretch)) },
        "contract" => PreprocessingPresets.TryApply(contract, text.Trim()) ?? throw new FormatException(),
        "resample" => contract with { Resample = Word(text, ("area", Resample.Area), ("antialias", Resample.Antialias), ("bilinear", Resample.Bilinear), ("bicubic", Resample.Bicubic), ("nearest", Resample.Nearest)) },
        "crop" => contract with { CropFraction = Number(text) },
        "pad" => contract with { Pad = Colour(Numbers(text)) },
        "order" => contract with { Order = Word(text, ("rgb", ColourOrder.Rgb), ("bgr", ColourOrder.Bgr)) },
        "scale" => contract with { Scale = Number(text) },
        "mean" => contract with { Mean = PerChannel(Numbers(text), contract.Channels) },
        "std" => contract with { StandardDeviation = PerChannel(Numbers(text), contract.Channels) },
        "mirror" => contract with { Mirror = Word(text, ("true", true), ("false", false)) },
        "rotate" => contract with { Rotation = Integer(text) },
        "region" => contract with { Region = Rectangle(Numbers(text)) },
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    private static Preprocessing WithChannels(Preprocessing contract, int channels)
    {
        if (channels is not (1 or 3)) throw new FormatException();
        if (channels == contract.Channels) return contract;
        Preprocessing usual = Preprocessing.For(channels, contract.Height, contract.Width);
        return contract with { Channels = channels, Mean = usual.Mean, StandardDeviation = usual.StandardDeviation };
    }

    private static int Integer(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static double Number(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 2) throw new FormatException();
        double value = double.Parse(parts[0].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (parts.Length == 2) value /= double.Parse(parts[1].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : throw new FormatException();
    }

    private static double[] Numbers(string text) => Array.ConvertAll(text.Split(','), Number);

    private static ChannelValues PerChannel(double[] numbers, int channels)
        => numbers.Length == 1 ? ChannelValues.All(numbers[0], channels)
        : numbers.Length == 3 && channels == 3 ? new(numbers[0], numbers[1], numbers[2])
        : throw new FormatException();

    private static PadColour Colour(double[] numbers)
    {
        if (numbers.Length is not (1 or 3) || Array.Exists(numbers, n => n is < 0 or > 255 || n != Math.Floor(n))) throw new FormatException();
        return new((byte)numbers[0], (byte)numbers[numbers.Length / 2], (byte)numbers[^1]);
    }

    private static Region Rectangle(double[] numbers)
        => numbers.Length == 4 ? new(numbers[0], numbers[1], numbers[2], numbers[3]) : throw new FormatException();

    private static T Word<T>(string text, params ReadOnlySpan<(string Word, T Value)> allowed)
    {
        foreach ((string word, T value) in allowed)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return value;
        throw new FormatException();
    }
}
