namespace LiveCam.Teaching;

/// <summary>The message that asks for something of learning.</summary>
public enum LessonCommand
{
    /// <summary>Learn in the next way.</summary>
    NextWay,
    /// <summary>Go back to the lesson before.</summary>
    RollBack,
    /// <summary>Let the lesson answer that was held back.</summary>
    Accept,
    /// <summary>Write backbone and head as one ONNX file into the project.</summary>
    Save,
    /// <summary>Train the last part of the backbone on the samples.</summary>
    Tune,
    /// <summary>Train the whole backbone on the samples.</summary>
    TuneAll,
}

/// <summary>A backbone by its file.</summary>
/// <param name="Layer">Of its features; null for the one LiveCam finds.</param>
public sealed record BackboneWish(string Path, string? Layer);

/// <summary>How learning stands. A new one replaces it with every change.</summary>
/// <param name="Live">The lesson that answers; null before the first.</param>
/// <param name="Way">How the next one is learned.</param>
public sealed record LessonState(Lesson? Live, HeadKind Way)
{
    /// <summary>Held-out accuracy of the lessons that went live in this run, oldest first.</summary>
    public float[] History { get; init; } = [];

    /// <summary>Why a new lesson does not answer: one sentence; null where none is held back.</summary>
    public string? HeldBack { get; init; }

    /// <summary>What went wrong: one sentence; null while all is well.</summary>
    public string? Trouble { get; init; }

    /// <summary>The last thing worth telling: went back, was saved. <see cref="Told"/> counts them.</summary>
    public string Notice { get; init; } = "";
    public int Told { get; init; }

    /// <summary>What goes on that takes long, fine-tuning or computing features: a few words; null for nothing.</summary>
    public string? Progress { get; init; }

    /// <summary>The training that goes on now or, where none does, the last one: of a head, or fine-tuning; null before the first.</summary>
    public TrainingCurve? Curve { get; init; }

    /// <summary>A backbone that is to be taken: a fine-tuned one, or that of the lesson to go back to; null where there is none.</summary>
    public BackboneWish? NextBackbone { get; init; }

    /// <summary>Whether there is a lesson to go back to.</summary>
    public bool CanRollBack { get; init; }

    /// <summary>Whether it learns at the moment.</summary>
    public bool IsLearning { get; init; }
}
