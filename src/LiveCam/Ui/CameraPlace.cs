namespace LiveCam.Ui;

/// <summary>Where the camera's picture stands, for what is drawn over it; the same object in every tick.</summary>
public sealed class CameraPlace
{
    public Rect Pane { get; set; }
}
