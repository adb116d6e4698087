namespace LiveCam.Engine.Training.Augmentation;

/// <summary>One way to vary a picture that leaves its class what it is. Its numbers say how much at most; chance says how much this time.</summary>
public abstract record Variation;

/// <summary>Moves what is seen: all of a list are joined into one resampling.</summary>
internal abstract record Movement : Variation
{
    /// <summary>Adds this movement to those that <paramref name="warp"/> already holds.</summary>
    public abstract void Draw(Warp warp, ref SampleRandom random);
}

/// <summary>Changes pixels where they are.</summary>
internal abstract record Painting : Variation
{
    public abstract void Paint(FloatPicture picture, ref SampleRandom random);
}
