using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>The program's picture files as the engine's data sets want them.</summary>
public sealed class PictureFiles : IPictureFiles
{
    public static PictureFiles Instance { get; } = new();

    public bool IsPicture(string path) => ImageFile.IsPicture(path);

    public Picture Read(string path) => ImageFile.Load(path);
}
