using LiveCam.Text;

namespace LiveCam.Loop;

/// <summary>Something that went wrong while the loop went on: who, and one sentence for the screen.</summary>
public sealed record Fault(string Name, string Sentence)
{
    internal static Fault Of(string name, Exception error) => new(name, Sentences.Of(error));
}
