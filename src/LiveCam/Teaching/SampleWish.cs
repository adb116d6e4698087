namespace LiveCam.Teaching;

/// <summary>What to do with samples.</summary>
public enum SampleDeed
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

/// <summary>Something somebody wants to happen to samples.</summary>
/// <param name="Class">A class's id: 0 is the background, and 1 to 9 are made where they are not there yet.</param>
/// <param name="Force">Keep pictures whatever the gate says.</param>
/// <param name="Sample">Of <see cref="SampleDeed.Delete"/>; 0 for the newest.</param>
public readonly record struct SampleWish(SampleDeed Deed, int Class = -1, bool Force = false, int Sample = 0, string Name = "");

/// <summary>What is being recorded, or was last.</summary>
/// <param name="Class">Whose samples; meaningful where <paramref name="IsOn"/> or a picture was taken.</param>
/// <param name="Taken">Pictures handed over since the burst began.</param>
/// <param name="Reason">Why the newest was not kept; empty where it was.</param>
/// <param name="IsWaiting">Whether the camera went away meanwhile: the burst goes on with its next picture.</param>
public readonly record struct BurstState(bool IsOn, int Class, int Taken, string Reason, bool IsWaiting = false)
{
    public static BurstState None => new(false, 0, 0, "");
}
