namespace LiveCam.Engine;

/// <summary>
/// The one exception a user is meant to read. Its message is a single sentence: what was being done, where, the two
/// facts that disagree, and the way out. Programs print it and exit with 1; they never print a stack trace.
/// </summary>
public class LiveCamException : Exception
{
    public LiveCamException(string message) : base(message) { }
    public LiveCamException(string message, Exception inner) : base(message, inner) { }
}
