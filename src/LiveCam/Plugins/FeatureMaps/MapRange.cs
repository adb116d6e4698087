using LiveCam.Ui;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>The values drawn with the first and the last colour of a map.</summary>
internal readonly record struct MapRange(float Low, float High)
{
    public float Gain => 255 / (High - Low);

    /// <summary>The range for a map: one that shows signs has zero at its own level, whatever the data.</summary>
    public MapRange For(ColorMap map)
    {
        float high = Math.Max(High, Low + 1e-6f + Math.Abs(Low) * 1e-6f);
        if (!map.Diverging) return new(Low, high);
        float most = Math.Max(Math.Abs(Low), Math.Abs(high));
        return new(-most * ColorMap.Zero / (255 - ColorMap.Zero), most);
    }

    public MapRange Joined(MapRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>What a channel shows on a scale of its own: three deviations around its mean, so that a bright edge of the picture hides nothing.</summary>
    public static MapRange Of(Networks.ChannelState state) =>
        new(Math.Max(state.Low, state.Mean - 3 * state.Deviation), Math.Min(state.High, state.Mean + 3 * state.Deviation));

    /// <summary>Moves a tenth of the way, so that a change of the scene does not flicker.</summary>
    public MapRange Towards(MapRange other) => new(Low + (other.Low - Low) * MapScale.Speed, High + (other.High - High) * MapScale.Speed);
}
