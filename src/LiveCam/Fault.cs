using LiveCam.Engine;

namespace LiveCam;

/// <summary>Something that went wrong while the loop went on: who, and one sentence for the screen.</summary>
public sealed record Fault(string Name, string Sentence)
{
    /// <summary>What a person reads of an exception that a part of the program let out.</summary>
    internal static string SentenceOf(Exception error)
    {
        for (Exception? at = error; at is not null; at = at.InnerException)
            if (at is LiveCamException known)
                return known.Message;
        return $"{error.GetType().Name}: {Commands.Terminal.OneLine(error.Message)}";
    }
}
