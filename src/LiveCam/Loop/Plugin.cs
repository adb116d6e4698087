using System.Collections.Concurrent;

namespace LiveCam.Loop;

/// <summary>A stage of the loop. It owns its data, its keys, its settings and what it draws, and never calls another plugin: they share the
/// <see cref="Frame"/> and send each other messages.</summary>
public abstract class Plugin
{
    private readonly ConcurrentQueue<object> sent = new();

    /// <summary>What the stage bar, the plugin list, settings and errors call it.</summary>
    public abstract string Name { get; }

    /// <summary>Types of what it needs: it runs after the plugins that write them, and there have to be some. Beside slots of the frame these are
    /// its own parts: Picture, WindowEvent (the host writes it before the first plugin runs) and Canvas.</summary>
    public virtual IReadOnlyList<Type> Reads => [];

    /// <summary>Types of what it takes where somebody writes it: it runs after them, and without them too.</summary>
    public virtual IReadOnlyList<Type> MayRead => [];

    /// <summary>Types of what it leaves in the frame; they are taken away when it fails or is switched off. One that also reads the type changes
    /// it: it runs between who makes and who only reads it.</summary>
    public virtual IReadOnlyList<Type> Writes => [];

    /// <summary>The messages it takes, and what it does with them.</summary>
    public virtual IReadOnlyList<Handler> Handles => [];

    /// <summary>The keys it brings; asked for once.</summary>
    public virtual IEnumerable<KeyCommand> Keys => [];

    /// <summary>What a person can set; asked for once. Values that were set before are there when <see cref="Load"/> is called.</summary>
    public virtual IEnumerable<Setting> Settings => [];

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

    /// <summary>Sends a message to whoever handles its type. They take it before their next <see cref="Update"/>, or in the same tick after all
    /// updates where theirs is over. From any thread.</summary>
    protected void Send(object message) => sent.Enqueue(message);

    /// <summary>Tells the person something in one sentence. From any thread, also while unloading.</summary>
    protected void Say(string sentence, Severity severity = Severity.Hint) => sent.Enqueue(new Say(sentence, severity));

    internal bool TryTakeSent(out object? message) => sent.TryDequeue(out message);
}
