using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Tests.Viewing;

/// <summary>Objects that a context and those it shares with hold, counted by asking for every name up to the largest one a driver gives out here.</summary>
internal sealed unsafe class GlObjects
{
    // Drivers give names out from 1 on and use them again, so a leak shows below this.
    private const uint MostNames = 8192;

    private static readonly string[] Kinds = ["Texture", "Buffer", "Program", "Shader", "Framebuffer", "VertexArray", "Query"];

    private readonly nint[] questions;

    public GlObjects(GlContext context) => questions = [.. Kinds.Select(kind => context.GetProcAddress($"glIs{kind}"))];

    /// <summary>How many there are of each kind; the context is current.</summary>
    public IReadOnlyDictionary<string, int> Count()
    {
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < Kinds.Length; i++)
        {
            var isOne = (delegate* unmanaged<uint, byte>)questions[i];
            int count = 0;
            for (uint name = 1; name <= MostNames; name++)
                if (isOne(name) != 0) count++;
            counts[Kinds[i]] = count;
        }
        return counts;
    }
}
