using LiveCam.Engine;

namespace LiveCam.Teaching;

/// <summary>Every change a project makes to the disk goes through one of these six, so that tests can let each of them fail.</summary>
public class SampleFiles
{
    /// <summary>Writes a file, over what an earlier attempt may have left, and has the disk take it.</summary>
    protected virtual void Create(string path, ReadOnlySpan<byte> bytes)
    {
        // What lies there is ours from an earlier attempt; a link put there is not followed.
        File.Delete(path);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Cuts a file to a length, writes behind it and has the disk take it. A file that is shorter is not the one that was written.</summary>
    public virtual void Append(string path, long length, ReadOnlySpan<byte> bytes)
    {
        PlainFile.CheckTarget(path);
        using var file = new FileStream(path, length == 0 ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (file.Length < length) throw new ProjectGoneException();
        if (file.Length > length) file.SetLength(length);
        file.Position = length;
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Renames a file or folder; the new name must be free unless a file may be replaced.</summary>
    public virtual void Move(string from, string to, bool replace = false)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, replace);
    }

    /// <summary>Makes a folder where there is none; a link in its place is not followed.</summary>
    public virtual void MakeFolder(string path)
    {
        if (PlainFile.IsLink(path)) throw new IOException($"\"{path}\" is a link, and a project's links are not followed");
        Directory.CreateDirectory(path);
    }

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Writes a whole file under a temporary name and renames it, so that a reader, and a kill at any moment, sees all of it or nothing.</summary>
    public void WriteWhole(string path, ReadOnlySpan<byte> bytes, bool replace = false)
    {
        string partial = Path.Combine(Path.GetDirectoryName(path)!, $"{ProjectFolder.Partial}{Path.GetFileName(path)}");
        try
        {
            Create(partial, bytes);
            Move(partial, path, replace);
        }
        catch (Exception error) when (Trouble.IsOfFiles(error))
        {
            try { Delete(partial); }
            catch (Exception second) when (Trouble.IsOfFiles(second))
            {
                // The first failure is the one to tell; what is left is swept away when the project is next opened.
            }
            throw;
        }
    }
}
