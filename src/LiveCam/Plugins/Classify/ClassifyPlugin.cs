using System.Diagnostics;

namespace LiveCam.Plugins.Classify;

/// <summary>Picture to <see cref="Frame.Answer"/>: every new picture is classified before the tick goes on.</summary>
/// <param name="classifier">The plugin disposes of it.</param>
/// <param name="top">How many classes an answer lists.</param>
public sealed class ClassifyPlugin(Classifier classifier, int top = 5) : Plugin
{
    private readonly Answer answer = new(top);

    public override string Name => "network";
    public override FrameParts Reads => FrameParts.Picture;
    public override FrameParts Writes => FrameParts.Answer;

    public override void Update(Frame frame)
    {
        if (!frame.IsNew) return;
        classifier.Run(frame.Picture!);
        answer.Count = classifier.Rank(answer.Room);
        (answer.Number, answer.Time) = (frame.Number, frame.Time);
        answer.InferMilliseconds = classifier.InferMilliseconds;
        answer.LatencyMilliseconds = Stopwatch.GetElapsedTime(frame.Arrived).TotalMilliseconds;
        (frame.Answer, frame.IsAnswered) = (answer, true);
    }

    public override void Unload() => classifier.Dispose();
}
