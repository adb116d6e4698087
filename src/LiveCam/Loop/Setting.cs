using System.Globalization;
using LiveCam.Engine;
using LiveCam.Ui;

namespace LiveCam.Loop;

/// <summary>Something of a plugin that a person can set: on the page of plugins, with <c>--set plugin.name=value</c>, and kept from run to run.</summary>
/// <param name="name">Lower-case words with hyphens between them.</param>
/// <param name="help">What it is, in a few words.</param>
public abstract class Setting(string name, string help)
{
    public string Name => name;
    public string Help => help;

    /// <summary>Whether it is no wish of a person but the plugin's own state, kept over a restart and a reload without a place on the page.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The value as people write it.</summary>
    public abstract string Text { get; }

    /// <summary>What may be written, in a few words.</summary>
    public abstract string Allowed { get; }

    /// <summary>The value's place in its range from 0 to 1; null where it has none.</summary>
    public virtual float? Share => null;

    /// <summary>Told after each change.</summary>
    public event Action<Setting>? Changed;

    /// <summary>Takes a value as people write it.</summary>
    /// <returns>Whether it is one.</returns>
    public abstract bool TrySet(string text);

    /// <summary>To the next value, or back: so many steps.</summary>
    public virtual void Step(int by) { }

    protected void Change<T>(ref T field, T value)
    {
        if (EqualityComparer<T>.Default.Equals(field, value)) return;
        field = value;
        Changed?.Invoke(this);
    }
}

/// <summary>A number in a range.</summary>
/// <param name="step">What a key changes it by.</param>
public sealed class NumberSetting(string name, string help, double value, double low, double high, double step = 0) : Setting(name, help)
{
    private double value = value;
    private readonly double step = step > 0 ? step : (high - low) / 20;

    public double Value
    {
        get => value;
        set => Change(ref this.value, Math.Clamp(value, low, high));
    }

    public override string Text => value.ToString("0.######", CultureInfo.InvariantCulture);
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}");
    public override float? Share => (float)((value - low) / (high - low));

    /// <summary>Takes the value at a place of the range, at a whole step.</summary>
    public void SetShare(float share) => Value = low + Math.Round((high - low) * share / step) * step;

    public override bool TrySet(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(number >= low && number <= high)) return false;
        Value = number;
        return true;
    }

    // Multiples of the step, so that going forth and back ends where it began.
    public override void Step(int by) => Value = Math.Round(value / step + by) * step;
}

/// <summary>One of several words.</summary>
public sealed class ChoiceSetting(string name, string help, IReadOnlyList<string> choices, int index = 0) : Setting(name, help)
{
    private int index = index;

    /// <summary>The place of the chosen one.</summary>
    public int Index
    {
        get => index;
        set => Change(ref index, Math.Clamp(value, 0, choices.Count - 1));
    }

    public override string Text => choices[index];
    public override string Allowed => string.Join(", ", choices);

    public override bool TrySet(string text)
    {
        for (int i = 0; i < choices.Count; i++)
            if (choices[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                Index = i;
                return true;
            }
        return false;
    }

    public override void Step(int by) => Index = ((index + by) % choices.Count + choices.Count) % choices.Count;
}

/// <summary>On or off.</summary>
public sealed class SwitchSetting(string name, string help, bool isOn = false) : Setting(name, help)
{
    private bool isOn = isOn;

    public bool IsOn
    {
        get => isOn;
        set => Change(ref isOn, value);
    }

    public override string Text => isOn ? "on" : "off";
    public override string Allowed => "on or off";

    public override bool TrySet(string text)
    {
        bool? wanted = text.ToLowerInvariant() switch { "on" or "true" or "yes" => true, "off" or "false" or "no" => false, _ => null };
        if (wanted is { } known) IsOn = known;
        return wanted is not null;
    }

    public override void Step(int by) => IsOn = !isOn;
}

/// <summary>A line of text.</summary>
public sealed class TextSetting(string name, string help, string text = "") : Setting(name, help)
{
    private string text = text;

    public string Value
    {
        get => text;
        set => Change(ref text, value);
    }

    public override string Text => text;
    public override string Allowed => "a line of text";

    public override bool TrySet(string text)
    {
        Value = text;
        return true;
    }
}

/// <summary>A colour, written #RRGGBB. Keys go through the colours of the program.</summary>
public sealed class ColorSetting(string name, string help, Color color) : Setting(name, help)
{
    private static readonly IReadOnlyList<Color> Series = new Theme().Series;

    private Color color = color;

    public Color Value
    {
        get => color;
        set => Change(ref color, value);
    }

    public override string Text => $"#{color.R:X2}{color.G:X2}{color.B:X2}";
    public override string Allowed => "a colour as #RRGGBB";

    public override bool TrySet(string text)
    {
        if (text.Length != 7 || text[0] != '#' || !uint.TryParse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint hex)) return false;
        Value = Color.Hex(hex);
        return true;
    }

    public override void Step(int by)
    {
        // Before the first going on, behind it going back, where it is none of them.
        int at = by > 0 ? -1 : 0;
        for (int i = 0; i < Series.Count; i++)
            if (Series[i] == color) at = i;
        Value = Series[((at + by) % Series.Count + Series.Count) % Series.Count];
    }
}
