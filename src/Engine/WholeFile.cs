namespace LiveCam.Engine;

/// <summary>Files that are there whole or not at all, whenever the program or the machine ends.</summary>
public static class WholeFile
{
    /// <summary>Writes a file under a hidden name beside it, flushes it to the disk and renames it over what was there.</summary>
    /// <param name="doing">How the sentence about a failure begins: "Writing the model".</param>
    /// <param name="write">Its exceptions pass on; nothing of the file stays then.</param>
    /// <exception cref="LiveCamException">The place cannot be written.</exception>
    public static void Write(string path, string doing, Action<FileStream> write)
    {
        string partial = PartialOf(path);
        bool isDone = false;
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
            isDone = true;
        }
        catch (DirectoryNotFoundException error)
        {
            throw new LiveCamException($"{doing} \"{path}\": there is no folder \"{Path.GetDirectoryName(Path.GetFullPath(path))}\"; make it first.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The name people know, not the hidden one.
            throw new LiveCamException($"{doing} \"{path}\": {error.Message.Replace(partial, path, StringComparison.Ordinal).TrimEnd('.')}.", error);
        }
        finally
        {
            if (!isDone) TryDelete(partial);
        }
    }

    /// <summary>A hidden name beside a file with the same ending: no list of files shows it, and no other thread writes it.</summary>
    public static string PartialOf(string path) => Path.Combine(Path.GetDirectoryName(path) ?? "",
        $".{Path.GetFileNameWithoutExtension(path)}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}{Path.GetExtension(path)}");

    /// <summary>Deletes a file, where the disk that refused it lets it.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is the error to tell.
        }
    }
}
