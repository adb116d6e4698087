using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Hosting;

/// <summary>The pixels of <see cref="HostedMaps"/> as <c>feature_textures.comp</c> makes them, for a layer that lies in the CPU's memory.</summary>
internal sealed class LayerColors
{
    private const int MostSamples = 4096;
    private const float Speed = 0.1f;

    private readonly Plan plan;
    private readonly string layer;
    private readonly uint[] palette = Viridis.Palette();
    private readonly List<float> samples = new(MostSamples);
    private (float Low, float High)? scale;

    public LayerColors(Plan plan, string layer)
    {
        (this.plan, this.layer) = (plan, layer);
        ValueInfo info = plan.Lowered[plan.Lowered.Find(layer)];
        (int count, int width, int height) = MapTextures.Extents(info.Type, info.Shape);
        Maps = new(0, 0, count, HostedMaps.ColumnsFor(count, width, height), width, height);
        Raw = new float[Maps.Width * Maps.Height];
        Colored = new uint[Raw.Length];
    }

    /// <summary>Without textures.</summary>
    public HostedMaps Maps { get; }

    /// <summary>Rows from the top, <see cref="HostedMaps.Width"/> pixels each.</summary>
    public float[] Raw { get; }

    /// <summary>Likewise, red in the lowest byte.</summary>
    public uint[] Colored { get; }

    /// <summary>Takes the layer of the plan's last run.</summary>
    public void Draw()
    {
        ReadOnlySpan<float> values = plan.Read(layer).Span<float>();
        int tile = Maps.TileWidth * Maps.TileHeight;
        (float low, float high) = Follow(values[..(Maps.Count * tile)]);
        float factor = 255 / (high - low);
        for (int channel = 0; channel < Maps.Count; channel++)
            for (int y = 0; y < Maps.TileHeight; y++)
            {
                int at = (channel / Maps.Columns * Maps.TileHeight + y) * Maps.Width + channel % Maps.Columns * Maps.TileWidth;
                ReadOnlySpan<float> row = values.Slice(channel * tile + y * Maps.TileWidth, Maps.TileWidth);
                row.CopyTo(Raw.AsSpan(at));
                for (int x = 0; x < row.Length; x++)
                    Colored[at + x] = palette[float.IsNaN(row[x]) ? 0 : (int)Math.Clamp((row[x] - low) * factor + 0.5f, 0, 255)];
            }
    }

    private (float Low, float High) Follow(ReadOnlySpan<float> values)
    {
        samples.Clear();
        int step = Math.Max(1, values.Length / MostSamples) | 1;
        for (int i = 0; i < values.Length; i += step)
            if (float.IsFinite(values[i])) samples.Add(values[i]);
        if (samples.Count == 0) return scale ?? (0, 1);
        samples.Sort();
        float last = samples.Count - 1, low = samples[(int)(0.01f * last)], high = samples[(int)(0.99f * last)];
        if (scale is { } before) (low, high) = (before.Low + (low - before.Low) * Speed, before.High + (high - before.High) * Speed);
        // A constant layer is drawn dark.
        high = Math.Max(high, low + 1e-6f + Math.Abs(low) * 1e-6f);
        scale = (low, high);
        return (low, high);
    }
}
