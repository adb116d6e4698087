using System.Diagnostics;
using LiveCam.Engine;
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

    private LayerTimes? times;

    // Milliseconds of the stages of a picture's way through the network.
    private double upload, preprocess, infer, readBack;

    /// <summary>Runs the network on a picture and keeps what it gave.</summary>
    /// <param name="arrived">When the picture arrived, in Stopwatch ticks.</param>
    public void Run(Classifier classifier, NetworkInfo network, Steadying steadying, Picture picture, long number, TimeSpan time, long arrived)
    {
        classifier.Run(picture);
        long start = Stopwatch.GetTimestamp();
        if (classifier.Layer is not null) Layer.Copy(classifier);
        Time(0, classifier.PreprocessMilliseconds, classifier.InferMilliseconds - classifier.PreprocessMilliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        Fill(classifier, network, steadying, number, time, Stopwatch.GetElapsedTime(arrived).TotalMilliseconds, classifier.InferMilliseconds);
    }

    /// <summary>Ranks the scores a classifier has, takes its features, and says which picture they are of.</summary>
    public void Fill(Classifier classifier, NetworkInfo network, Steadying steadying, long number, TimeSpan time, double latency, double inferMilliseconds)
    {
        (Network, StepMilliseconds) = (network, classifier.Plan.StepMilliseconds);
        Answer.Trouble = Rank(classifier);
        Answer.Keep(classifier);
        (Answer.Number, Answer.Time, Answer.InferMilliseconds, Answer.LatencyMilliseconds) = (number, time, inferMilliseconds, latency);
        if (classifier.Model.Classifies && Answer.Trouble is null) classifier.Steady(steadying, Answer);
    }

    /// <summary>What keeps the scores from being ranked; null for nothing.</summary>
    private string? Rank(Classifier classifier)
    {
        try
        {
            Answer.Count = classifier.Rank(Answer.Room);
            return null;
        }
        catch (LiveCamException error)
        {
            Answer.Count = 0;
            return error.Message;
        }
    }

    /// <summary>Milliseconds of each stage; NaN leaves the one before.</summary>
    public void Time(double upload, double preprocess, double infer, double readBack)
    {
        if (!double.IsNaN(upload)) this.upload = upload;
        if (!double.IsNaN(preprocess)) this.preprocess = preprocess;
        if (!double.IsNaN(infer)) this.infer = infer;
        if (!double.IsNaN(readBack)) this.readBack = readBack;
    }

    /// <summary>Makes it what the frame knows.</summary>
    public void Show(Frame frame)
    {
        frame.Set(Answer);
        frame.Set(Network);
        frame.Set(Network!.Kept is null ? null : Layer);
        if (!ReferenceEquals(times?.Milliseconds, StepMilliseconds)) times = new LayerTimes(StepMilliseconds);
        frame.Set(times);
        frame.Get<StageTimes>()?.Network(upload, preprocess, infer, readBack);
    }
}
