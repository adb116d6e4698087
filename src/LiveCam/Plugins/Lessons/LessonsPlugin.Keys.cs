using LiveCam.Platform;
using LiveCam.Teaching;

namespace LiveCam.Plugins.Lessons;

// What keys and buttons ask for about teaching. Without a project they say how to open one.
public sealed partial class LessonsPlugin
{
    // As many pages as nobody has samples.
    private const int AllPages = 1 << 30;

    // Which class and which of its samples (0 is the newest) keys work on.
    private int chosenClass, chosenSample;

    // Which part of the page is seen where there is no room for all, counted on and on.
    private int part;

    // How many samples the page has room for, at most SampleShelf.Most.
    private int room = 12;

    private ShowSamples? asked;

    internal int ChosenClass => chosenClass;
    internal int ChosenSample => chosenSample;
    internal int Part => part;
    internal int Room => room;

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Teaching, "0 to 9", "hold: record into the background or class 1 to 9 (Shift: always)", [(Key.D0, 0), (Key.Keypad0, 0)], (frame, force) => Record(frame, 0, force)),
        .. Enumerable.Range(1, 9).Select(i => new KeyCommand(KeyTable.Teaching, "", "", [(Key.D0 + i, 0), (Key.Keypad0 + i, 0)], (frame, force) => Record(frame, i, force))),
        new(KeyTable.Teaching, "Ctrl + 0 to 9", "the answer is wrong: this is the background or class 1 to 9", [(Key.D0, Modifiers.Control)], (frame, _) => Ask(frame, new(SampleCommand.Correct, 0))),
        .. Enumerable.Range(1, 9).Select(i => new KeyCommand(KeyTable.Teaching, "", "", [(Key.D0 + i, Modifiers.Control)], (frame, _) => Ask(frame, new(SampleCommand.Correct, i)))),
        new(KeyTable.Teaching, "U", "take the last burst or deletion back (Shift: do it again)", [(Key.U, 0)], (frame, again) => Ask(frame, new(again ? SampleCommand.Redo : SampleCommand.Undo))),
        new(KeyTable.Teaching, "Delete", "delete the newest sample", [(Key.Delete, 0)], (frame, _) => Ask(frame, new(SampleCommand.Delete))),
        new(KeyTable.Teaching, "L", "next way to learn", [(Key.L, 0)], (frame, _) => Learn(frame, LessonCommand.NextWay)),
        new(KeyTable.Teaching, "B", "teach on the layer that is shown", [(Key.B, 0)], (frame, _) => UseLayer(frame)),
        new(KeyTable.Teaching, "Y", "fine-tune the last part of the backbone on the samples (Shift: all of it)", [(Key.Y, 0)], (frame, all) => Learn(frame, all ? LessonCommand.TuneAll : LessonCommand.Tune)),
        new(KeyTable.Teaching, "R", "go back to the lesson before", [(Key.R, 0)], (frame, _) => Learn(frame, LessonCommand.RollBack)),
        new(KeyTable.Teaching, "A", "let a lesson answer that is held back", [(Key.A, 0)], (frame, _) => Learn(frame, LessonCommand.Accept)),
        new(KeyTable.Teaching, "E", "save what was taught as one ONNX file", [(Key.E, 0)], (frame, _) => Learn(frame, LessonCommand.Save)),

        OnPage("F3", "classes, samples and how well it learned; and back", [(Key.F3, 0)], (frame, _) => Toggle(frame)) with { When = null },
        OnPage("Tab", "next part of the page, where the window is small", [(Key.Tab, 0)], (_, _) => part++),
        OnPage("Up / Down", "previous / next class", [(Key.Up, 0)], (frame, _) => Choose(frame, chosenClass - 1)),
        OnPage("", "", [(Key.Down, 0)], (frame, _) => Choose(frame, chosenClass + 1)),
        OnPage("Left / Right", "previous / next sample", [(Key.Left, 0)], (frame, _) => ChooseSample(frame, -1)),
        OnPage("", "", [(Key.Right, 0)], (frame, _) => ChooseSample(frame, 1)),
        OnPage("PageUp / PageDown", "newer / older samples (Shift: the newest / the oldest)", [(Key.PageUp, 0)], (frame, all) => TurnSamples(frame, all ? -AllPages : -1)),
        OnPage("", "", [(Key.PageDown, 0)], (frame, all) => TurnSamples(frame, all ? AllPages : 1)),
        OnPage("Space", "hold: record into the chosen class (Shift: always)", [(Key.Space, 0)], RecordChosen),
        OnPage("Enter", "rename the class", [(Key.Enter, 0)], (frame, _) => Rename(frame)),
        OnPage("Insert", "make a class", [(Key.Insert, 0)], (frame, _) => AddClass(frame)),
        OnPage("Delete", "delete the chosen sample (Shift: all of the class)", [(Key.Delete, 0)], Delete),
    ];

    private KeyCommand OnPage(string label, string help, (Key, Modifiers)[] chords, Action<Frame, bool> what) =>
        new(KeyTable.TeachingPage, label, help, chords, what) { When = frame => frame.Get<Focus>()!.IsOn(this) };

    private bool HasProject(Frame frame)
    {
        if (frame.Get<PluginList>()!.Handles<ChangeSamples>()) return true;
        Say("To teach, start with --project FOLDER.");
        return false;
    }

    private void Ask(Frame frame, ChangeSamples wish)
    {
        if (HasProject(frame)) Send(wish);
    }

    private void Learn(Frame frame, LessonCommand command)
    {
        if (HasProject(frame)) Send(command);
    }

    private void Record(Frame frame, int classId, bool force) => Ask(frame, new(SampleCommand.Record, classId, force));

    /// <summary>Features from the layer that is shown; everything is learned again on them.</summary>
    private void UseLayer(Frame frame)
    {
        if (!HasProject(frame) || frame.Get<Networks.NetworkInfo>() is not { Kept: { } layer }) return;
        Send(new Networks.ChangeNetwork(Features: layer));
        Say($"teaching on {layer} …");
    }

    private void Toggle(Frame frame)
    {
        if (!HasProject(frame)) return;
        frame.Get<Focus>()!.Toggle(this);
        chosenSample = 0;
        Choose(frame, chosenClass);
    }

    /// <summary>Chooses a class by its place in the list.</summary>
    private void Choose(Frame frame, int place)
    {
        place = Math.Clamp(place, 0, Math.Max(0, (frame.Get<TeachingState>()?.Classes.Count ?? 0) - 1));
        if (place != chosenClass) chosenSample = 0;
        chosenClass = place;
    }

    private void ChooseSample(Frame frame, int by) => chosenSample = Math.Clamp(chosenSample + by, 0, Math.Max(0, (Chosen(frame)?.Count ?? 0) - 1));

    /// <summary>Chooses the first sample of another page.</summary>
    private void TurnSamples(Frame frame, int pages)
    {
        int last = Math.Max(0, (Chosen(frame)?.Count ?? 0) - 1) / room;
        chosenSample = Math.Clamp(chosenSample / room + pages, 0, last) * room;
    }

    private SampleClass? Chosen(Frame frame) => frame.Get<TeachingState>() is { } state && chosenClass < state.Classes.Count ? state.Classes[chosenClass] : null;

    private void RecordChosen(Frame frame, bool force)
    {
        if (Chosen(frame) is { } one) Record(frame, one.Id, force);
    }

    private void Rename(Frame frame)
    {
        if (Chosen(frame) is { } one)
            frame.Get<Focus>()!.Entry = new($"Another name for {one.Name}", one.Name, name => Send(new ChangeSamples(SampleCommand.Rename, one.Id, Name: name)));
    }

    private void AddClass(Frame frame) => frame.Get<Focus>()!.Entry = new("The new class's name", "", name => Send(new ChangeSamples(SampleCommand.Add, Name: name)));

    private void Delete(Frame frame, bool all)
    {
        if (Chosen(frame) is not { } one) return;
        if (all) Ask(frame, new(SampleCommand.Clear, one.Id));
        else if (frame.Get<ShelfRows>()?.Find(one.Id)?.At(chosenSample) is { } small) Ask(frame, new(SampleCommand.Delete, one.Id, Sample: small.Sample.Id));
    }

    /// <summary>Says which samples are looked at, where they are others.</summary>
    private void AskForSamples(Frame frame)
    {
        bool isOpen = frame.Get<Focus>()?.IsOn(this) == true;
        var wanted = new ShowSamples(Chosen(frame)?.Id ?? -1, isOpen ? chosenSample / room * room : 0);
        if (wanted == asked) return;
        Send(asked = wanted);
    }
}
