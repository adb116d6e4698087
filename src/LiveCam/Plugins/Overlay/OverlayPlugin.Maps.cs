using LiveCam.Networks;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

// The maps, their kernels, and one channel large.
public sealed partial class OverlayPlugin
{
    private const float InsetShare = 0.24f;

    private readonly List<string> numbers = [];
    private ValueBar[] values = [];
    private (string Of, LayerHealth Health, string Text) note = ("", default, "");
    private (NetworkInfo? Of, IReadOnlyList<string>? Names) classes;

    private void DrawMaps(Canvas canvas, Theme theme, Frame frame, FeatureView features)
    {
        LayerData? layer = frame.Get<LayerData>();
        Rect inner = Panel.Draw(canvas, theme, panes.Features, WordsOf(frame.Get<NetworkInfo>(), features.Title), Note(features, layer));
        int place = Place(features);
        if (layer is not null && features.Tiles is { TileWidth: 1, TileHeight: 1 })
        {
            DrawValues(canvas, theme, frame, features, layer, inner, place);
            return;
        }
        bool showsInputs = kernelView.Index == ByInput || features.Kernels is null;
        if (kernelView.Index != NoKernels && (showsInputs ? features.InputKernels : features.Kernels) is { } tiles)
        {
            Rect side = inner.CutRight(MathF.Floor(inner.Width * 0.3f), out inner);
            inner = inner with { Width = inner.Width - theme.Px(10) };
            canvas.Fill(new(inner.Right + theme.Px(5), side.Y, theme.Hairline, side.Height), theme.Line);
            Rect head = side.CutTop(theme.LineHeight(theme.Caption), out side);
            canvas.Text(showsInputs ? "weights by input" : "kernels", head, theme.Caption, theme.TextFaint);
            kernels = TileGrid.Draw(canvas, theme, side, tiles, ColorMap.Signed, showsInputs ? -1 : place, legend: tiles.IsGray);
            kernelsAreInputs = showsInputs;
        }
        maps = TileGrid.Draw(canvas, theme, inner, features.Tiles, features.Colors, place);
        if (layer is null) return;
        Marks(canvas, theme, features.Order, layer);
        DrawNumber(canvas, theme, features, layer);
    }

    /// <summary>The number under the pointer: a place of a map, or a tap of a kernel.</summary>
    private void DrawNumber(Canvas canvas, Theme theme, FeatureView features, LayerData layer)
    {
        Span<char> text = stackalloc char[96];
        int used;
        if (maps.At(pointer.X, pointer.Y) is >= 0 and var tile && tile < features.Order.Length && Probe.Share(maps.Tile(tile), pointer) is { } at)
        {
            int channel = features.Order[tile], x = LayerData.Pixel(at.X, layer.Width), y = LayerData.Pixel(at.Y, layer.Height);
            used = Figures.Write(text, channel, "'channel '0", " (").Length;
            used += Figures.Write(text[used..], x, "0", ", ").Length;
            // On the device only the chosen channel's value comes back; of the others their mean is known.
            bool isKnown = layer.OnDevice is null || channel == features.Channel;
            used += Figures.Write(text[used..], y, "0", isKnown ? ") = " : ") mean ").Length;
            used += Figures.Write(text[used..], isKnown ? layer.At(channel, x, y) : layer.States[channel].Mean, "0.0000").Length;
        }
        else if (kernels.At(pointer.X, pointer.Y) is >= 0 and var kernel && Probe.Share(kernels.Tile(kernel), pointer) is { } tap && layer.Kernels is { } weights)
        {
            int height = weights.Shape.Rank == 4 ? weights.Shape[2] : 1, width = weights.Shape.Rank == 4 ? weights.Shape[3] : 1;
            int channel = kernelsAreInputs ? features.Channel : features.Order[kernel], input = kernelsAreInputs ? kernel : 0, x = LayerData.Pixel(tap.X, width), y = LayerData.Pixel(tap.Y, height);
            used = Figures.Write(text, channel, "'weight '0", ", ").Length;
            used += Figures.Write(text[used..], input, "'input '0", " = ").Length;
            used += Figures.Write(text[used..], KernelWeights.At(weights, layer.Channels, channel, input, x, y), "0.0000").Length;
        }
        else return;
        float wide = MathF.Ceiling(canvas.Font.Measure(text[..used], theme.Caption)) + theme.Px(12), high = theme.LineHeight(theme.Caption) + theme.Px(6);
        var box = new Rect(MathF.Min(pointer.X + theme.Px(12), canvas.Width - wide - theme.Px(4)), MathF.Max(0, pointer.Y - high - theme.Px(8)), wide, high).Snap();
        canvas.Fill(box, theme.Background.Fade(0.9f), theme.Px(4));
        canvas.Border(box, theme.Line, theme.Hairline, theme.Px(4));
        canvas.Text(text[..used], box, theme.Caption, theme.Text, Align.Center);
    }

    /// <summary>A layer without places: a bar for each channel, with the names of the classes where it is the network's answer.</summary>
    private void DrawValues(Canvas canvas, Theme theme, Frame frame, FeatureView features, LayerData layer, Rect inner, int place)
    {
        NetworkInfo? network = frame.Get<NetworkInfo>();
        IReadOnlyList<string>? names = network is not null && network.KeptIndex >= network.Layers.Count - 3 ? ClassNames(network, layer.Channels) : null;
        if (values.Length != features.Order.Length) values = new ValueBar[features.Order.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int channel = features.Order[i];
            ChannelState state = channel < layer.States.Length ? layer.States[channel] : default;
            values[i] = new(names?[channel] ?? Number(channel), state.IsFinite ? state.Mean : float.NaN);
        }
        maps = ValueBars.Draw(canvas, theme, inner, values, place);
    }

    /// <summary>The names of the classes where there are as many; looked up once for a network.</summary>
    private IReadOnlyList<string>? ClassNames(NetworkInfo network, int channels)
    {
        if (!ReferenceEquals(classes.Of, network)) classes = (network, network.Model.Labels is { } labels && labels.Fits(channels) ? labels.Match(channels).Names : null);
        return classes.Names?.Count == channels ? classes.Names : null;
    }

    /// <summary>The chosen map of the kernel gallery, as large as the picture it is made of.</summary>
    private void DrawResult(Canvas canvas, Theme theme, FeatureView features)
    {
        if (panes.Details.IsEmpty || Place(features) is not (>= 0 and var place)) return;
        TileAtlas atlas = features.Tiles;
        Rect inner = Panel.Draw(canvas, theme, panes.Details, kernelTitle);
        Rect target = inner.Fit(atlas.TileWidth, atlas.TileHeight);
        int left = place % atlas.Columns * atlas.TileWidth, top = place / atlas.Columns * atlas.TileHeight;
        atlas.Draw(canvas, target, new Clip(left, top, left + atlas.TileWidth, top + atlas.TileHeight), smooth: target.Width < atlas.TileWidth, features.Colors);
    }

    /// <summary>What the layer does and what it is called.</summary>
    private static string WordsOf(NetworkInfo? network, string layer) =>
        network is not null && network.KeptIndex >= 0 && network.Layers[network.KeptIndex] is var kept && kept.Name == layer ? kept.Words : layer;

    /// <summary>The layer's extents, and how many of its channels are dead, saturated or not finite.</summary>
    private string Note(FeatureView features, LayerData? layer)
    {
        if (layer is null) return features.Note;
        LayerHealth health = LayerHealth.Of(layer.States, layer.Width * layer.Height);
        if (note.Of != features.Note || note.Health != health) note = (features.Note, health, health.IsWell ? features.Note : $"{features.Note}  ·  {health}");
        return note.Text;
    }

    /// <summary>A channel's number as text; made once.</summary>
    private string Number(int channel)
    {
        while (numbers.Count <= channel) numbers.Add($"{numbers.Count}");
        return numbers[channel];
    }

    /// <summary>Channels that say nothing, or nothing sensible: dead a dot, saturated a bar on top, not finite a red frame and bar.</summary>
    private void Marks(Canvas canvas, Theme theme, int[] order, LayerData layer)
    {
        for (int i = 0; i < Math.Min(maps.Count, order.Length); i++)
        {
            if (order[i] >= layer.States.Length) continue;
            ChannelState state = layer.States[order[i]];
            // Values without a picture are often alike by chance.
            bool isDead = state.IsDead && layer.Width * layer.Height > 1;
            if (state.IsFinite && !isDead && !state.IsSaturated) continue;
            Rect tile = maps.Tile(i);
            float size = MathF.Max(2, MathF.Floor(MathF.Min(tile.Width, tile.Height) * 0.16f));
            if (!state.IsFinite)
            {
                canvas.Border(tile, theme.Bad, MathF.Max(1, size / 3));
                canvas.Fill(new(tile.X, MathF.Floor(tile.CenterY - size / 2), tile.Width, size), theme.Bad);
            }
            else if (isDead) canvas.Fill(new(tile.X + size / 2, tile.Y + size / 2, size, size), theme.TextFaint, size / 2);
            else canvas.Fill(new(tile.X, tile.Y, tile.Width, MathF.Max(1, size / 2)), theme.Warn);
        }
    }

    /// <summary>The chosen channel in place of the camera, which moves into a corner.</summary>
    private void DrawZoomed(Canvas canvas, Theme theme, Frame frame, FeatureView features)
    {
        TileAtlas atlas = features.Tiles;
        LayerData layer = frame.Get<LayerData>()!;
        int place = Place(features), channel = features.Channel;
        if (place < 0 || channel >= layer.States.Length) return;
        Rect pane = panes.Camera;
        canvas.Fill(pane, theme.Surface, theme.Radius);
        canvas.Border(pane, theme.Line, theme.Hairline, theme.Radius);
        Rect inner = pane.Inset(theme.Px(12)), foot = inner.CutBottom(theme.LineHeight(theme.Strong), out inner);
        inner = inner with { Height = inner.Height - theme.Px(8) };
        zoomed = inner.Fit(atlas.TileWidth, atlas.TileHeight);
        // The camera's corner stays free where the map leaves the width for it.
        float corner = frame.Picture is null ? 0 : MathF.Floor(pane.Width * InsetShare) + theme.Px(10);
        zoomed = zoomed with { X = MathF.Max(inner.X, MathF.Min(zoomed.X, inner.Right - corner - zoomed.Width)) };
        int left = place % atlas.Columns * atlas.TileWidth, top = place / atlas.Columns * atlas.TileHeight;
        atlas.Draw(canvas, zoomed, new Clip(left, top, left + atlas.TileWidth, top + atlas.TileHeight), smooth: zoomed.Width < atlas.TileWidth, features.Colors);

        (float px, float py) = probe;
        int x = LayerData.Pixel(px, layer.Width), y = LayerData.Pixel(py, layer.Height);
        float wide = zoomed.Width / layer.Width, high = zoomed.Height / layer.Height, stroke = theme.Px(2);
        var cell = new Rect(zoomed.X + x * wide, zoomed.Y + y * high, wide, high);
        if (layer.Width * layer.Height > 1)
        {
            var frameBox = cell.Inset(-MathF.Max(stroke, theme.Px(5) - wide / 2)).Snap();
            canvas.Border(frameBox.Inset(-stroke), theme.Background, stroke);
            canvas.Border(frameBox, theme.Text, stroke);
        }

        ChannelState state = layer.States[channel];
        float value = layer.At(channel, x, y);
        Span<char> text = stackalloc char[96];
        int used = Figures.Write(text, channel, "'channel '0").Length;
        float name = canvas.Text(text[..used], foot, theme.Strong, theme.Text);
        used = Figures.Write(text, x, "'('0", ", ").Length;
        used += Figures.Write(text[used..], y, "0", ")  =  ").Length;
        used += Figures.Write(text[used..], value, "0.0000").Length;
        float middle = canvas.Text(text[..used], foot, theme.Strong, theme.Accent, Align.Center);
        used = Figures.Write(text, state.Low, "0.##", " to ").Length;
        used += Figures.Write(text[used..], state.High, "0.##", ", mean ").Length;
        used += Figures.Write(text[used..], state.Mean, "0.##").Length;
        // What is left beside the value, which comes first.
        float room = (foot.Width - MathF.Max(middle, 2 * name - foot.Width)) / 2 - theme.Pad;
        if (room > 0) Label.Draw(canvas, foot.CutRight(room, out _), text[..used], theme.Body, theme.Caption.Size, theme.TextDim, Align.Right);

        if (frame.Picture is not { } picture) return;
        float width = MathF.Floor(pane.Width * InsetShare), height = MathF.Floor(width * picture.Height / picture.Width);
        var inset = new Rect(inner.Right - width, inner.Y, width, height);
        canvas.Image(picture, inset, radius: theme.Px(6));
        canvas.Border(inset, theme.Line, theme.Hairline, theme.Px(6));
        NetworkInfo? network = frame.Get<NetworkInfo>();
        camera = network is null ? inset : Probe.Seen(network.Model.Contract, picture, inset);
        Outline(canvas, theme, inset, camera);
        if (network is not null) DrawField(canvas, theme, frame, network);
        Cross(canvas, theme, camera, probe);
    }

    /// <summary>The chosen channel's place among the tiles, or -1.</summary>
    private static int Place(FeatureView features) => Array.IndexOf(features.Order, features.Channel);

    /// <summary>The edge of what the network sees, where that is not all; the rest is darker.</summary>
    private static void Outline(Canvas canvas, Theme theme, Rect drawn, Rect seen)
    {
        seen = seen.Snap();
        if (drawn.Width - seen.Width < theme.Px(3) && drawn.Height - seen.Height < theme.Px(3)) return;
        Color shade = theme.Background.Fade(0.35f);
        canvas.Fill(Rect.FromEdges(drawn.X, drawn.Y, drawn.Right, seen.Y), shade);
        canvas.Fill(Rect.FromEdges(drawn.X, seen.Bottom, drawn.Right, drawn.Bottom), shade);
        canvas.Fill(Rect.FromEdges(drawn.X, seen.Y, seen.X, seen.Bottom), shade);
        canvas.Fill(Rect.FromEdges(seen.Right, seen.Y, drawn.Right, seen.Bottom), shade);
        canvas.Border(seen, theme.Text.Fade(0.55f), theme.Hairline);
    }

    /// <summary>How much of the picture the value under the probe depends on, while the pointer is over a map or a channel is large.</summary>
    private void DrawField(Canvas canvas, Theme theme, Frame frame, NetworkInfo network)
    {
        bool isProbed = isZoomed || overMap;
        if (!isProbed || network.KeptIndex < 0 || network.Layers[network.KeptIndex].Field is not { } field || frame.Get<LayerData>() is not { } layer || layer.Width * layer.Height < 2) return;
        // The centre of the probed value, in shares of what the network sees.
        float x = (LayerData.Pixel(probe.X, layer.Width) + 0.5f) / layer.Width, y = (LayerData.Pixel(probe.Y, layer.Height) + 0.5f) / layer.Height;
        float width = camera.Width * field.Width / network.Model.Contract.Width, height = camera.Height * field.Height / network.Model.Contract.Height;
        var box = new Rect(camera.X + x * camera.Width - width / 2, camera.Y + y * camera.Height - height / 2, width, height);
        canvas.PushClip(camera);
        canvas.Border(box.Snap().Inset(-theme.Px(1)), theme.Background, theme.Px(3));
        canvas.Border(box.Snap(), theme.Accent, theme.Px(1));
        canvas.PopClip();
    }

    private static void Cross(Canvas canvas, Theme theme, Rect box, (float X, float Y) share)
    {
        float x = MathF.Floor(box.X + share.X * box.Width), y = MathF.Floor(box.Y + share.Y * box.Height), arm = theme.Px(9), thick = theme.Px(2);
        canvas.Fill(new(x - arm - 1, y - thick / 2 - 1, 2 * arm + 2, thick + 2), theme.Background);
        canvas.Fill(new(x - thick / 2 - 1, y - arm - 1, thick + 2, 2 * arm + 2), theme.Background);
        canvas.Fill(new(x - arm, y - thick / 2, 2 * arm, thick), theme.Text);
        canvas.Fill(new(x - thick / 2, y - arm, thick, 2 * arm), theme.Text);
    }

    private static void Chip(Canvas canvas, Theme theme, Rect box, string text, Color color)
    {
        float width = MathF.Ceiling(canvas.Font.Measure(text, theme.Strong)) + theme.Px(20), height = theme.LineHeight(theme.Strong) + theme.Px(8);
        var chip = new Rect(box.X + theme.Px(12), box.Y + theme.Px(12), width, height);
        canvas.Fill(chip, theme.Background.Fade(0.8f), height / 2);
        canvas.Text(text, chip, theme.Strong, color, Align.Center);
    }
}
