using LiveCam.Networks;
using LiveCam.Teaching;

namespace LiveCam;

/// <summary>What keys and buttons ask for about teaching. Without a project they say how to open one.</summary>
internal static class TeachingWishes
{
    public static void Record(Frame frame, int classId, bool force) => WantSample(frame, new(SampleDeed.Record, classId, force));

    public static void WantSample(Frame frame, SampleWish wish)
    {
        if (HasProject(frame)) frame.Screen.SampleWishes.Enqueue(wish);
    }

    public static void WantLesson(Frame frame, LessonWish wish)
    {
        if (HasProject(frame)) frame.Screen.LessonWishes.Enqueue(wish);
    }

    /// <summary>Features from the layer that is shown; everything is learned again on them.</summary>
    public static void UseLayer(Frame frame)
    {
        if (!HasProject(frame) || frame.Network is not { Kept: { } layer }) return;
        frame.Screen.Wishes.Enqueue(new NetworkWish(Features: layer));
        frame.Screen.Say($"teaching on {layer} …", frame.Now);
    }

    public static void Toggle(Frame frame)
    {
        if (!HasProject(frame)) return;
        (frame.Screen.ShowsTeaching, frame.Screen.ShowsPlugins, frame.Screen.ChosenSample) = (!frame.Screen.ShowsTeaching, false, 0);
        Choose(frame, frame.Screen.ChosenClass);
    }

    public static void ChooseClass(Frame frame, int by) => Choose(frame, frame.Screen.ChosenClass + by);

    /// <summary>Chooses a class by its place in the list.</summary>
    public static void Choose(Frame frame, int place)
    {
        place = Math.Clamp(place, 0, Math.Max(0, (frame.Teaching?.Classes.Count ?? 0) - 1));
        if (place != frame.Screen.ChosenClass) frame.Screen.ChosenSample = 0;
        frame.Screen.ChosenClass = place;
    }

    public static void ChooseSample(Frame frame, int by) =>
        frame.Screen.ChosenSample = Math.Clamp(frame.Screen.ChosenSample + by, 0, Math.Max(0, (Chosen(frame)?.Count ?? 0) - 1));

    /// <summary>Chooses the first sample of another page.</summary>
    public static void TurnSamples(Frame frame, int pages)
    {
        Screen screen = frame.Screen;
        int last = Math.Max(0, (Chosen(frame)?.Count ?? 0) - 1) / screen.SampleRoom;
        screen.ChosenSample = Math.Clamp(screen.FirstSample / screen.SampleRoom + pages, 0, last) * screen.SampleRoom;
    }

    public static SampleClass? Chosen(Frame frame) =>
        frame.Teaching is { } state && frame.Screen.ChosenClass < state.Classes.Count ? state.Classes[frame.Screen.ChosenClass] : null;

    public static void RecordChosen(Frame frame, bool force)
    {
        if (Chosen(frame) is { } one) Record(frame, one.Id, force);
    }

    public static void Rename(Frame frame)
    {
        if (Chosen(frame) is { } one)
            frame.Screen.Entry = new($"Another name for {one.Name}", one.Name, (then, name) => then.Screen.SampleWishes.Enqueue(new(SampleDeed.Rename, one.Id, Name: name)));
    }

    public static void AddClass(Frame frame) =>
        frame.Screen.Entry = new("The new class's name", "", (then, name) => then.Screen.SampleWishes.Enqueue(new(SampleDeed.Add, Name: name)));

    public static void Delete(Frame frame, bool all)
    {
        if (Chosen(frame) is not { } one) return;
        if (all) WantSample(frame, new(SampleDeed.Clear, one.Id));
        else if (frame.SmallSamples.GetValueOrDefault(one.Id)?.At(frame.Screen.ChosenSample) is { } small)
            WantSample(frame, new SampleWish(SampleDeed.Delete, one.Id, Sample: small.Sample.Id));
    }

    private static bool HasProject(Frame frame)
    {
        foreach (PluginSlot slot in frame.Plugins.Slots)
            if (slot.Writes.HasFlag(FrameParts.Samples)) return true;
        frame.Screen.Say("To teach, start with --project FOLDER.", frame.Now);
        return false;
    }
}
