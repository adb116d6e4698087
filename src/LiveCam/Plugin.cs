namespace LiveCam;

/// <summary>A stage of the loop. It never calls another plugin: what they share is the <see cref="Frame"/>.</summary>
public abstract class Plugin
{
    /// <summary>What the stage bar, the plugin list and errors call it.</summary>
    public abstract string Name { get; }

    /// <summary>What it needs of the frame: it runs after the plugins that write this, and there has to be one.</summary>
    public virtual FrameParts Reads => FrameParts.None;

    /// <summary>What it takes where somebody writes it: it runs after them, and without them too.</summary>
    public virtual FrameParts MayRead => FrameParts.None;

    /// <summary>What it leaves in the frame. One that also reads the part changes it: it runs between who makes and who only reads it.</summary>
    public virtual FrameParts Writes => FrameParts.None;

    /// <summary>Takes what the stage needs before the first tick.</summary>
    public virtual void Load() { }

    /// <summary>Does the stage's part of one tick.</summary>
    public virtual void Update(Frame frame) { }

    /// <summary>Moves by <paramref name="time"/>, always the same: what eases or counts does so at one speed however fast the loop runs.
    /// Called after all updates, as often as the clock has advanced.</summary>
    public virtual void Step(Frame frame, TimeSpan time) { }

    /// <summary>Adds to the picture of one tick; called after all updates and steps, and only when somebody looks.</summary>
    public virtual void Draw(Frame frame) { }

    /// <summary>Gives back what <see cref="Load"/> and the constructor took; called once, also when <see cref="Load"/> or a tick failed.</summary>
    public virtual void Unload() { }
}
