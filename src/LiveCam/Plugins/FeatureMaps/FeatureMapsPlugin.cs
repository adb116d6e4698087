using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>The kept layer's channels as grey tiles in one picture, on the scale a person chose, and the layer's kernels beside them.</summary>
/// <remarks>A layer that was copied is painted here; one that stays on the device is painted there, into a texture.</remarks>
public sealed class FeatureMapsPlugin : Plugin
{
    // Sorted channels change places at most this often.
    private static readonly TimeSpan SortEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, MapScale> scales = [];
    private readonly KernelTiles kernels = new();
    private readonly long[] strides = [0, 0, 0, 1];
    private MapRange[] units = [];
    private MapRange shared, net;
    private string layer = "";
    private PictureModel? model;
    private FeatureAtlas? device;
    private Picture? atlas;
    private GlImage? image;
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
        if (!frame.IsShown || !frame.IsAnswered && wanted == painted && frame.Features is not null) return;
        if (frame.Layer is not { } data)
        {
            (frame.Features, frame.Kernels) = (null, null);
            return;
        }
        if (data.Name != layer || frame.Network!.Model != model || data.OnDevice != device) Begin(frame, data);
        if (frame.IsAnswered) Follow(data);
        if (!screen.IsSorted ? !IsInOrder() : frame.Now - sorted >= SortEvery || painted.IsSorted != true) Order(frame, data);
        screen.Channel = Math.Clamp(screen.Channel, 0, data.Shown - 1);
        painted = wanted with { Channel = screen.Channel };
        Paint(frame, data);
    }

    /// <summary>Another layer, or the same in another place.</summary>
    private void Begin(Frame frame, LayerData data)
    {
        if (!ReferenceEquals(frame.Network!.Model, model))
        {
            scales.Clear();
            net = default;
        }
        int width = data.Columns * data.Width, height = (data.Shown + data.Columns - 1) / data.Columns * data.Height;
        // Maps may be too wide for a picture; then this layer is not begun with.
        atlas = data.OnDevice is null ? new Picture(width, height, PixelFormat.Gray8) : null;
        (layer, model, device) = (data.Name, frame.Network.Model, data.OnDevice);
        if (!scales.ContainsKey(layer)) scales[layer] = new MapScale();
        image = device is null ? null : Image(device);
        units = [.. data.States.Select(MapRange.Of)];
        painted.IsSorted = false;
        order = [];
        frame.FeaturesTitle = layer;
        frame.FeaturesNote = $"{(data.Shown < data.Channels ? $"{data.Shown} of " : "")}{data.Channels} channels, {data.Width} x {data.Height}";
    }

    private static GlImage Image(FeatureAtlas atlas)
    {
        Picture? copy = null;
        return new(atlas.Texture, atlas.Width, atlas.Height, PixelFormat.Gray8, () =>
        {
            copy ??= new Picture(atlas.Width, atlas.Height, PixelFormat.Gray8);
            atlas.Read(copy.Bytes);
            copy.MarkChanged();
            return copy;
        });
    }

    private void Follow(LayerData data)
    {
        MapScale scale = scales[layer];
        if (device is not null)
        {
            shared = new(device.Range.Low, device.Range.High);
            for (int k = 0; k < units.Length; k++) units[k] = new(device.RangeOf(k).Low, device.RangeOf(k).High);
        }
        else
        {
            (strides[1], strides[2]) = (data.Height * data.Width, data.Width);
            scale.Follow(data.Values, data.Shown, data.Height * data.Width, strides);
            shared = new(scale.Low, scale.High);
            for (int k = 0; k < units.Length; k++) units[k] = units[k].Towards(MapRange.Of(data.States[k]));
        }
        net = net == default ? shared : net.Joined(shared);
    }

    private bool IsInOrder() => order.Length > 0 && !painted.IsSorted;

    /// <summary>As the network counts, or by the mean response, strongest first.</summary>
    private void Order(Frame frame, LayerData data)
    {
        order = [.. Enumerable.Range(0, data.Shown)];
        if (frame.Screen.IsSorted) order = [.. order.OrderByDescending(channel => data.States[channel].Mean)];
        sorted = frame.Now;
        frame.ChannelOrder = order;
    }

    private void Paint(Frame frame, LayerData data)
    {
        MapScope scope = frame.Screen.Scope;
        MapRange range = scope == MapScope.Net ? net : shared;
        // Below this share of the range a negative value is rounding or a soft activation's tail, and not a sign to show.
        bool isSigned = range.Low < -0.02f * Math.Max(range.High, 1e-6f);
        ColorMap map = frame.Screen.Map >= 0 ? ColorMap.All[frame.Screen.Map] : isSigned ? ColorMap.Signed : ColorMap.Viridis;
        range = range.For(map);
        MapRange shown = scope == MapScope.Unit ? units[frame.Screen.Channel].For(map) : range;
        if (device is not null) device.Draw(order, ScaleOf(scope), map.Diverging ? ColorMap.Zero : -1, (net.Low, net.High));
        else PaintHere(data, scope, map, range);
        frame.Colors = map;
        frame.Features = new TileAtlas(atlas, data.Width, data.Height, data.Columns, order.Length, shown.Low, shown.High) { Image = image };
        frame.Kernels = kernels.Of(data.Kernels, order);
    }

    private void PaintHere(LayerData data, MapScope scope, ColorMap map, MapRange range)
    {
        for (int i = 0; i < order.Length; i++)
        {
            if (scope == MapScope.Unit) range = units[order[i]].For(map);
            TilePainter.Tile(atlas!, data.Columns, i, data.Channel(order[i]), data.Width, data.Height, range.Low, range.Gain);
        }
        atlas!.MarkChanged();
    }

    private static FeatureScale ScaleOf(MapScope scope) => scope switch
    {
        MapScope.Layer => FeatureScale.Layer,
        MapScope.Unit => FeatureScale.Channel,
        _ => FeatureScale.Given,
    };
}
