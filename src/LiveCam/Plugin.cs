namespace LiveCam;

/// <summary>A stage of the loop. It never calls another plugin: what they share is the <see cref="Frame"/>.</summary>
public abstract class Plugin
{
    /// <summary>What the stage bar calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Takes what the stage needs before the first tick.</summary>
    public virtual void Load() { }

    /// <summary>Does the stage's part of one tick.</summary>
    public virtual void Update(Frame frame) { }

    /// <summary>Adds to the picture of one tick; called after all updates, and only when somebody looks.</summary>
    public virtual void Draw(Frame frame) { }

    /// <summary>Gives back what <see cref="Load"/> and the constructor took; also called when a tick failed.</summary>
    public virtual void Unload() { }
}
