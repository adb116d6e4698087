using LiveCam.Networks;
using LiveCam.Teaching;

namespace LiveCam.Plugins.Teach;

/// <summary>Has the samples learned from, and answers with what was taught in place of the network's own classes.</summary>
/// <param name="learner">Disposed of with the plugin.</param>
/// <param name="note">Told what the screen says about learning, for runs that nobody looks at.</param>
public sealed class TeachPlugin(Learner learner, Action<string>? note = null) : Plugin
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
    private Way? way;

    public override string Name => "teach";
    public override FrameParts Reads => FrameParts.Answer | FrameParts.Samples;
    public override FrameParts Writes => FrameParts.Answer | FrameParts.Lesson;

    public override void Update(Frame frame)
    {
        while (frame.Screen.LessonWishes.TryDequeue(out LessonWish wish))
            learner.Want(wish);
        if (frame.Network is { } seen) learner.Follow(network = seen, frame.Burst.IsOn);
        LessonState state = learner.State;
        frame.Lessons = state;
        Tell(frame, state);
        if (frame.Answer is not { } answer || network is null) return;
        Follow(frame, state.Live);
        // A lesson is of one network's features: another network's answers are its own until it has one too.
        if (lesson is null || !ReferenceEquals(lesson.Backbone.Graph, network.Model.Graph) || ReferenceEquals(answer, taught)) return;
        if (answer.Features.Length == lesson.Model.Head.Dimension) Judge(frame, answer);
    }

    private void Follow(Frame frame, Lesson? live)
    {
        if (ReferenceEquals(live, lesson) && ReferenceEquals(named, frame.Teaching)) return;
        if (!ReferenceEquals(live, lesson))
        {
            // Another set of classes is another row of probabilities; the same set goes on smoothly.
            if (live is null || lesson is null || !live.Classes.SequenceEqual(lesson.Classes)) verdicts.Reset();
            lesson = live;
            probabilities = new double[live?.Classes.Count ?? 0];
        }
        named = frame.Teaching;
        if (lesson is not null) names = [.. lesson.Classes.Select(id => named?.Classes.FirstOrDefault(one => one.Id == id)?.Name ?? $"class {id}")];
    }

    private void Judge(Frame frame, Answer answer)
    {
        (taught.Number, taught.Time, taught.LatencyMilliseconds, taught.InferMilliseconds) = (answer.Number, answer.Time, answer.LatencyMilliseconds, answer.InferMilliseconds);
        verdicts.Follow(lesson!.Model.Borders, lesson.Model.Judge(answer.Features, probabilities), probabilities, names, taught);
        frame.Answer = taught;
    }

    private void Tell(Frame frame, LessonState state)
    {
        if (state.HeldBack != heldBack && (heldBack = state.HeldBack) is not null) Say(frame, heldBack, complaint: true);
        if (state.Trouble != trouble && (trouble = state.Trouble) is not null) Say(frame, trouble, complaint: true);
        if (state.Way != way)
        {
            // The first is the one the project was left with.
            if (way is not null) Say(frame, $"learning by {state.Way.Name}");
            way = state.Way;
        }
        if (state.NextBackbone != backbone && (backbone = state.NextBackbone) is not null) frame.Screen.Wishes.Enqueue(new NetworkWish(Model: backbone.Path, Features: backbone.Layer));
        if (state.Told == told) return;
        told = state.Told;
        Say(frame, state.Notice);
    }

    private void Say(Frame frame, string sentence, bool complaint = false)
    {
        frame.Screen.Say(sentence, frame.Now, complaint);
        note?.Invoke(sentence);
    }

    public override void Unload() => learner.Dispose();
}
