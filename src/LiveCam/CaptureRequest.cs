using LiveCam.Platform;

namespace LiveCam;

/// <summary>What a plugin may ask of the capture plugin through <see cref="Frame.CaptureRequest"/>; null leaves a thing as it is.</summary>
/// <param name="Source">Another source, in any of the forms of <see cref="CameraSource.Open"/>, or <see cref="Next"/>. One that fails leaves the old one running.</param>
/// <param name="View">Another view of the camera's pictures.</param>
public sealed record CaptureRequest(string? Source = null, CameraView? View = null)
{
    /// <summary>In place of a source: the next in turn of the cameras, what the program was started with, and the test pattern.</summary>
    public const string Next = "\n";
}
