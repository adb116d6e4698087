using LiveCam.Networks;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

// The maps, their kernels, and one channel large.
public sealed partial class OverlayPlugin
{
    private const float InsetShare = 0.24f;

    private void DrawMaps(Canvas canvas, Theme theme, Frame frame, FeatureView features)
    {
        Rect inner = Panel.Draw(canvas, theme, panes.Features, features.Title, features.Note);
        int place = Place(features);
        if (showsKernels.IsOn && features.Kernels is { } tiles)
        {
            Rect side = inner.CutRight(MathF.Floor(inner.Width * 0.3f), out inner);
            inner = inner with { Width = inner.Width - theme.Px(10) };
            canvas.Fill(new(inner.Right + theme.Px(5), side.Y, theme.Hairline, side.Height), theme.Line);
            Rect head = side.CutTop(theme.LineHeight(theme.Caption), out side);
            canvas.Text("kernels", head, theme.Caption, theme.TextFaint);
            kernels = TileGrid.Draw(canvas, theme, side, tiles, ColorMap.Signed, place, legend: tiles.IsGray);
        }
        maps = TileGrid.Draw(canvas, theme, inner, features.Tiles, features.Colors, place);
        if (frame.Get<LayerData>() is { } layer) Marks(canvas, theme, features.Order, layer);
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
        camera = frame.Get<NetworkInfo>() is { } network ? Probe.Seen(network.Model.Contract, picture, inset) : inset;
        Cross(canvas, theme, camera, probe);
    }

    /// <summary>The chosen channel's place among the tiles, or -1.</summary>
    private static int Place(FeatureView features) => Array.IndexOf(features.Order, features.Channel);

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
