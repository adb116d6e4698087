using LiveCam.Engine;

namespace LiveCam.Teaching;

/// <summary>What went wrong with a project's files, in a person's words.</summary>
internal static class Trouble
{
    // errno of Linux, and Windows' HRESULTs.
    private const int NoSpace = 28, Quota = 122, ReadOnly = 30, DiskFull = unchecked((int)0x80070070), HandleDiskFull = unchecked((int)0x80070027);

    public static string Sentence(string doing, ProjectFolder project, Exception error) => error switch
    {
        LiveCamException => error.Message,
        ProjectGoneException => $"{doing}: the project folder \"{project.Root}\" is gone or another; put it back, or open another project.",
        DirectoryNotFoundException or FileNotFoundException => $"{doing}: a folder of the project \"{project.Root}\" is gone; put it back, or try again.",
        IOException { HResult: NoSpace or Quota or DiskFull or HandleDiskFull } => $"{doing}: the disk that holds \"{project.Root}\" is full; free some space and go on.",
        UnauthorizedAccessException or IOException { HResult: ReadOnly } => $"{doing}: \"{project.Root}\" may not be written; change its permissions, or choose another folder.",
        _ => $"{doing}: {error.Message.Split('\n')[0].TrimEnd('.')}.",
    };

    public static LiveCamException Opening(ProjectFolder project, Exception error) => new(Sentence($"Opening the project \"{project.Root}\"", project, error), error);

    public static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException or LiveCamException;
}

/// <summary>The project's folder is not where it was, or not the one that was opened.</summary>
internal sealed class ProjectGoneException() : IOException("The project is gone.");
