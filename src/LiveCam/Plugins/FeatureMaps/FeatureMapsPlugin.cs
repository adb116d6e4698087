using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>The kept layer's channels as grey tiles in one picture, on the scale a person chose, and the layer's kernels beside them.</summary>
public sealed class FeatureMapsPlugin : Plugin
{
    // Sorted channels change places at most this often.
    private static readonly TimeSpan SortEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, MapScale> scales = [];
    private readonly KernelTiles kernels = new();
    private readonly long[] strides = [0, 0, 0, 1];
    private MapRange[] units = [];
    private MapRange net;
    private string layer = "";
    private PictureModel? model;
    private Picture? atlas;
    private (int Map, MapScope Scope, bool IsSorted, int Channel) painted;
    private int[] order = [];
    private TimeSpan sorted;

    public override string Name => "features";
    public override FrameParts Reads => FrameParts.Answer;
    public override FrameParts Writes => FrameParts.Features;

    public override void Update(Frame frame)
    {
        Screen screen = frame.Screen;
        var wanted = (screen.Map, screen.Scope, screen.IsSorted, screen.Channel);
        if (!frame.IsShown || !frame.IsAnswered && wanted == painted) return;
        if (frame.Layer is not { } data)
        {
            (frame.Features, frame.Kernels) = (null, null);
            return;
        }
        if (data.Name != layer || frame.Network!.Model != model) Begin(frame, data);
        MapScale scale = scales[layer];
        if (frame.IsAnswered) Follow(data, scale);
        if (!screen.IsSorted ? !IsInOrder() : frame.Now - sorted >= SortEvery || painted.IsSorted != true) Order(frame, data);
        painted = wanted;
        screen.Channel = Math.Clamp(screen.Channel, 0, data.Copied - 1);
        Paint(frame, data, scale);
    }

    /// <summary>Another layer.</summary>
    private void Begin(Frame frame, LayerData data)
    {
        if (!ReferenceEquals(frame.Network!.Model, model))
        {
            scales.Clear();
            net = default;
        }
        (layer, model) = (data.Name, frame.Network.Model);
        if (!scales.ContainsKey(layer)) scales[layer] = new MapScale();
        int columns = TilePainter.Columns(data.Copied, data.Width, data.Height);
        atlas = new Picture(columns * data.Width, (data.Copied + columns - 1) / columns * data.Height, PixelFormat.Gray8);
        units = [.. data.States.Select(MapRange.Of)];
        painted.IsSorted = false;
        order = [];
        frame.FeaturesTitle = layer;
        frame.FeaturesNote = $"{(data.Copied < data.Channels ? $"{data.Copied} of " : "")}{data.Channels} channels, {data.Width} x {data.Height}";
    }

    private void Follow(LayerData data, MapScale scale)
    {
        (strides[1], strides[2]) = (data.Height * data.Width, data.Width);
        scale.Follow(data.Values, data.Copied, data.Height * data.Width, strides);
        var now = new MapRange(scale.Low, scale.High);
        net = net == default ? now : net.Joined(now);
        for (int k = 0; k < units.Length; k++) units[k] = units[k].Towards(MapRange.Of(data.States[k]));
    }

    private bool IsInOrder() => order.Length > 0 && !painted.IsSorted;

    /// <summary>As the network counts, or by the mean response, strongest first.</summary>
    private void Order(Frame frame, LayerData data)
    {
        order = [.. Enumerable.Range(0, data.Copied)];
        if (frame.Screen.IsSorted) order = [.. order.OrderByDescending(channel => data.States[channel].Mean)];
        sorted = frame.Now;
        frame.ChannelOrder = order;
    }

    private void Paint(Frame frame, LayerData data, MapScale scale)
    {
        MapScope scope = frame.Screen.Scope;
        MapRange shared = scope == MapScope.Net ? net : new(scale.Low, scale.High);
        // Below this share of the range a negative value is rounding or a soft activation's tail, and not a sign to show.
        bool isSigned = shared.Low < -0.02f * Math.Max(shared.High, 1e-6f);
        ColorMap map = frame.Screen.Map >= 0 ? ColorMap.All[frame.Screen.Map] : isSigned ? ColorMap.Signed : ColorMap.Viridis;
        MapRange range = shared.For(map), shown = scope == MapScope.Unit ? units[frame.Screen.Channel].For(map) : range;
        int columns = atlas!.Width / data.Width;
        for (int i = 0; i < order.Length; i++)
        {
            if (scope == MapScope.Unit) range = units[order[i]].For(map);
            TilePainter.Tile(atlas, columns, i, data.Channel(order[i]), data.Width, data.Height, range.Low, range.Gain);
        }
        atlas.MarkChanged();
        frame.Colors = map;
        frame.Features = new TileAtlas(atlas, data.Width, data.Height, columns, order.Length, shown.Low, shown.High);
        frame.Kernels = kernels.Of(data.Kernels, order);
    }
}
