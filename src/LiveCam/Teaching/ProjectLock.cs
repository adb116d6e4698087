using LiveCam.Engine;

namespace LiveCam.Teaching;

/// <summary>Keeps a second LiveCam off a project. The operating system holds it (flock, share modes) and drops it with its owner, however that ends.</summary>
public sealed class ProjectLock : IDisposable
{
    private readonly FileStream file;

    /// <exception cref="LiveCamException">Somebody else has the project open, or its folder cannot be written.</exception>
    public ProjectLock(ProjectFolder project)
    {
        try
        {
            PlainFile.CheckTarget(project.Lock);
            file = new FileStream(project.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (error.GetType() == typeof(IOException) && IsTaken(error))
        {
            throw new LiveCamException($"Opening the project \"{project.Root}\": another LiveCam has it open; close that one, or choose another folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Trouble.Opening(project, error);
        }
    }

    public void Dispose() => file.Dispose();

    // EWOULDBLOCK from flock (11 on Linux, 35 on BSD); a sharing violation on Windows.
    private static bool IsTaken(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
