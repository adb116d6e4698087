using LiveCam.Engine;
using LiveCam.Text;

namespace LiveCam.Loop;

/// <summary>Something that went wrong while the loop went on: who, and one sentence for the screen.</summary>
/// <param name="Stack">Where it was thrown, for the terminal; empty where the sentence says all.</param>
public sealed record Fault(string Name, string Sentence, string Stack = "")
{
    internal static Fault Of(string name, Exception error) => new(name, Sentences.Of(error), error is LiveCamException ? "" : error.ToString());
}
