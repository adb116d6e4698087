namespace LiveCam.Teaching;

/// <summary>What to do with samples.</summary>
public enum SampleCommand
{
    /// <summary>Record pictures into a class until <see cref="Stop"/>, or until the key is let go.</summary>
    Record,
    Stop,
    /// <summary>The picture that is answered now belongs into this class, however like others it is.</summary>
    Correct,
    /// <summary>Take a sample out: the chosen one, or else the newest of the class or of all.</summary>
    Delete,
    /// <summary>Take all samples of a class out.</summary>
    Clear,
    Undo,
    Redo,
    /// <summary>Give a class another name.</summary>
    Rename,
    /// <summary>Make a class.</summary>
    Add,
}

/// <summary>The message that asks for something to happen to samples.</summary>
/// <param name="Class">A class's id: 0 is the background, and 1 to 9 are made where they are not there yet.</param>
/// <param name="Force">Keep pictures whatever the gate says.</param>
/// <param name="Sample">Of <see cref="SampleCommand.Delete"/>; 0 for the newest.</param>
public sealed record ChangeSamples(SampleCommand Command, int Class = -1, bool Force = false, int Sample = 0, string Name = "");

/// <summary>The message that says which samples are looked at: so many of a class's from a place on, counted from its newest.</summary>
public sealed record ShowSamples(int Class, int First);

/// <summary>What is being recorded, or was last.</summary>
/// <param name="Class">Whose samples; meaningful where <paramref name="IsOn"/> or a picture was taken.</param>
/// <param name="Taken">Pictures handed over since the burst began.</param>
/// <param name="Reason">Why the newest was not kept; empty where it was.</param>
/// <param name="IsWaiting">Whether the camera went away meanwhile: the burst goes on with its next picture.</param>
public sealed record BurstState(bool IsOn, int Class, int Taken, string Reason, bool IsWaiting = false)
{
    public static BurstState None { get; } = new(false, 0, 0, "");
}
