using LiveCam.Engine.Training.Heads;
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
    private readonly SteadyVerdict steady = new();
    private readonly int[] order = new int[MostListed];
    private double[] probabilities = [];
    private Lesson? lesson;
    private NetworkInfo? network;
    private string[] names = [];
    private TeachingState? named;
    private int told;
    private string? heldBack, trouble, backbone;
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
            if (live is null || lesson is null || !live.Classes.SequenceEqual(lesson.Classes)) steady.Reset();
            lesson = live;
            probabilities = new double[live?.Classes.Count ?? 0];
        }
        named = frame.Teaching;
        if (lesson is not null) names = [.. lesson.Classes.Select(id => named?.Classes.FirstOrDefault(one => one.Id == id)?.Name ?? $"class {id}")];
    }

    private void Judge(Frame frame, Answer answer)
    {
        Verdict verdict = lesson!.Model.Judge(answer.Features, probabilities);
        Verdict settled = steady.Follow(lesson.Model, verdict, probabilities, answer.Time);
        ReadOnlySpan<double> smooth = steady.Probabilities;
        (taught.Number, taught.Time, taught.LatencyMilliseconds, taught.InferMilliseconds) = (answer.Number, answer.Time, answer.LatencyMilliseconds, answer.InferMilliseconds);
        taught.Count = Best(probabilities, -1);
        for (int i = 0; i < taught.Count; i++) taught.Room[i] = new(order[i], names[order[i]], (float)probabilities[order[i]]);
        Best(smooth, settled.Class);
        for (int i = 0; i < taught.Count; i++) taught.Steady[i] = new(order[i], names[order[i]], (float)probabilities[order[i]], (float)smooth[order[i]]);
        taught.Certainty = settled.Certainty;
        taught.IsSure = settled.Certainty == Certainty.Sure;
        frame.Answer = taught;
    }

    /// <summary>Fills the order with the most probable classes, best first.</summary>
    /// <param name="first">One that stands first whatever its probability, or -1.</param>
    private int Best(ReadOnlySpan<double> values, int first)
    {
        int filled = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (filled == MostListed && !Before(values, i, order[^1], first)) continue;
            int at = filled < MostListed ? filled++ : MostListed - 1;
            for (; at > 0 && Before(values, i, order[at - 1], first); at--) order[at] = order[at - 1];
            order[at] = i;
        }
        return filled;
    }

    private static bool Before(ReadOnlySpan<double> values, int a, int b, int first) => a == first || b != first && values[a] > values[b];

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
        if (state.NextBackbone != backbone && (backbone = state.NextBackbone) is not null) frame.Screen.Wishes.Enqueue(new NetworkWish(Model: backbone));
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
