using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.FeatureMaps;

/// <summary>The kept layer's channels as grey tiles in one picture, on the scale a person chose, and the layer's kernels beside them.</summary>
/// <remarks>A layer that was copied is painted here; one that stays on the device is painted there, into a texture.</remarks>
/// <param name="scope">What a colour scale is shared by at first.</param>
public sealed class FeatureMapsPlugin(MapScope scope = MapScope.Layer) : Plugin
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
    private (int Map, MapScope Scope, bool IsSorted, int Channel, (float, float)? Limits) painted;
    private readonly ChoiceSetting colors = new("colors", "of the maps; auto is signed where values are below zero", ["auto", .. ColorMap.All.Select(map => map.Name)]);
    private readonly SwitchSetting isSorted = new("sorted", "channels in order of their mean response");
    private readonly LimitsSetting limits = new("limits", "the values drawn darkest and brightest; auto follows the maps");
    private MapScope scope = scope;
    private bool isHeld;
    private FeatureView view = new();
    private int[] order = [];
    private int channel;
    private TimeSpan sorted;

    public override string Name => "features";
    public override IReadOnlyList<Type> Reads => [typeof(Answer), typeof(LayerData), typeof(NetworkInfo)];
    public override IReadOnlyList<Type> Writes => [typeof(FeatureView)];
    public override IReadOnlyList<Handler> Handles => [Handler.Of<ChooseChannel>((_, chosen) => channel = chosen.Channel), Handler.Of<LookAgain>((_, _) => Rescale())];
    public override IEnumerable<Setting> Settings => [colors, isSorted, limits];

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Look, "C", "next colour map", [(Key.C, 0)], (_, _) => NextMap()),
        new(KeyTable.Look, "S", "scale shared by layer, unit or net", [(Key.S, 0)], (_, _) => NextScope()),
        new(KeyTable.Look, "D", "hold the colour scale, and let it go (Shift: begin it anew)", [(Key.D, 0)], (_, anew) => Hold(anew)),
        new(KeyTable.Look, "O", "order channels by response", [(Key.O, 0)], (_, _) => Say((isSorted.IsOn ^= true) ? "channels in order of response" : "channels in order of response: off")),
    ];

    public override void Update(Frame frame)
    {
        var wanted = (Map: colors.Index, scope, isSorted.IsOn, channel, limits.Value);
        bool isAnswered = frame.HasNew<Answer>();
        if (!frame.IsShown || !isAnswered && wanted == painted && frame.Get<FeatureView>() is not null) return;
        if (frame.Get<LayerData>() is not { } data || frame.Get<NetworkInfo>() is not { } network)
        {
            frame.Set<FeatureView>(null);
            return;
        }
        if (data.Name != layer || network.Model != model || data.OnDevice != device || frame.Get<FeatureView>() is null) Begin(data, network.Model);
        if (isAnswered && !isHeld) Follow(data);
        if (!isSorted.IsOn ? !IsInOrder() : frame.Now - sorted >= SortEvery || painted.IsSorted != true) Order(frame, data);
        int kept = Math.Clamp(channel, 0, data.Shown - 1);
        // Another layer has other channels: whoever follows the chosen one hears of it.
        if (kept != channel) Send(new ChooseChannel(channel = kept));
        painted = wanted with { channel = channel };
        Paint(data);
        frame.Set(view);
    }

    /// <summary>Another layer, or the same in another place.</summary>
    private void Begin(LayerData data, PictureModel of)
    {
        if (!ReferenceEquals(of, model))
        {
            scales.Clear();
            net = default;
        }
        int width = data.Columns * data.Width, height = (data.Shown + data.Columns - 1) / data.Columns * data.Height;
        // Maps may be too wide for a picture; then this layer is not begun with.
        atlas = data.OnDevice is null ? new Picture(width, height, PixelFormat.Gray8) : null;
        (layer, model, device) = (data.Name, of, data.OnDevice);
        if (!scales.ContainsKey(layer)) scales[layer] = new MapScale();
        image = device is null ? null : Image(device);
        units = [.. data.States.Select(MapRange.Of)];
        painted.IsSorted = false;
        order = [];
        view = new FeatureView { Title = layer };
        view.Note = $"{(data.Shown < data.Channels ? $"{data.Shown} of " : "")}{data.Channels} channels, {data.Width} x {data.Height}";
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
        if (isSorted.IsOn) order = [.. order.OrderByDescending(channel => data.States[channel].Mean)];
        sorted = frame.Now;
    }

    private void Paint(LayerData data)
    {
        MapRange range = limits.Value is { } typed ? new(typed.Low, typed.High) : scope == MapScope.Net ? net : shared;
        // Below this share of the range a negative value is rounding or a soft activation's tail, and not a sign to show.
        bool isSigned = range.Low < -0.02f * Math.Max(range.High, 1e-6f);
        ColorMap map = colors.Index > 0 ? ColorMap.All[colors.Index - 1] : isSigned ? ColorMap.Signed : ColorMap.Viridis;
        range = range.For(map);
        bool isOwn = scope == MapScope.Unit && limits.Value is null;
        MapRange shown = isOwn ? units[channel].For(map) : range;
        // The device follows the maps by itself, unless it is given a scale.
        bool isGiven = limits.Value is not null || isHeld && !isOwn;
        if (device is not null) device.Draw(order, isGiven ? FeatureScale.Given : ScaleOf(scope), map.Diverging ? ColorMap.Zero : -1, isGiven ? (range.Low, range.High) : (net.Low, net.High));
        else PaintHere(data, map, range, isOwn);
        (view.Colors, view.Order, view.Channel) = (map, order, channel);
        view.Tiles = new TileAtlas(atlas, data.Width, data.Height, data.Columns, order.Length, shown.Low, shown.High) { Image = image };
        view.Kernels = kernels.Of(data.Kernels, order);
        view.InputKernels = kernels.Inputs(data.Kernels, data.Channels, channel);
    }

    /// <summary>Other kernels make other values: the scale begins with them.</summary>
    private void Rescale()
    {
        if (isHeld) return;
        scales.Remove(layer);
        (net, layer) = (default, "");
    }

    private void Hold(bool anew)
    {
        isHeld = !anew && !isHeld;
        if (anew)
        {
            scales.Clear();
            (net, layer, limits.Value) = (default, "", null);
        }
        Say(anew ? "the scale begins anew" : isHeld ? "the scale is held" : "the scale follows the maps");
    }

    private void NextMap()
    {
        colors.Step(1);
        Say(colors.Index == 0 ? "colours chosen by the data" : $"colours: {colors.Text}");
    }

    private void NextScope()
    {
        scope = (MapScope)(((int)scope + 1) % 3);
        Say(scope switch
        {
            MapScope.Layer => "one scale for the layer",
            MapScope.Unit => "a scale for each channel",
            _ => "one scale for all layers seen",
        });
    }

    private void PaintHere(LayerData data, ColorMap map, MapRange range, bool isOwn)
    {
        for (int i = 0; i < order.Length; i++)
        {
            if (isOwn) range = units[order[i]].For(map);
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
