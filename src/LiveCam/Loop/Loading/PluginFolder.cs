using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Loop.Loading;

/// <summary>A library that came or changed (with its plugins, made and not yet loaded), that went (null), or that cannot be used (why).</summary>
public sealed record LibraryChange(string File, PluginLibrary? Library, string? Fault);

/// <summary>
/// The folder that class libraries are dropped into: NAME.dll directly in it, or NAME/NAME.dll with what it needs beside it. A thread looks for
/// changes and loads what is new, so that the loop only exchanges plugins that are ready.
/// </summary>
public sealed class PluginFolder : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300), Patience = TimeSpan.FromSeconds(3);

    private readonly string folder;
    private readonly FolderWatch watch;
    private readonly ConcurrentQueue<LibraryChange> changes = new();
    private readonly BackgroundWorker? watcher;

    /// <param name="folder">Need not exist yet.</param>
    /// <param name="isWatched">Whether a thread looks for changes.</param>
    public PluginFolder(string folder, bool isWatched = true)
    {
        this.folder = folder;
        watch = new FolderWatch(Libraries);
        if (isWatched) watcher = new BackgroundWorker("plugin folder") { Idle = (Pause, () => Look(atOnce: false)) };
    }

    /// <summary>The one that the environment names, as ./livecam does, else the one beside the program.</summary>
    public static string Usual => Environment.GetEnvironmentVariable("LIVECAM_PLUGINS") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Loads what is there now, and starts the thread that looks for changes.</summary>
    public void Start()
    {
        Look(atOnce: true);
        watcher?.Start();
    }

    /// <summary>Looks once and loads what changed. The thread's work; tests call it themselves.</summary>
    internal void Look(bool atOnce)
    {
        (List<string> changed, List<string> gone) = watch.Look(atOnce);
        foreach (string file in gone) changes.Enqueue(new(file, null, null));
        foreach (string file in changed) changes.Enqueue(Load(file));
    }

    /// <summary>The next change, oldest first. Never waits.</summary>
    public bool TryTake([NotNullWhen(true)] out LibraryChange? change) => changes.TryDequeue(out change);

    /// <summary>Ends the thread. Plugins that were taken stay.</summary>
    public void Dispose()
    {
        watcher?.Finish();
        watcher?.Join(Patience);
        while (TryTake(out LibraryChange? change)) change.Library?.Dispose();
    }

    private LibraryChange Load(string file)
    {
        try
        {
            return new(file, PluginLibrary.Load(file), null);
        }
        catch (LiveCamException error)
        {
            return new(file, null, error.Message);
        }
    }

    private IEnumerable<string> Libraries()
    {
        if (!Directory.Exists(folder)) return [];
        IEnumerable<string> nested = Directory.EnumerateDirectories(folder).Select(sub => Path.Combine(sub, Path.GetFileName(sub) + ".dll"));
        return Directory.EnumerateFiles(folder, "*.dll").Concat(nested.Where(File.Exists));
    }
}
