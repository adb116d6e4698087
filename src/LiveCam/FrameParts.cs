namespace LiveCam;

/// <summary>The parts of a <see cref="Frame"/> that plugins hand to each other; what they read and write of them settles their order.</summary>
[Flags]
public enum FrameParts
{
    None = 0,

    /// <summary>Keys, mouse and window events. The host writes them before the first plugin runs.</summary>
    Events = 1,

    /// <summary>The picture, its number, times and counts.</summary>
    Picture = 2,

    /// <summary>The network's answer.</summary>
    Answer = 4,

    /// <summary>The chosen layer's tiles.</summary>
    Features = 8,

    /// <summary>The draw list of the composed picture.</summary>
    Canvas = 16,

    /// <summary>A teaching project's classes, samples, and what is being recorded.</summary>
    Samples = 32,

    /// <summary>What was learned from them.</summary>
    Lesson = 64,
}
