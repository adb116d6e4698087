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
    private (int Class, int Burst, bool Force)? burst;
    private int taken, made = -1;
    private long told;
    private string? notice, trouble;
    private bool isWaiting;

    public override string Name => "samples";
    public override FrameParts Reads => FrameParts.Picture;
    public override FrameParts MayRead => FrameParts.Events;
    public override FrameParts Writes => FrameParts.Samples;

    public override void Update(Frame frame)
    {
        bool isFresh = frame.IsNew;
        while (frame.Screen.SampleWishes.TryDequeue(out SampleWish wish))
        {
            try
            {
                isFresh &= !Do(frame, wish);
            }
            catch (LiveCamException error)
            {
                frame.Screen.Say(error.Message, frame.Now, complaint: true);
            }
        }
        if (isFresh && burst is { } now && frame.Picture is { } picture) Take(picture, now.Class, now.Burst, now.Force);
        foreach (WindowEvent happened in frame.Events)
            if (happened.Kind == WindowEventKind.FocusLost || happened.Kind == WindowEventKind.KeyUp && Records(happened.Key)) burst = null;
        Watch(frame);
        Show(frame);
    }

    /// <summary>Says once that the camera of a burst is gone.</summary>
    private void Watch(Frame frame)
    {
        bool waits = burst is not null && IsAway(frame);
        if (waits && !isWaiting)
            frame.Screen.Say($"{frame.Camera.Text.TrimEnd('.')}: what was recorded into {NameOf(burst!.Value.Class)} so far is kept, and recording goes on with the next new picture.", frame.Now, complaint: true);
        isWaiting = waits;
    }

    /// <summary>Whether the picture that is seen is an old one.</summary>
    private static bool IsAway(Frame frame) => frame.Camera.State is CameraState.Lost or CameraState.Absent or CameraState.Frozen;

    /// <returns>Whether the frame's picture was taken.</returns>
    private bool Do(Frame frame, SampleWish wish)
    {
        switch (wish.Deed)
        {
            case SampleDeed.Record when burst is null || burst.Value.Class != wish.Class:
                burst = (Ensure(wish.Class), store.NewBurst(), wish.Force);
                taken = 0;
                if (frame.Picture is not { } first || IsAway(frame)) break;
                Take(first, burst.Value.Class, burst.Value.Burst, wish.Force);
                return true;
            case SampleDeed.Stop: burst = null; break;
            case SampleDeed.Correct when frame.Picture is { } picture:
                taken = 0;
                Take(picture, Ensure(wish.Class), store.NewBurst(), force: true);
                frame.Screen.Say($"this is {NameOf(wish.Class)}: learned", frame.Now);
                break;
            case SampleDeed.Delete: Delete(frame, wish); break;
            case SampleDeed.Clear:
                store.Clear(wish.Class);
                frame.Screen.Say($"{NameOf(wish.Class)} has no samples any more (U takes that back)", frame.Now);
                break;
            case SampleDeed.Undo: Again(frame, store.State.CanUndo, store.Undo, "taken back", "there is nothing to take back"); break;
            case SampleDeed.Redo: Again(frame, store.State.CanRedo, store.Redo, "done again", "there is nothing to do again"); break;
            case SampleDeed.Rename: store.RenameClass(wish.Class, wish.Name); break;
            case SampleDeed.Add: store.AddClass(wish.Name); break;
        }
        return false;
    }

    private void Take(Picture picture, int into, int number, bool force)
    {
        if (store.Capture(picture, into, number, force) != 0) taken++;
    }

    private void Delete(Frame frame, SampleWish wish)
    {
        Sample? newest = store.State.Classes.Where(one => wish.Class < 0 || one.Id == wish.Class).Select(one => one.Newest).OfType<Sample>().MaxBy(one => one.Id);
        if ((wish.Sample > 0 ? wish.Sample : newest?.Id) is not { } id)
        {
            frame.Screen.Say("there is no sample to delete", frame.Now);
            return;
        }
        store.Delete(id);
        frame.Screen.Say("one sample deleted (U takes that back)", frame.Now);
    }

    private static void Again(Frame frame, bool can, Action what, string done, string cannot)
    {
        if (can) what();
        frame.Screen.Say(can ? done : cannot, frame.Now);
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
        frame.Teaching = state;
        string reason = frame.Burst.Reason;
        if (state.Last is { } last && last.Number != told) (told, reason) = (last.Number, last.Kept is null ? last.Reason : "");
        else if (burst is null && taken == 0) reason = "";
        frame.Burst = new(burst is not null, burst?.Class ?? state.Last?.Class ?? 0, taken, reason, isWaiting);
        if (state.Trouble != trouble && (trouble = state.Trouble) is not null) frame.Screen.Say(trouble, frame.Now, complaint: true);
        if (state.Notice != notice && (notice = state.Notice) is not null) frame.Screen.Say(notice, frame.Now);
        if (frame.IsShown) frame.SmallSamples = shelf.Of(TeachingWishes.Chosen(frame)?.Id ?? -1, frame.Screen.FirstSample);
    }

    private static bool Records(Key key) => key is (>= Key.D0 and <= Key.D9) or (>= Key.Keypad0 and <= Key.Keypad9) or Key.Space;

    public override void Unload()
    {
        shelf.Dispose();
        store.Dispose();
    }
}
