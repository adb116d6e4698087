using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Teaching;

namespace LiveCam.Plugins.Samples;

/// <summary>
/// Keeps pictures where a person asks for it: bursts while a key or a button is held, corrections, and what is taken out and back. A burst outlives its camera: what
/// was taken stays, and it goes on when pictures come again.
/// </summary>
/// <param name="store">Disposed of with the plugin.</param>
/// <param name="shelf">Of the same store; disposed of with the plugin.</param>
public sealed class SamplesPlugin(SampleStore store, SampleShelf shelf) : Plugin
{
    // Of pictures that come from no camera.
    private static readonly CameraStatus Unknown = new(CameraState.Live, 0, "");

    private (int Class, int Burst, bool Force)? burst;
    private int taken, made = -1;
    private long told;
    private string? notice, trouble, damage;
    private bool isWaiting;
    private ShowSamples seen = new(-1, 0);
    private BurstState shown = BurstState.None;

    // The number of the picture that a command took already.
    private long taught = -1;

    public override string Name => "samples";
    public override IReadOnlyList<Type> Reads => [typeof(Picture)];
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent), typeof(CameraReport)];
    public override IReadOnlyList<Type> Writes => [typeof(TeachingState), typeof(BurstState), typeof(ShelfRows)];
    public override IReadOnlyList<Handler> Handles => [Handler.Of<ChangeSamples>(Change), Handler.Of<ShowSamples>((_, looked) => seen = looked)];

    public override void Update(Frame frame)
    {
        if (frame.IsNew && taught != frame.Number && burst is { } now && frame.Picture is { } picture) Take(picture, now.Class, now.Burst, now.Force);
        foreach (WindowEvent happened in frame.Events)
            if (happened.Kind == WindowEventKind.FocusLost || happened.Kind == WindowEventKind.KeyUp && Records(happened.Key)) burst = null;
        Watch(frame);
        Show(frame);
    }

    private void Change(Frame frame, ChangeSamples wish)
    {
        try
        {
            if (Do(frame, wish)) taught = frame.Number;
        }
        catch (LiveCamException error)
        {
            Say(error.Message, Severity.Warning);
        }
    }

    /// <summary>Says once that the camera of a burst is gone.</summary>
    private void Watch(Frame frame)
    {
        bool waits = burst is not null && IsAway(frame);
        if (waits && !isWaiting)
            Say($"{StatusOf(frame).Text.TrimEnd('.')}: what was recorded into {NameOf(burst!.Value.Class)} so far is kept, and recording goes on with the next new picture.", Severity.Warning);
        isWaiting = waits;
    }

    /// <summary>Whether the picture that is seen is an old one.</summary>
    private static bool IsAway(Frame frame) => StatusOf(frame).State is CameraState.Lost or CameraState.Absent or CameraState.Frozen;

    private static CameraStatus StatusOf(Frame frame) => frame.Get<CameraReport>()?.Status ?? Unknown;

    /// <returns>Whether the frame's picture was taken.</returns>
    private bool Do(Frame frame, ChangeSamples wish)
    {
        switch (wish.Command)
        {
            case SampleCommand.Record when burst is null || burst.Value.Class != wish.Class:
                burst = (Ensure(wish.Class), store.NewBurst(), wish.Force);
                taken = 0;
                if (frame.Picture is not { } first || IsAway(frame)) break;
                Take(first, burst.Value.Class, burst.Value.Burst, wish.Force);
                return true;
            case SampleCommand.Stop: burst = null; break;
            case SampleCommand.Correct when frame.Picture is { } picture:
                taken = 0;
                Take(picture, Ensure(wish.Class), store.NewBurst(), force: true);
                Say($"this is {NameOf(wish.Class)}: learned");
                break;
            case SampleCommand.Delete: Delete(wish); break;
            case SampleCommand.Clear:
                store.Clear(wish.Class);
                Say($"{NameOf(wish.Class)} has no samples any more (U takes that back)");
                break;
            case SampleCommand.Undo: Again(store.State.CanUndo, store.Undo, "taken back", "there is nothing to take back"); break;
            case SampleCommand.Redo: Again(store.State.CanRedo, store.Redo, "done again", "there is nothing to do again"); break;
            case SampleCommand.Rename: store.RenameClass(wish.Class, wish.Name); break;
            case SampleCommand.Add: store.AddClass(wish.Name); break;
        }
        return false;
    }

    private void Take(Picture picture, int into, int number, bool force)
    {
        if (store.Capture(picture, into, number, force) != 0) taken++;
    }

    private void Delete(ChangeSamples wish)
    {
        Sample? newest = store.State.Classes.Where(one => wish.Class < 0 || one.Id == wish.Class).Select(one => one.Newest).OfType<Sample>().MaxBy(one => one.Id);
        if ((wish.Sample > 0 ? wish.Sample : newest?.Id) is not { } id)
        {
            Say("there is no sample to delete");
            return;
        }
        store.Delete(id);
        Say("one sample deleted (U takes that back)");
    }

    private void Again(bool can, Action what, string done, string cannot)
    {
        if (can) what();
        Say(can ? done : cannot);
    }

    /// <summary>Classes 1 to 9 are there when they are needed.</summary>
    private int Ensure(int classId)
    {
        if (store.State.Classes.Any(one => one.Id == classId) || classId <= made) return classId;
        while (true)
        {
            // Classes that were made just now are not in the state yet.
            int next = Math.Max(made, store.State.Classes.Max(one => one.Id)) + 1;
            if (classId < next || classId > 9) throw new LiveCamException($"Recording into class {classId}: there is no such class; make one on the page of teaching (F3).");
            string name = $"class {next}";
            for (int i = 2; store.State.Find(name) is not null; i++) name = $"class {next} ({i})";
            made = store.AddClass(name);
            if (made >= classId) return classId;
        }
    }

    private string NameOf(int classId) => store.State.Classes.FirstOrDefault(one => one.Id == classId)?.Name ?? $"class {classId}";

    private void Show(Frame frame)
    {
        TeachingState state = store.State;
        frame.Set(state);
        string reason = shown.Reason;
        if (state.Last is { } last && last.Number != told) (told, reason) = (last.Number, last.Kept is null ? last.Reason : "");
        else if (burst is null && taken == 0) reason = "";
        var now = new BurstState(burst is not null, burst?.Class ?? state.Last?.Class ?? 0, taken, reason, isWaiting);
        if (now != shown) shown = now;
        frame.Set(shown);
        if (state.Trouble != trouble && (trouble = state.Trouble) is not null) Say(trouble, Severity.Loss);
        if (state.Damage != damage && (damage = state.Damage) is not null) Say(damage, Severity.Loss);
        if (state.Notice != notice && (notice = state.Notice) is not null) Say(notice);
        if (frame.IsShown) frame.Set(shelf.Of(seen.Class, seen.First));
    }

    private static bool Records(Key key) => key is (>= Key.D0 and <= Key.D9) or (>= Key.Keypad0 and <= Key.Keypad9) or Key.Space;

    public override void Unload()
    {
        shelf.Dispose();
        store.Dispose();
        // What was waiting is written or lost only now.
        if (store.State.Trouble is { } last && last != trouble) Say(last, Severity.Loss);
    }
}
