namespace LiveCam.Platform;

/// <summary>What whoever captures tells of the camera, beside the picture; the same object in every tick.</summary>
public sealed class CameraReport
{
    /// <summary>How the camera is doing.</summary>
    public CameraStatus Status { get; set; } = CameraStatus.None;

    /// <summary>What is captured, as it would be written after <c>--source</c>, and how the pictures are turned.</summary>
    public string Source { get; set; } = "";
    public CameraView View { get; set; } = CameraView.Plain;

    /// <summary>The file the picture came from, where each has its own; else null.</summary>
    public string? File { get; set; }

    /// <summary>Whether no picture comes any more: the last one of a file or folder stays.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether a person has the picture stay.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Pictures captured so far, those thrown away unseen, and those that were bit for bit the one before.</summary>
    public long Captured { get; set; }
    public long Dropped { get; set; }
    public long Duplicated { get; set; }
}
