using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Networks;

/// <summary>The kept layer after one run and how each of its channels behaves: a copy, channel by channel and rows within, or where it stays
/// on an OpenGL device what came back of it.</summary>
public sealed class LayerData
{
    private const int Taps = 9, Side = 3;

    /// <summary>Most values shown; of a larger layer the first channels are.</summary>
    private const int MostValues = 16 << 20;

    private float[] buffer = [];

    public string Name { get; private set; } = "";
    public Shape Shape { get; private set; } = Shape.Scalar;

    /// <summary>Channels of the layer, and how many of them are shown.</summary>
    public int Channels { get; private set; }
    public int Shown { get; private set; }

    /// <summary>Tiles in a row of a near-square picture of all shown channels.</summary>
    public int Columns { get; private set; }
    public int Height { get; private set; }
    public int Width { get; private set; }

    /// <summary>The layer on the device; null where its values were copied.</summary>
    public FeatureAtlas? OnDevice { get; private set; }

    /// <summary>Shown x Height x Width values; empty where they stay on the device.</summary>
    public float[] Values { get; private set; } = [];
    public ChannelState[] States { get; private set; } = [];

    /// <summary>The weights of the step that computes the layer (<see cref="KernelWeights"/>); null where it has none.</summary>
    public Parameter? Kernels { get; private set; }

    // What the network saw, 3 x InputHeight x InputWidth; empty on the device.
    private float[] input = [];

    /// <summary>Size of what the network saw; 0 but for the lectures' kernels.</summary>
    public int InputHeight { get; private set; }
    public int InputWidth { get; private set; }

    public ReadOnlySpan<float> Channel(int channel) => Values.AsSpan(channel * Height * Width, Height * Width);

    /// <summary>One value. On the device it is the one asked for last that has come back, NaN before the first.</summary>
    public float At(int channel, int x, int y) => OnDevice is { } atlas ? atlas.Probed(0) : Channel(channel)[y * Width + x];

    /// <summary>The 3x3 values around a place of what the network saw, row by row, zero outside; on the device as <see cref="At"/>.</summary>
    public void Window(int colour, int x, int y, Span<float> nine)
    {
        for (int i = 0; i < Taps; i++)
        {
            int column = x + i % Side - 1, row = y + i / Side - 1;
            bool isInside = column >= 0 && column < InputWidth && row >= 0 && row < InputHeight;
            nine[i] = !isInside ? 0 : OnDevice is { } atlas ? atlas.Probed(1 + i) : input[(colour * InputHeight + row) * InputWidth + column];
        }
    }

    /// <summary>Copies the layer a classifier keeps. Allocates only when the layer is another one.</summary>
    public void Copy(Classifier classifier)
    {
        ReadOnlySpan<float> values = classifier.ReadLayer(ref buffer, out MemoryFormat form);
        if (!ReferenceEquals(Name, classifier.Layer) || Shape != form.Shape || OnDevice is not null)
        {
            Fit(classifier, form.Shape);
            OnDevice = null;
            Values = new float[Shown * Height * Width];
        }
        long[] strides = form.Strides;
        int column = strides.Length > 2 ? (int)strides[^1] : 0, row = strides.Length > 3 ? (int)strides[^2] : 0;
        for (int y = 0; y < Height; y++)
            for (int k = 0; k < Shown; k++)
                Strided(values[(int)(k * strides[1] + y * (long)row)..], Values.AsSpan((k * Height + y) * Width, Width), column);
        ChannelState.Judge(Values, Height * Width, States);
        if (InputWidth == 0) return;
        values = classifier.ReadInput(ref buffer, out form);
        strides = form.Strides;
        if (input.Length != 3 * InputHeight * InputWidth) input = new float[3 * InputHeight * InputWidth];
        for (int y = 0; y < InputHeight; y++)
            for (int c = 0; c < 3; c++)
                Strided(values[(int)(c * strides[1] + y * strides[2])..], input.AsSpan((c * InputHeight + y) * InputWidth, InputWidth), (int)strides[3]);
    }

    private static void Strided(ReadOnlySpan<float> from, Span<float> to, int stride)
    {
        for (int i = 0, at = 0; i < to.Length; i++, at += stride) to[i] = from[at];
    }

    /// <summary>Takes the facts of a layer that stays on the device.</summary>
    public void Adopt(Classifier classifier, FeatureAtlas atlas)
    {
        if (ReferenceEquals(OnDevice, atlas)) return;
        Fit(classifier, classifier.LayerShape);
        (OnDevice, Values, input) = (atlas, [], []);
    }

    /// <summary>Takes the states that have come back from the device.</summary>
    public void Refresh()
    {
        float top = float.NegativeInfinity;
        for (int k = 0; k < Shown; k++)
            if (OnDevice!.StateOf(k) is { Finite: > 0 } state) top = Math.Max(top, state.High);
        for (int k = 0; k < Shown; k++)
        {
            FeatureState state = OnDevice!.StateOf(k);
            States[k] = new(state.Low, state.High, state.Mean, state.Deviation, state.High == top && Height * Width > 1 ? state.AtHigh : 0, state.Finite == 1);
        }
    }

    /// <summary>How many channels of a layer are shown, and its picture's rows and columns.</summary>
    public static (int Shown, int Height, int Width) Extents(Shape shape)
    {
        int width = shape.Rank > 2 ? shape[shape.Rank - 1] : 1, height = shape.CountOf(2, shape.Rank) / width;
        return (Math.Clamp(MostValues / Math.Max(1, width * height), 1, shape[1]), height, width);
    }

    /// <summary>Tiles in a row that make a picture of them near-square in pixels.</summary>
    public static int ColumnsFor(int count, int width, int height) => Math.Clamp((int)Math.Round(Math.Sqrt((double)count * height / width)), 1, Math.Max(1, count));

    /// <summary>The pixel at a share of a side.</summary>
    public static int Pixel(float share, int side) => Math.Clamp((int)(share * side), 0, side - 1);

    private void Fit(Classifier classifier, Shape shape)
    {
        (Name, Shape, Channels, Kernels) = (classifier.Layer!, shape, shape[1], classifier.Kernels);
        (Shown, Height, Width) = Extents(shape);
        Columns = ColumnsFor(Shown, Width, Height);
        States = new ChannelState[Shown];
        (InputHeight, InputWidth) = classifier.ShowsInput ? (classifier.Model.Contract.Height, classifier.Model.Contract.Width) : (0, 0);
    }
}
