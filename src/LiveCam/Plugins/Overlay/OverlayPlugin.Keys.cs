using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Overlay;

// What is chosen and how it is looked at, and the keys for it.
public sealed partial class OverlayPlugin
{
    private const int FastLayers = 5, FastChannels = 8;
    private const float LeastSplit = 0.26f, MostSplit = 0.62f, UsualSplit = 0.36f;

    private const int ByInput = 1, NoKernels = 2;

    private readonly ChoiceSetting kernelView = new("kernels", "beside the maps: one for each channel, or those of the chosen channel, one for each input", ["channels", "inputs", "off"]);
    private readonly SwitchSetting isLargeText = new("large-text", "larger letters");
    private readonly SwitchSetting isHighContrast = new("high-contrast", "black and bright colours");

    // The chosen channel fills the camera's pane.
    private bool isZoomed;

    // What the network is given stands in the camera's pane.
    private bool showsInput;

    // The chosen channel, or the one that was just asked for.
    private int channel;

    // The place looked at, as shares of the picture from its top left corner: moved by the pointer or by keys.
    private (float X, float Y) probe = (0.5f, 0.5f);

    // Which of the nine numbers of a kernel keys change, row by row.
    private int tap = 4;

    // The first row of the list of layers; -1 keeps the chosen layer in sight.
    private int firstLayer = -1;

    // The layer asked for last, and of which network; it may not be there yet.
    private (NetworkInfo Network, int Index)? chosenLayer;

    // Width of the right column as a share of the frame; 0 lets the panes choose.
    private float split;

    internal bool IsZoomed => isZoomed;
    internal int Tap => tap;
    internal int FirstLayer => firstLayer;
    internal float Split => split;

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Walk, "Up / Down", "previous / next layer (Shift: five)", [(Key.Up, 0)], (frame, fast) => StepLayer(frame, fast ? -FastLayers : -1)),
        new(KeyTable.Walk, "", "", [(Key.Down, 0)], (frame, fast) => StepLayer(frame, fast ? FastLayers : 1)),
        new(KeyTable.Walk, "Left / Right", "previous / next channel (Shift: eight)", [(Key.Left, 0)], (frame, fast) => StepChannel(frame, fast ? -FastChannels : -1)),
        new(KeyTable.Walk, "", "", [(Key.Right, 0)], (frame, fast) => StepChannel(frame, fast ? FastChannels : 1)),
        new(KeyTable.Walk, "Z or Enter", "the chosen channel large, and back (or the wheel over its map)", [(Key.Z, 0), (Key.Enter, 0)], (_, _) => isZoomed ^= true),
        new(KeyTable.Walk, "Ctrl + arrows", "move the probe (Shift: fast)", [(Key.Left, Modifiers.Control)], (_, fast) => StepProbe(-1, 0, fast)),
        new(KeyTable.Walk, "", "", [(Key.Right, Modifiers.Control)], (_, fast) => StepProbe(1, 0, fast)),
        new(KeyTable.Walk, "", "", [(Key.Up, Modifiers.Control)], (_, fast) => StepProbe(0, -1, fast)),
        new(KeyTable.Walk, "", "", [(Key.Down, Modifiers.Control)], (_, fast) => StepProbe(0, 1, fast)),

        new(KeyTable.Look, "K", "kernels of all channels, of the chosen one by input, or none", [(Key.K, 0)], (_, _) => NextKernels()),
        new(KeyTable.Look, "F4", "what the network is given, in place of the picture", [(Key.F4, 0)], (_, _) => showsInput ^= true),
        new(KeyTable.Look, "[ ]", "move the divider between the panes", [(Key.LeftBracket, 0)], (_, _) => MoveDivider(0.03f)),
        new(KeyTable.Look, "", "", [(Key.RightBracket, 0)], (_, _) => MoveDivider(-0.03f)),
        new(KeyTable.Look, "T", "large text", [(Key.T, 0)], (_, _) => Toggle(isLargeText, "large text")),
        new(KeyTable.Look, "X", "high contrast", [(Key.X, 0)], (_, _) => Toggle(isHighContrast, "high contrast")),
        new(KeyTable.Look, "F or F11", "full screen", [(Key.F, 0), (Key.F11, 0)], (frame, _) => frame.IsFullscreen ^= true),

        new(KeyTable.Kernels, "Tab", "next of the nine numbers (Shift: back)", [(Key.Tab, 0)], (_, back) => tap = (tap + (back ? 8 : 1)) % 9),
        new(KeyTable.Kernels, "+ / -", "change it (Shift: by one)", [(Key.Equal, 0), (Key.KeypadAdd, 0)], (frame, fast) => ChangeTap(frame, fast ? 1 : 0.1f)),
        new(KeyTable.Kernels, "", "", [(Key.Minus, 0), (Key.KeypadSubtract, 0)], (frame, fast) => ChangeTap(frame, fast ? -1 : -0.1f)),
        new(KeyTable.Kernels, "Backspace", "the lecture's kernel again", [(Key.Backspace, 0)], (frame, _) => ResetKernel(frame)),

        new(KeyTable.Program, "", "", [(Key.Escape, 0)], (_, _) => isZoomed = false) { When = frame => isZoomed && frame.Get<Focus>()!.Page is null },
    ];

    /// <summary>The place of the layer that is shown or on its way.</summary>
    internal int LayerWish(NetworkInfo network) =>
        chosenLayer is { } chosen && ReferenceEquals(chosen.Network.Model, network.Model) && chosen.Network.Layers.Count == network.Layers.Count ? chosen.Index : network.KeptIndex;

    internal void MoveTo((float X, float Y) place)
    {
        if (place == probe) return;
        probe = place;
        Send(new MoveProbe(place.X, place.Y));
    }

    /// <summary>Asks for a layer by its place in the list.</summary>
    private void ChooseLayer(Frame frame, int index)
    {
        if (frame.Get<NetworkInfo>() is not { Layers.Count: > 0 } network) return;
        index = Math.Clamp(index, 0, network.Layers.Count - 1);
        firstLayer = -1;
        if (LayerWish(network) == index) return;
        chosenLayer = (network, index);
        Send(new ChangeNetwork(Layer: network.Layers[index].Name));
    }

    private void StepLayer(Frame frame, int by)
    {
        if (frame.Get<NetworkInfo>() is { } network) ChooseLayer(frame, LayerWish(network) + by);
    }

    private void StepChannel(Frame frame, int by)
    {
        if (frame.Get<FeatureView>() is not { Order: { Length: > 0 } order }) return;
        Send(new ChooseChannel(channel = order[Math.Clamp(Array.IndexOf(order, channel) + by, 0, order.Length - 1)]));
    }

    private void StepProbe(int x, int y, bool fast)
    {
        float step = fast ? 0.05f : 0.005f;
        MoveTo((Math.Clamp(probe.X + x * step, 0, 0.9999f), Math.Clamp(probe.Y + y * step, 0, 0.9999f)));
    }

    private void MoveDivider(float by) => split = Math.Clamp((split == 0 ? UsualSplit : split) + by, LeastSplit, MostSplit);

    private void ChangeTap(Frame frame, float by)
    {
        if (Kernel3x3.Chosen(frame) is not (>= 0 and var kernel)) return;
        LayerData layer = frame.Get<LayerData>()!;
        // Steps of a tenth stay tenths.
        Kernel3x3.Set(layer, kernel, tap, MathF.Round((Kernel3x3.Numbers(layer, kernel)[tap] + by) * 100) / 100);
        Send(new LookAgain());
    }

    private void ResetKernel(Frame frame)
    {
        if (Kernel3x3.Chosen(frame) is not (>= 0 and var kernel)) return;
        Kernel3x3.Reset(frame.Get<LayerData>()!, kernel);
        Send(new LookAgain());
    }

    private void NextKernels()
    {
        kernelView.Step(1);
        Say(kernelView.Index switch { ByInput => "the chosen channel's weights, one kernel for each input", NoKernels => "kernels: off", _ => "a kernel for each channel" });
    }

    private void Toggle(SwitchSetting setting, string what) => Say((setting.IsOn ^= true) ? what : $"{what}: off");
}
