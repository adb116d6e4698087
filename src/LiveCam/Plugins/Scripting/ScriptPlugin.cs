using LiveCam.Platform;
using LiveCam.Input;

namespace LiveCam.Plugins.Scripting;

/// <summary>Events of a script join the frame in the first tick whose time they have reached.</summary>
/// <param name="lines">In the order of their times.</param>
internal sealed class ScriptPlugin(IReadOnlyList<ScriptLine> lines) : Plugin
{
    private int next;

    public override string Name => "script";
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent)];
    public override IReadOnlyList<Type> Writes => [typeof(WindowEvent)];

    public override void Update(Frame frame)
    {
        for (; next < lines.Count && lines[next].At <= frame.Now; next++) frame.Events.Add(lines[next].Event);
    }
}
