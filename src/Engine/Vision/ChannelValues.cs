using System.Globalization;

namespace LiveCam.Engine.Vision;

/// <summary>One number for each of one or three channels, in the channel order of the tensor; equal when all numbers are.</summary>
public readonly record struct ChannelValues
{
    private readonly double _first, _second, _third;

    /// <summary>1 or 3. (0 only in the default value, which <see cref="Preprocessing.Check"/> refuses.)</summary>
    public int Count { get; }

    public ChannelValues(double only) => (_first, Count) = (only, 1);

    public ChannelValues(double first, double second, double third) => (_first, _second, _third, Count) = (first, second, third, 3);

    /// <summary>The number of channel <paramref name="channel"/>, 0 to Count - 1.</summary>
    public double this[int channel] => (uint)channel >= (uint)Count ? throw new ArgumentOutOfRangeException(nameof(channel))
        : channel switch { 0 => _first, 1 => _second, _ => _third };

    /// <summary>The same number in each of <paramref name="channels"/> (1 or 3) channels.</summary>
    public static ChannelValues All(double value, int channels) => channels == 1 ? new(value) : new(value, value, value);

    /// <summary>Numbers separated by commas, as in <c>0.485,0.456,0.406</c>.</summary>
    public override string ToString() => Count switch
    {
        0 => "",
        1 => _first.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{_first},{_second},{_third}"),
    };
}
