namespace LiveCam.Platform;

/// <summary>How a source of pictures is doing.</summary>
public enum CameraState
{
    /// <summary>It has not answered yet although it was tried; it is tried again.</summary>
    Absent,

    /// <summary>It is being opened for the first time.</summary>
    Opening,

    /// <summary>Pictures come, or have come to their end.</summary>
    Live,

    /// <summary>The same picture has been there for too long: repeated, or the last before silence.</summary>
    Frozen,

    /// <summary>Pictures come and are evenly black.</summary>
    Black,

    /// <summary>It delivered pictures, went away, and is tried again.</summary>
    Lost,
}

/// <summary>How a source is doing, since when, and how to say so.</summary>
/// <param name="State">The state.</param>
/// <param name="Since">When the state began, in Stopwatch ticks.</param>
/// <param name="Text">One sentence for the screen.</param>
/// <param name="Detail">Why, as the last attempt to open or read it said; empty where there is nothing to add.</param>
/// <param name="Attempts">Failed attempts to open it since it was last there.</param>
public sealed record CameraStatus(CameraState State, long Since, string Text, string Detail = "", int Attempts = 0)
{
    /// <summary>What a frame says before anything was opened.</summary>
    public static CameraStatus None { get; } = new(CameraState.Absent, 0, "No camera yet.");
}
