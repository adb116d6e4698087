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

    /// <summary>Judges channels that lie one behind the other.</summary>
    /// <param name="pixels">Values of a channel.</param>
    /// <param name="states">One for each channel; overwritten.</param>
    public static void Judge(ReadOnlySpan<float> layer, int pixels, Span<ChannelState> states)
    {
        float top = float.NegativeInfinity;
        for (int k = 0; k < states.Length; k++)
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            double sum = 0, squares = 0;
            int finite = 0;
            foreach (float value in layer.Slice(k * pixels, pixels))
            {
                if (!float.IsFinite(value)) continue;
                if (value < low) low = value;
                if (value > high) high = value;
                sum += value;
                squares += (double)value * value;
                finite++;
            }
            states[k] = finite == 0 ? new(0, 0, 0, 0, 0, false)
                : new(low, high, (float)(sum / finite), (float)Math.Sqrt(Math.Max(0, squares / finite - sum / finite * (sum / finite))), 0, finite == pixels);
            if (finite > 0) top = Math.Max(top, high);
        }
        // Only a channel that reaches the ceiling can sit at it.
        for (int k = 0; k < states.Length; k++)
            if (states[k].High == top && pixels > 1) states[k] = states[k] with { AtTop = (float)layer.Slice(k * pixels, pixels).Count(top) / pixels };
    }
}
