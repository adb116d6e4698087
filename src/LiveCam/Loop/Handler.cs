namespace LiveCam.Loop;

/// <summary>That a plugin takes messages of one type, and what it does with each.</summary>
public abstract class Handler
{
    private Handler(Type message) => Message = message;

    /// <summary>The type of message.</summary>
    public Type Message { get; }

    public static Handler Of<T>(Action<Frame, T> take) where T : notnull => new Typed<T>(take);

    internal abstract void Take(Frame frame, object message);

    private sealed class Typed<T>(Action<Frame, T> take) : Handler(typeof(T)) where T : notnull
    {
        internal override void Take(Frame frame, object message) => take(frame, (T)message);
    }
}
