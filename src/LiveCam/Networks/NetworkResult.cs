using System.Diagnostics;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>Everything one run of a network on one picture gave.</summary>
/// <param name="top">How many classes the answer lists.</param>
public sealed class NetworkResult(int top)
{
    public Answer Answer { get; } = new(top);
    public LayerData Layer { get; } = new();
    public NetworkInfo? Network { get; private set; }
    public IReadOnlyList<double> StepMilliseconds { get; private set; } = [];

    /// <summary>Runs the network on a picture and keeps what it gave.</summary>
    /// <param name="arrived">When the picture arrived, in Stopwatch ticks.</param>
    public void Run(Classifier classifier, NetworkInfo network, Steadying steadying, Picture picture, long number, TimeSpan time, long arrived)
    {
        classifier.Run(picture);
        (Network, StepMilliseconds) = (network, classifier.Plan.StepMilliseconds);
        Answer.Count = classifier.Rank(Answer.Room);
        (Answer.Number, Answer.Time, Answer.InferMilliseconds) = (number, time, classifier.InferMilliseconds);
        if (classifier.Model.Classifies) classifier.Steady(steadying, Answer);
        if (classifier.Layer is not null) Layer.Copy(classifier);
        Answer.LatencyMilliseconds = Stopwatch.GetElapsedTime(arrived).TotalMilliseconds;
    }

    /// <summary>Makes it what the frame knows.</summary>
    public void Show(Frame frame)
    {
        (frame.Answer, frame.IsAnswered) = (Answer, true);
        (frame.Network, frame.StepMilliseconds) = (Network, StepMilliseconds);
        frame.Layer = Network!.Kept is null ? null : Layer;
    }
}
