using LiveCam.Networks;
using LiveCam.Teaching;

namespace LiveCam.Plugins.Teach;

/// <summary>Has the samples learned from, and answers with what was taught in place of the network's own classes.</summary>
/// <param name="learner">Disposed of with the plugin.</param>
/// <param name="isWatched">Whether somebody looks at the screen; else the terminal is told what it would say.</param>
public sealed class TeachPlugin(Learner learner, bool isWatched = true) : Plugin
{
    private const int MostListed = 10;

    private readonly Answer taught = new(MostListed);
    private readonly TaughtVerdicts verdicts = new();
    private double[] probabilities = [];
    private Lesson? lesson;
    private NetworkInfo? network;
    private string[] names = [];
    private TeachingState? named;
    private int told;
    private string? heldBack, trouble;
    private BackboneWish? backbone;
    private HeadKind? way;

    public override string Name => "teach";
    public override IReadOnlyList<Type> Reads => [typeof(Answer), typeof(NetworkInfo), typeof(TeachingState), typeof(BurstState)];
    public override IReadOnlyList<Type> Writes => [typeof(Answer), typeof(LessonState)];
    public override IReadOnlyList<Handler> Handles => [Handler.Of<LessonCommand>((_, command) => learner.Want(command))];

    public override void Update(Frame frame)
    {
        if (frame.Get<NetworkInfo>() is { } seen) learner.Follow(network = seen, frame.Get<BurstState>() is { IsOn: true });
        LessonState state = learner.State;
        frame.Set(state);
        Tell(state);
        if (frame.Get<Answer>() is not { } answer || network is null) return;
        Follow(frame, state.Live);
        // A lesson is of one network's features: another network's answers are its own until it has one too.
        if (lesson is null || !ReferenceEquals(lesson.Backbone.Graph, network.Model.Graph) || ReferenceEquals(answer, taught)) return;
        if (answer.Features.Length == lesson.Model.Head.Dimension) Judge(frame, answer);
    }

    private void Follow(Frame frame, Lesson? live)
    {
        if (ReferenceEquals(live, lesson) && ReferenceEquals(named, frame.Get<TeachingState>())) return;
        if (!ReferenceEquals(live, lesson))
        {
            // Another set of classes is another row of probabilities; the same set goes on smoothly.
            if (live is null || lesson is null || !live.Classes.SequenceEqual(lesson.Classes)) verdicts.Reset();
            lesson = live;
            probabilities = new double[live?.Classes.Count ?? 0];
        }
        named = frame.Get<TeachingState>();
        if (lesson is not null) names = [.. lesson.Classes.Select(id => named?.Classes.FirstOrDefault(one => one.Id == id)?.Name ?? $"class {id}")];
    }

    private void Judge(Frame frame, Answer answer)
    {
        (taught.Number, taught.Time, taught.LatencyMilliseconds, taught.InferMilliseconds) = (answer.Number, answer.Time, answer.LatencyMilliseconds, answer.InferMilliseconds);
        verdicts.Follow(lesson!.Model.Thresholds, lesson.Model.Judge(answer.Features, probabilities), probabilities, names, taught);
        frame.Replace(taught);
    }

    private void Tell(LessonState state)
    {
        if (state.HeldBack != heldBack && (heldBack = state.HeldBack) is not null) Tell(heldBack, Severity.Warning);
        if (state.Trouble != trouble && (trouble = state.Trouble) is not null) Tell(trouble, Severity.Warning);
        if (state.Way != way)
        {
            // The first is the one the project was left with.
            if (way is not null) Tell($"learning by {state.Way.Name}");
            way = state.Way;
        }
        if (state.NextBackbone != backbone && (backbone = state.NextBackbone) is not null) Send(new ChangeNetwork(Model: backbone.Path, Features: backbone.Layer));
        if (state.Told == told) return;
        told = state.Told;
        Tell(state.Notice);
    }

    private void Tell(string sentence, Severity severity = Severity.Hint) => Say(sentence, isWatched || severity != Severity.Hint ? severity : Severity.Note);

    public override void Unload() => learner.Dispose();
}
