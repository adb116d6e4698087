using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Networks;

/// <summary>How a channel behaves in one run.</summary>
/// <param name="Low">Its least finite value.</param>
/// <param name="High">Its greatest finite value.</param>
/// <param name="Mean">Of its finite values.</param>
/// <param name="Deviation">Standard deviation of its finite values.</param>
/// <param name="AtTop">Share of its values that equal the layer's greatest.</param>
/// <param name="IsFinite">Whether no value is infinite or not a number.</param>
public readonly record struct ChannelState(float Low, float High, float Mean, float Deviation, float AtTop, bool IsFinite)
{
    /// <summary>One value everywhere: nothing in the picture moves it.</summary>
    public bool IsDead => IsFinite && Low == High;

    /// <summary>More than half of its values sit at the layer's ceiling (a clipped activation).</summary>
    public bool IsSaturated => IsFinite && !IsDead && AtTop > 0.5f;
}

/// <summary>A copy of the kept layer after one run: channel by channel, rows within, and how each channel behaves.</summary>
public sealed class LayerData
{
    /// <summary>Most values copied; of a larger layer the first channels are.</summary>
    private const int MostValues = 16 << 20;

    private float[] buffer = [];

    public string Name { get; private set; } = "";
    public Shape Shape { get; private set; } = Shape.Scalar;

    /// <summary>Channels of the layer, and how many of them were copied.</summary>
    public int Channels { get; private set; }
    public int Copied { get; private set; }
    public int Height { get; private set; }
    public int Width { get; private set; }

    /// <summary>Copied x Height x Width values.</summary>
    public float[] Values { get; private set; } = [];
    public ChannelState[] States { get; private set; } = [];

    /// <summary>The kernels of the step that computes the layer, KxCxRxS; null where it has none.</summary>
    public Parameter? Kernels { get; private set; }

    /// <summary>What the network saw, 3 x <see cref="InputHeight"/> x <see cref="InputWidth"/>; empty but for the lectures' kernels.</summary>
    public float[] Input { get; private set; } = [];
    public int InputHeight { get; private set; }
    public int InputWidth { get; private set; }

    public ReadOnlySpan<float> Channel(int channel) => Values.AsSpan(channel * Height * Width, Height * Width);

    /// <summary>Copies the layer a classifier keeps. Allocates only when the layer is another one.</summary>
    public void Copy(Classifier classifier)
    {
        ReadOnlySpan<float> values = classifier.ReadLayer(ref buffer, out Form form);
        if (!ReferenceEquals(Name, classifier.Layer) || Shape != form.Shape) Fit(classifier.Layer!, form.Shape);
        Kernels = classifier.Kernels;
        long[] strides = form.Strides;
        int column = strides.Length > 2 ? (int)strides[^1] : 0, row = strides.Length > 3 ? (int)strides[^2] : 0;
        for (int y = 0; y < Height; y++)
            for (int k = 0; k < Copied; k++)
                Strided(values[(int)(k * strides[1] + y * (long)row)..], Values.AsSpan((k * Height + y) * Width, Width), column);
        Judge();
        if (classifier.Model.Classifies || classifier.Model.ChannelNames is null) return;
        values = classifier.ReadInput(ref buffer, out form);
        strides = form.Strides;
        (InputHeight, InputWidth) = (form.Shape[2], form.Shape[3]);
        if (Input.Length != 3 * InputHeight * InputWidth) Input = new float[3 * InputHeight * InputWidth];
        for (int y = 0; y < InputHeight; y++)
            for (int c = 0; c < 3; c++)
                Strided(values[(int)(c * strides[1] + y * strides[2])..], Input.AsSpan((c * InputHeight + y) * InputWidth, InputWidth), (int)strides[3]);
    }

    private static void Strided(ReadOnlySpan<float> from, Span<float> to, int stride)
    {
        for (int i = 0, at = 0; i < to.Length; i++, at += stride) to[i] = from[at];
    }

    private void Fit(string name, Shape shape)
    {
        (Name, Shape, Channels) = (name, shape, shape[1]);
        Width = shape.Rank > 2 ? shape[shape.Rank - 1] : 1;
        Height = shape.CountOf(2, shape.Rank) / Width;
        Copied = Math.Clamp(MostValues / Math.Max(1, Width * Height), 1, Channels);
        Values = new float[Copied * Height * Width];
        States = new ChannelState[Copied];
    }

    private void Judge()
    {
        float top = float.NegativeInfinity;
        for (int k = 0; k < Copied; k++)
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            double sum = 0, squares = 0;
            int finite = 0;
            ReadOnlySpan<float> values = Channel(k);
            foreach (float value in values)
            {
                if (!float.IsFinite(value)) continue;
                if (value < low) low = value;
                if (value > high) high = value;
                sum += value;
                squares += (double)value * value;
                finite++;
            }
            States[k] = finite == 0 ? new(0, 0, 0, 0, 0, false)
                : new(low, high, (float)(sum / finite), (float)Math.Sqrt(Math.Max(0, squares / finite - sum / finite * (sum / finite))), 0, finite == values.Length);
            if (finite > 0) top = Math.Max(top, high);
        }
        // Only a channel that reaches the ceiling can sit at it.
        for (int k = 0; k < Copied; k++)
        {
            if (States[k].High != top || Height * Width < 2) continue;
            ReadOnlySpan<float> values = Channel(k);
            int at = 0;
            foreach (float value in values)
                if (value == top) at++;
            States[k] = States[k] with { AtTop = (float)at / values.Length };
        }
    }
}
