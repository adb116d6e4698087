namespace LiveCam.Engine.Vision;

/// <summary>A contract from command-line options such as <c>--mean 0.5 --scale 1/255 --fit letterbox --order bgr</c>.</summary>
public static class PreprocessingOptions
{
    /// <summary>Every option, without dashes, and what it takes: for the program's help.</summary>
    public static IReadOnlyList<(string Option, string Allowed)> All { get; } =
        [.. PreprocessingText.Settings.Select(setting => (setting.Key, setting.Allowed))];

    /// <summary>Returns <paramref name="start"/> with the settings that the options name.</summary>
    /// <param name="options">Option names, with or without leading dashes, and their texts.</param>
    /// <exception cref="LiveCamException">An option is unknown, or its text is not what it takes.</exception>
    public static Preprocessing Parse(IReadOnlyDictionary<string, string> options, Preprocessing start)
    {
        foreach (string name in options.Keys)
            if (!PreprocessingText.Settings.Any(setting => setting.Key == name.TrimStart('-')))
                throw new LiveCamException($"Cannot set up the preprocessing: there is no option \"--{name.TrimStart('-')}\"; "
                    + $"the options are {string.Join(", ", PreprocessingText.Settings.Select(setting => "--" + setting.Key))}.");
        Preprocessing contract = start;
        foreach ((string option, string allowed) in PreprocessingText.Settings)
        {
            if (!options.TryGetValue(option, out string? text) && !options.TryGetValue("--" + option, out text)) continue;
            try
            {
                contract = PreprocessingText.With(contract, option, text);
            }
            catch (Exception error) when (error is FormatException or OverflowException)
            {
                throw new LiveCamException($"Cannot set up the preprocessing: --{option} is \"{text}\", but takes {allowed}.", error);
            }
        }
        return contract.Check("the preprocessing options");
    }
}
