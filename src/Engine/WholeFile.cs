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
            PlainFile.CheckTarget(path);
            SweepPartials(path);
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

    /// <summary>Deletes what processes that were killed left of this file.</summary>
    public static void SweepPartials(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, stem = $".{Path.GetFileNameWithoutExtension(path)}.", ending = Path.GetExtension(path);
        if (!Directory.Exists(folder)) return;
        foreach (string file in Directory.EnumerateFiles(folder, $"{stem}*{ending}"))
        {
            string[] numbers = Path.GetFileName(file)[stem.Length..^ending.Length].Split('.');
            if (numbers.Length == 2 && numbers.All(one => one.Length > 0 && one.All(char.IsAsciiDigit)) && int.TryParse(numbers[0], out int process) && !IsRunning(process)) TryDelete(file);
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

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
