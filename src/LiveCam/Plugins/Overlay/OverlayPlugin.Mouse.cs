using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

// The mouse works on what the last frame drew.
public sealed partial class OverlayPlugin
{
    /// <summary>The number at which a kernel's slider is full.</summary>
    private const float KernelRange = 10;

    private Panes panes;
    private Rect camera, zoomed;
    private TileLayout maps, kernels;
    private KernelPaper paper;
    private LayerListLayout layers;
    private bool dragsDivider, dragsList, kernelsAreInputs, overMap;
    private (float X, float Y) pointer = (-1, -1);
    private (int Tap, float X, float From)? slide;

    public override void Update(Frame frame)
    {
        channel = frame.Get<FeatureView>()?.Channel ?? channel;
        (frame.IsLargeText, frame.IsHighContrast) = (isLargeText.IsOn, isHighContrast.IsOn);
        if (frame.Get<Focus>()?.Page is not null) return;
        foreach (WindowEvent happened in frame.Events)
        {
            switch (happened.Kind)
            {
                case WindowEventKind.MouseDown when happened.Button == MouseButton.Left: Press(frame, happened); break;
                case WindowEventKind.MouseUp when happened.Button == MouseButton.Left: (dragsDivider, dragsList, slide) = (false, false, null); break;
                case WindowEventKind.MouseMove: Move(frame, happened); break;
                case WindowEventKind.Scroll: Scroll(frame, happened); break;
            }
        }
    }

    private void Press(Frame frame, in WindowEvent at)
    {
        int[] order = frame.Get<FeatureView>()?.Order ?? [];
        if (panes.Answers.X > panes.Camera.Right && at.X >= panes.Camera.Right && at.X < panes.Answers.X && at.Y < panes.Status.Y) dragsDivider = true;
        else if (layers.Bar.Inset(0, -6).Contains(at.X, at.Y))
        {
            dragsList = true;
            firstLayer = layers.FirstAt(at.X);
        }
        else if (layers.At(at.X, at.Y) is >= 0 and var layer)
        {
            int first = layers.First;
            ChooseLayer(frame, layer);
            firstLayer = first;
        }
        else if (Tile(at) is >= 0 and var tile && tile < order.Length)
        {
            // A second click on the chosen one opens it, as a double click would.
            if (frame.Get<FeatureView>()!.Channel == order[tile]) isZoomed ^= true;
            Send(new ChooseChannel(order[tile]));
        }
        else if (paper.At(at.X, at.Y) is >= 0 and var number && Kernel3x3.Chosen(frame) is >= 0 and var kernel)
        {
            tap = number;
            slide = (tap, at.X, Kernel3x3.Numbers(frame.Get<LayerData>()!, kernel)[tap]);
        }
        else if (isZoomed && panes.Camera.Contains(at.X, at.Y) && !zoomed.Contains(at.X, at.Y)) isZoomed = false;
    }

    private void Move(Frame frame, in WindowEvent at)
    {
        if (dragsDivider) split = Math.Clamp(1 - at.X / frame.Width, LeastSplit, MostSplit);
        if (dragsList) firstLayer = layers.FirstAt(at.X);
        if (slide is { } held && Kernel3x3.Chosen(frame) is >= 0 and var kernel)
        {
            // A slider's length is its range.
            float number = held.From + (at.X - held.X) / paper.Cell * 2 * KernelRange * 0.25f;
            Kernel3x3.Set(frame.Get<LayerData>()!, kernel, held.Tap, MathF.Round(number * 10) / 10);
            Send(new LookAgain());
            return;
        }
        (float, float) point = pointer = (at.X, at.Y);
        (float, float)? share = Probe.Share(zoomed, point) ?? Probe.Share(camera, point);
        int tile = maps.At(at.X, at.Y);
        overMap = tile >= 0;
        share ??= tile >= 0 ? Probe.Share(maps.Tile(tile), point) : null;
        if (share is { } place) MoveTo(place);
    }

    private void Scroll(Frame frame, in WindowEvent at)
    {
        // The wheel opens the map under the pointer, and closes the large one.
        if (at.DeltaY > 0 && maps.At(at.X, at.Y) is >= 0 and var tile && frame.Get<FeatureView>()?.Order is { } order && tile < order.Length)
        {
            isZoomed = true;
            Send(new ChooseChannel(order[tile]));
        }
        else if (at.DeltaY < 0 && isZoomed && (panes.Camera.Contains(at.X, at.Y) || panes.Features.Contains(at.X, at.Y))) isZoomed = false;
        if (!panes.Details.Contains(at.X, at.Y) || layers.Rows == 0) return;
        int columns = Math.Max(0, (layers.Count + layers.Rows - 1) / layers.Rows - layers.Columns);
        int column = Math.Clamp(layers.First / layers.Rows - Math.Sign(at.DeltaY), 0, columns);
        firstLayer = column * layers.Rows;
    }

    private int Tile(in WindowEvent at) => maps.At(at.X, at.Y) is >= 0 and var tile ? tile : kernelsAreInputs ? -1 : kernels.At(at.X, at.Y);
}
