using LiveCam.Platform;

namespace LiveCam.Loop;

/// <summary>The message that asks for another source of pictures or another view of it; null leaves a thing as it is.</summary>
/// <param name="Source">In any of the forms of <see cref="CameraSource.Open"/>, or <see cref="Next"/>. One that fails leaves the old one running.</param>
/// <param name="View">Another view of the camera's pictures.</param>
public sealed record ChangeCamera(string? Source = null, CameraView? View = null)
{
    /// <summary>In place of a source: the next in turn of the cameras, what the program was started with, and the test pattern.</summary>
    public const string Next = "\n";
}
