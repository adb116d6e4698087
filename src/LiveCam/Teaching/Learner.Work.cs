using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Networks;

namespace LiveCam.Teaching;

// What happens on the learner's thread.
public sealed partial class Learner
{
    private Device? processor;
    private Backbone? backbone;
    private FeatureCache? cache;
    // What is held back, and what answered before the samples that come now: small changes one after the other are judged together.
    private Lesson? held, settled;
    private string considered = "", saved = "";
    private string? trouble;
    private bool isChosen = chosen is not null;
    private long seen = -1;
    // The lesson on another backbone that is gone back to; 0 for none.
    private int written, returning;

    /// <summary>Learns from the newest samples, where they are others than last time, and does what was wished for.</summary>
    private void Study(NetworkInfo network)
    {
        Device device = network.OpenGl ?? (processor ??= open());
        if (backbone is null || !ReferenceEquals(backbone.Model.Graph, network.Model.Graph) || backbone.Layer != network.Features) Open(network, device);
        else if (backbone.Device != device) Move(device);
        bool isForced = isChosen && state.Way != chosen;
        if (isForced) state = state with { Way = chosen! };
        isChosen = false;
        while (NextWish() is { } wish)
        {
            switch (wish)
            {
                case LessonCommand.NextWay:
                    state = state with { Way = state.Way.Next };
                    isForced = true;
                    break;
                case LessonCommand.RollBack: RollBack(); break;
                case LessonCommand.Accept when held is { } lesson:
                    settled = lesson;
                    GoLive(lesson);
                    break;
                case LessonCommand.Save: SaveModel(); break;
                case LessonCommand.Tune or LessonCommand.TuneAll: Tune(network.Model, device, isWhole: wish == LessonCommand.TuneAll); break;
            }
        }
        FollowTuning();
        TeachingState now = store.State;
        if (now.Version == seen && !isForced) return;
        state = state with { IsLearning = true };
        SampleRows rows = Rows(store.Samples(), out int[] classes);
        seen = now.Version;
        Dictionary<int, int> samples = [];
        for (int row = 0; row < rows.Count; row++) samples[rows.Sample(row).Id] = rows.Sample(row).Class;
        string key = Lesson.KeyOf(state.Way, samples);
        if (rows.Count == 0)
        {
            (considered, held, settled) = (key, null, null);
            state = state with { Live = null, HeldBack = null };
        }
        else if (key != considered || isForced)
        {
            considered = key;
            Lesson next = Learn(NextNumber(), state.Way, rows, classes);
            string? objection = isForced || settled is null ? null : Guard.Objection(settled, next, rows, id => now.Classes.FirstOrDefault(one => one.Id == id)?.Name ?? "");
            if (objection is null) GoLive(next);
            else
            {
                held = next;
                state = state with { Live = settled, HeldBack = $"The new lesson is held back: {objection}. Lesson {settled!.Number} goes on answering (A takes the new one)." };
            }
        }
        state = state with { IsLearning = false };
    }

    /// <summary>Learns, and shows every tenth step meanwhile.</summary>
    private Lesson Learn(int number, HeadKind way, SampleRows rows, IReadOnlyList<int> classes)
    {
        Lesson lesson = Lesson.Learn(number, way, backbone!, rows, classes, steps =>
        {
            if (steps.Count % 10 == 0) state = state with { Curve = TrainingCurve.Of(steps) };
        });
        state = state with { Curve = TrainingCurve.Of(lesson.Steps) };
        return lesson;
    }

    private LessonCommand? NextWish()
    {
        lock (gate) return wishes.TryDequeue(out LessonCommand wish) ? wish : null;
    }

    /// <summary>The number of the next lesson: those that were learned while samples came count once.</summary>
    private int NextNumber() => Math.Max(written, book.Numbers.LastOrDefault()) + 1;

    private void GoLive(Lesson lesson)
    {
        held = null;
        bool replaces = state.Live is { } old && old.Number == lesson.Number;
        float[] history = replaces && state.History.Length > 0 ? state.History[..^1] : state.History;
        state = state with { Live = lesson, HeldBack = null, History = [.. history, (float)lesson.Accuracy], CanRollBack = book.Numbers.Any(number => number < lesson.Number) };
    }

    /// <summary>The samples' features, with labels that count the classes which have some.</summary>
    private SampleRows Rows(IReadOnlyList<Sample> samples, out int[] classes)
    {
        int[] ids = classes = [.. samples.Select(sample => sample.Class).Distinct().Order()];
        List<string> damaged = [];
        int computed = 0;
        SampleRows rows = cache!.Rows(store, samples, id => Array.IndexOf(ids, id), (picture, features) =>
        {
            backbone!.Read(picture, features);
            if (++computed % 20 == 0) state = state with { Progress = $"features of samples on {backbone.Model.Name}: {computed} computed, of at most {samples.Count}" };
        }, damaged, studying.Token);
        trouble = damaged.Count == 0 ? null : damaged.Count == 1 ? damaged[0] : $"{damaged[0]} So are {damaged.Count - 1} more.";
        return rows;
    }

    /// <summary>
    /// Begins with a network. Its features are its own, and so are the lessons that were learned on them: the one to go back to answers, else the one that answered when the
    /// project was left, else the newest of this network. Nothing of another network is touched.
    /// </summary>
    private void Open(NetworkInfo network, Device device)
    {
        (PictureModel model, string layer) = (network.Model, network.Features!);
        HeadKind? way = backbone is null ? null : state.Way;
        Close();
        backbone = Backbone.Open(model, device, layer);
        try
        {
            cache = new(store.Project, backbone.Key, backbone.Dimension);
            ProjectSettings settings = ProjectSettings.Load(store.Project);
            // Another backbone in the same run is learned on in the same way.
            state = state with { Live = null, Way = way ?? HeadKind.Named(settings.Head), History = [], HeldBack = null, NextBackbone = null, Curve = null };
            (seen, held, trouble) = (-1, null, null);
            if (way is not null && returning == 0 && store.State.Count > 0)
                Tell($"Teaching on {model.Name} ({layer}) from here on: its features of the samples are computed where they are missing, and lessons on another network stay with that one (R goes back to them).");
            Lesson? live = Recall(returning) ?? Recall(settings.Lesson) ?? book.Numbers.Reverse().Select(Recall).FirstOrDefault(lesson => lesson is not null);
            // What was left with no new lesson is not learned from again; nor is what this very lesson was learned from.
            considered = live is null ? "" : live.Number == returning ? Lesson.KeyOf(live.Way, Present()) : live.Number == settings.Lesson ? settings.Considered : live.Key;
            (saved, written, settled) = ("", live?.Number ?? 0, live);
            if (live is not null)
            {
                if (live.Number == returning) state = state with { Way = live.Way };
                GoLive(live);
            }
            if (returning > 0)
                Tell(live?.Number == returning ? $"back to lesson {returning} ({live.Way.Name}) on {model.Name}"
                    : $"Lesson {returning} cannot be gone back to: {model.Path} is not the file any more that it was learned on.");
            returning = 0;
        }
        catch
        {
            // Half a beginning would be taken for a whole one.
            Close();
            throw;
        }
    }

    /// <summary>Goes on with the same backbone on another device; features that are there stay what they are.</summary>
    private void Move(Device device)
    {
        Backbone next = Backbone.Open(backbone!.Model, device, backbone.Layer);
        backbone.Dispose();
        backbone = next;
    }

    private void Close()
    {
        cache?.Dispose();
        backbone?.Dispose();
        (cache, backbone) = (null, null);
    }

    /// <summary>A kept lesson, learned again from what it was learned from; null where it is gone, or was learned on another backbone.</summary>
    private Lesson? Recall(int number)
    {
        if (number == 0 || book.Read(number) is not { } page || page.BackboneKey != backbone!.Key) return null;
        SampleRows rows = Rows(store.Find(page.Samples), out int[] classes);
        return rows.Count == 0 ? null : Learn(number, HeadKind.Named(page.Way), rows, classes);
    }

    private void RollBack()
    {
        if (state.Live is not { } live) return;
        Keep();
        string none = "there is no lesson to go back to";
        foreach (int number in book.Numbers.Where(number => number < live.Number).Reverse())
        {
            if (book.Read(number) is not { } page) continue;
            if (page.BackboneKey != backbone!.Key)
            {
                if (File.Exists(page.Backbone.Path))
                {
                    returning = number;
                    state = state with { NextBackbone = page.Backbone };
                    Tell($"going back to lesson {number}, which was learned on {page.Backbone.Path} …");
                    return;
                }
                none = $"Lesson {number} cannot be gone back to: it was learned on {(page.Backbone.Path.Length > 0 ? page.Backbone.Path : "a network whose file is not known")}, which is not there any more.";
                continue;
            }
            if (Recall(number) is not { } lesson) continue;
            GoLive(lesson);
            settled = lesson;
            state = state with { Way = lesson.Way };
            considered = Lesson.KeyOf(lesson.Way, Present());
            seen = store.State.Version;
            Tell($"back to lesson {number} ({lesson.Way.Name})");
            return;
        }
        Tell(none);
    }

    private void SaveModel()
    {
        if (state.Live is not { } live)
        {
            Tell("nothing is taught yet that could be saved");
            return;
        }
        string path = store.Project.Model;
        TaughtModelFile.Save(live, store.State, path);
        Tell($"saved {path}");
    }

    private Dictionary<int, int> Present() => store.Samples().ToDictionary(sample => sample.Id, sample => sample.Class);

    private void Tell(string notice) => state = state with { Notice = notice, Told = state.Told + 1 };

    /// <summary>Writes the live lesson and the settings where they are not written yet.</summary>
    private void Keep()
    {
        string now = string.Create(CultureInfo.InvariantCulture, $"{state.Live?.Number} {state.Live?.Key} {state.Way.Name} {considered}");
        if (now == saved) return;
        settled = state.Live;
        if (state.Live is { } live && live.Number > written)
        {
            book.Write(live, backbone!.Key);
            written = live.Number;
            state = state with { CanRollBack = book.Numbers.Any(number => number < live.Number) };
        }
        store.Save(new ProjectSettings(Path.GetFullPath(backbone!.Model.Path!), backbone.Layer, state.Way.Name, state.Live?.Number ?? 0, considered));
        saved = now;
    }
}
