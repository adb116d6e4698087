using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Plugins.Shaders;

/// <summary>
/// Work on shaders while they run: a thread looks for changed files, and the next tick compiles what is in use again. One that does not compile
/// leaves the last good ones running and is a fault with file and line until it is mended. Compiling takes place in the tick, so the picture halts.
/// </summary>
/// <param name="device">Made with a library of this folder.</param>
/// <param name="folder">Of .comp and .glsl files.</param>
/// <param name="isWatched">Whether a thread looks for changes.</param>
public sealed class ShaderReloadPlugin(GlDevice device, string folder, bool isWatched = true) : Plugin
{
    /// <summary>What the fault is called.</summary>
    public const string FaultName = "shaders";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(3);

    private readonly FolderWatch watch = new(() => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".comp" or ".glsl"));
    private BackgroundWorker? watcher;
    private volatile bool hasChanged;
    private bool isWrong;

    public override string Name => "shader reload";
    public override IReadOnlyList<Type> Writes => [];

    public override void Load()
    {
        watch.Look(atOnce: true);
        if (!isWatched) return;
        watcher = new BackgroundWorker("shader folder") { Idle = (Pause, Look) };
        watcher.Start();
    }

    /// <summary>Looks once. The thread's work; tests call it themselves.</summary>
    internal void Look()
    {
        (List<string> changed, List<string> gone) = watch.Look();
        hasChanged |= changed.Count + gone.Count > 0;
    }

    public override void Update(Frame frame)
    {
        if (!hasChanged) return;
        hasChanged = false;
        Send(new Mended(FaultName));
        bool wasWrong = isWrong;
        isWrong = false;
        try
        {
            int count = device.ReloadShaders();
            Say(count > 0 ? $"{count} program{(count == 1 ? " was" : "s were")} compiled anew."
                : wasWrong ? "the shaders are as they were before the mistake, and the programs in use are those." : "no program in use reads what changed.", Severity.Note);
        }
        catch (Exception error) when (error is LiveCamException or IOException or UnauthorizedAccessException)
        {
            isWrong = true;
            Send(new Say(Sentences.Of(error), Severity.Error, FaultName));
        }
    }

    public override void Unload()
    {
        watcher?.Finish();
        watcher?.Join(Patience);
    }
}
