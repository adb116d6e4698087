using LiveCam.Engine.Training.Heads;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Plugins.Seen;

/// <summary>Runs a command when a class has been the answer for a while, by the time of the pictures; again only after something else was.</summary>
/// <param name="label">The class, in any case of letters.</param>
/// <param name="command">For the shell; it is the person's own, and what was seen goes to it by variables alone.</param>
/// <param name="after">How long the class has to be the answer.</param>
internal sealed class SeenPlugin(string label, string command, TimeSpan after) : Plugin
{
    // One at a time: what is seen while a command runs does not start another.
    private readonly BackgroundWorker worker = new("seen");
    private readonly CancellationTokenSource end = new();
    private TimeSpan? since;
    private volatile bool isRunning;
    private bool isDone;

    public override string Name => $"on {label}";
    public override IReadOnlyList<Type> Reads => [typeof(Answer)];

    /// <summary>How long a command may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public override void Load() => worker.Start();

    public override void Update(Frame frame)
    {
        if (!frame.HasNew<Answer>()) return;
        Answer answer = frame.Get<Answer>()!;
        bool isSeen = answer.Certainty is not (Certainty.Unknown or Certainty.Unsure) && !answer.Top.IsEmpty && answer.Top[0].Label.Equals(label, StringComparison.OrdinalIgnoreCase);
        if (!isSeen)
        {
            (since, isDone) = (null, false);
            return;
        }
        since ??= answer.Time;
        if (isDone || isRunning || answer.Time - since < after) return;
        (isDone, isRunning) = (true, true);
        (string Label, float Probability) seen = (answer.Top[0].Label, answer.Top[0].Probability);
        CancellationToken stop = end.Token;
        worker.Post(() =>
        {
            if (ShellCommand.Run(command, [("LIVECAM_LABEL", seen.Label), ("LIVECAM_PROBABILITY", FormattableString.Invariant($"{seen.Probability:F4}"))], Patience, stop) is { } trouble)
                Say($"The command for \"{label}\" {trouble}.", Severity.Note);
            isRunning = false;
        });
    }

    /// <summary>A command that was begun may end, within its time; a person who does not want to wait presses Ctrl-C again.</summary>
    public override void Unload()
    {
        worker.Finish();
        if (!worker.Join(Patience)) end.Cancel();
        worker.Dispose();
        end.Dispose();
    }
}
