using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>Picture files as the program reads them: the engine has no codec of its own.</summary>
public interface IPictureFiles
{
    /// <summary>Whether a name is that of a picture file, by its extension.</summary>
    bool IsPicture(string path);

    /// <summary>Decodes a file; called from several threads at once.</summary>
    /// <exception cref="LiveCamException">The file is missing, damaged or no picture.</exception>
    Picture Read(string path);
}
