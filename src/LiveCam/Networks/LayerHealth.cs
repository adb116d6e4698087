namespace LiveCam.Networks;

/// <summary>How many channels of a layer say nothing, or nothing sensible.</summary>
public readonly record struct LayerHealth(int Channels, int Dead, int Saturated, int NotFinite)
{
    public bool IsWell => Dead + Saturated + NotFinite == 0;

    /// <param name="pixels">Values of a channel; single values are often alike by chance, so that none of them is called dead.</param>
    public static LayerHealth Of(ReadOnlySpan<ChannelState> states, int pixels)
    {
        int dead = 0, saturated = 0, notFinite = 0;
        foreach (ref readonly ChannelState state in states)
        {
            if (!state.IsFinite) notFinite++;
            else if (state.IsDead && pixels > 1) dead++;
            else if (state.IsSaturated) saturated++;
        }
        return new(states.Length, dead, saturated, notFinite);
    }

    /// <summary>"3 dead, 1 saturated"; empty where all is well.</summary>
    public override string ToString() => string.Join(", ", new[] { (Dead, "dead"), (Saturated, "saturated"), (NotFinite, "not finite") }.Where(one => one.Item1 > 0).Select(one => $"{one.Item1} {one.Item2}"));
}
