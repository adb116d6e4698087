using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Platform;

namespace LiveCam.Plugins.Shaders;

/// <summary>
/// Work on shaders while they run: a thread looks for changed files, and the next tick compiles what is in use again. One that does not compile
/// leaves the last good ones running and is a fault with file and line until it is mended. Compiling takes place in the tick, so the picture halts.
/// </summary>
/// <param name="device">Made with a library of this folder.</param>
/// <param name="folder">Of .comp and .glsl files.</param>
/// <param name="note">Told what became of a change.</param>
/// <param name="isWatched">Whether a thread looks for changes.</param>
public sealed class ShaderReloadPlugin(GlDevice device, string folder, Action<string> note, bool isWatched = true) : Plugin
{
    /// <summary>What the fault is called.</summary>
    public const string FaultName = "shaders";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(3);

    private readonly FolderWatch watch = new(() => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".comp" or ".glsl"));
    private readonly ManualResetEventSlim ending = new();
    private Thread? thread;
    private volatile bool hasChanged;

    public override string Name => "shader reload";
    public override FrameParts Writes => FrameParts.None;

    public override void Load()
    {
        watch.Look(atOnce: true);
        if (!isWatched) return;
        thread = new Thread(() => { while (!ending.Wait(Pause)) Look(); }) { IsBackground = true, Name = "shader folder" };
        thread.Start();
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
        bool wasWrong = frame.Faults.RemoveAll(fault => fault.Name == FaultName) > 0;
        try
        {
            int count = device.ReloadShaders();
            note(count > 0 ? $"{count} program{(count == 1 ? " was" : "s were")} compiled anew."
                : wasWrong ? "the shaders are as they were before the mistake, and the programs in use are those." : "no program in use reads what changed.");
        }
        catch (Exception error) when (error is LiveCamException or IOException or UnauthorizedAccessException)
        {
            var fault = new Fault(FaultName, Fault.SentenceOf(error));
            frame.Faults.Add(fault);
            note(fault.Sentence);
        }
    }

    public override void Unload()
    {
        ending.Set();
        if (thread is null || thread.Join(Patience)) ending.Dispose();
    }
}
