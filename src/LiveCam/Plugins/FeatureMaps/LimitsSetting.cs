using System.Globalization;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>The values that are drawn darkest and brightest, as "-1 to 1"; or "auto", where the maps say it themselves.</summary>
internal sealed class LimitsSetting(string name, string help) : Setting(name, help)
{
    private (float Low, float High)? limits;

    public (float Low, float High)? Value
    {
        get => limits;
        set => Change(ref limits, value);
    }

    public override string Text => limits is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.Low} to {known.High}") : "auto";
    public override string Allowed => "auto, or two numbers as in \"0 to 6\"";

    public override bool TrySet(string text)
    {
        string[] parts = text.Split(" to ", StringSplitOptions.TrimEntries);
        bool isAuto = text.Trim().Equals("auto", StringComparison.OrdinalIgnoreCase);
        float low = 0, high = 0;
        bool isRange = parts.Length == 2 && float.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out low)
            && float.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out high) && float.IsFinite(low) && float.IsFinite(high) && low < high;
        if (isAuto || isRange) Value = isAuto ? null : (low, high);
        return isAuto || isRange;
    }
}
