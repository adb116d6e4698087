using System.Text;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Networks;
using LiveCam.Teaching;
using LiveCam.Ui;

namespace LiveCam;

/// <summary>Something a person can ask for with a key.</summary>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Label">The keys as people read them.</param>
/// <param name="Help">What it does, in a few words.</param>
/// <param name="Chords">The keys, each with the modifiers that have to be held; Shift may be held with any and makes it fast.</param>
/// <param name="Do">Changes the view; the flag says fast.</param>
public sealed record KeyCommand(string Group, string Label, string Help, (Key Key, Modifiers With)[] Chords, Action<Frame, bool> Do)
{
    /// <summary>The page it belongs to: only there it answers, before those of no page. Null for anywhere.</summary>
    public Func<Screen, bool>? Page { get; init; }

    public bool Answers(in WindowEvent happened)
    {
        foreach ((Key key, Modifiers with) in Chords)
            if (happened.Key == key && (happened.Modifiers & ~Modifiers.Shift) == (with & ~Modifiers.Shift) && happened.Modifiers.HasFlag(with)) return true;
        return false;
    }
}

/// <summary>The one table of keys: what they do, the help screen and the README are made of it.</summary>
public static class Keys
{
    private const string Walk = "Walk", Picture = "Picture", Look = "Look", Network = "Network", Numbers = "Kernel gallery", Plugins = "Page of plugins", Teach = "Teaching", Lessons = "Page of teaching", Program = "Program";
    private const int FastLayers = 5, FastChannels = 8, SampleLimit = 1 << 30;

    public static IReadOnlyList<KeyCommand> All { get; } =
    [
        new(Walk, "Up / Down", "previous / next layer (Shift: five)", [(Key.Up, 0)], (frame, fast) => StepLayer(frame, fast ? -FastLayers : -1)),
        new(Walk, "", "", [(Key.Down, 0)], (frame, fast) => StepLayer(frame, fast ? FastLayers : 1)),
        new(Walk, "Left / Right", "previous / next channel (Shift: eight)", [(Key.Left, 0)], (frame, fast) => StepChannel(frame, fast ? -FastChannels : -1)),
        new(Walk, "", "", [(Key.Right, 0)], (frame, fast) => StepChannel(frame, fast ? FastChannels : 1)),
        new(Walk, "Z or Enter", "the chosen channel large, and back", [(Key.Z, 0), (Key.Enter, 0)], (frame, _) => frame.Screen.IsZoomed ^= true),
        new(Walk, "Ctrl + arrows", "move the probe (Shift: fast)", [(Key.Left, Modifiers.Control)], (frame, fast) => StepProbe(frame, -1, 0, fast)),
        new(Walk, "", "", [(Key.Right, Modifiers.Control)], (frame, fast) => StepProbe(frame, 1, 0, fast)),
        new(Walk, "", "", [(Key.Up, Modifiers.Control)], (frame, fast) => StepProbe(frame, 0, -1, fast)),
        new(Walk, "", "", [(Key.Down, Modifiers.Control)], (frame, fast) => StepProbe(frame, 0, 1, fast)),

        new(Picture, "Space", "freeze the picture, and go on", [(Key.Space, 0)], (frame, _) => Toggle(frame, "frozen", frame.Screen.IsFrozen ^= true)),
        new(Picture, "M", "mirror", [(Key.M, 0)], (frame, _) => Mirror(frame)),
        new(Picture, "W", "next camera", [(Key.W, 0)], (frame, _) => frame.CaptureRequest = (frame.CaptureRequest ?? new()) with { Source = CaptureRequest.Next }),
        new(Picture, "drop a file", "a video, a picture or a folder of them", [], (_, _) => { }),
        new(Picture, "P", "save a snapshot (PNG)", [(Key.P, 0)], (frame, _) => frame.Screen.Snapshots++),
        new(Picture, "V", "record a video, and end it", [(Key.V, 0)], (frame, _) => frame.Screen.IsRecording ^= true),

        new(Look, "C", "next colour map", [(Key.C, 0)], (frame, _) => NextMap(frame)),
        new(Look, "S", "scale shared by layer, unit or net", [(Key.S, 0)], (frame, _) => NextScope(frame)),
        new(Look, "O", "order channels by response", [(Key.O, 0)], (frame, _) => Toggle(frame, "channels in order of response", frame.Screen.IsSorted ^= true)),
        new(Look, "K", "show or hide the layer's kernels", [(Key.K, 0)], (frame, _) => Toggle(frame, "kernels shown", frame.Screen.ShowsKernels ^= true)),
        new(Look, "[ ]", "move the divider between the panes", [(Key.LeftBracket, 0)], (frame, _) => MoveDivider(frame, 0.03f)),
        new(Look, "", "", [(Key.RightBracket, 0)], (frame, _) => MoveDivider(frame, -0.03f)),
        new(Look, "T", "large text", [(Key.T, 0)], (frame, _) => Toggle(frame, "large text", frame.Screen.IsLargeText ^= true)),
        new(Look, "X", "high contrast", [(Key.X, 0)], (frame, _) => Toggle(frame, "high contrast", frame.Screen.IsHighContrast ^= true)),
        new(Look, "F or F11", "full screen", [(Key.F, 0), (Key.F11, 0)], (frame, _) => frame.Screen.IsFullscreen ^= true),

        new(Network, "G", "switch between CPU and OpenGL", [(Key.G, 0)], (frame, _) => Want(frame, new(Device: NetworkWish.Next), "switching the device …")),
        new(Network, "N", "next model in the folder", [(Key.N, 0)], (frame, _) => Want(frame, new(Model: NetworkWish.Next), "loading the next model …")),
        new(Network, "I", "next way from pixels to numbers, where a model does not say its own", [(Key.I, 0)], (frame, _) => NextContract(frame)),
        new(Network, "drop a file", "an .onnx model, or labels as .txt or .json", [], (_, _) => { }),

        new(Numbers, "Tab", "next of the nine numbers (Shift: back)", [(Key.Tab, 0)], (frame, back) => frame.Screen.Tap = (frame.Screen.Tap + (back ? 8 : 1)) % 9),
        new(Numbers, "+ / -", "change it (Shift: by one)", [(Key.Equal, 0), (Key.KeypadAdd, 0)], (frame, fast) => ChangeTap(frame, fast ? 1 : 0.1f)),
        new(Numbers, "", "", [(Key.Minus, 0), (Key.KeypadSubtract, 0)], (frame, fast) => ChangeTap(frame, fast ? -1 : -0.1f)),
        new(Numbers, "Backspace", "the lecture's kernel again", [(Key.Backspace, 0)], (frame, _) => Kernel3x3.Reset(frame)),

        OnPlugins("F2", "the plugins: on, off, order; and back", [(Key.F2, 0)], (frame, _) => (frame.Screen.ShowsPlugins, frame.Screen.ShowsTeaching) = (!frame.Screen.ShowsPlugins, false)) with { Page = null },
        OnPlugins("Up / Down", "previous / next plugin (Shift: moves it)", [(Key.Up, 0)], (frame, moves) => StepPlugin(frame, -1, moves)),
        OnPlugins("", "", [(Key.Down, 0)], (frame, moves) => StepPlugin(frame, 1, moves)),
        OnPlugins("Enter or Space", "switch it on or off", [(Key.Enter, 0), (Key.Space, 0)], (frame, _) => PluginSwitch.Toggle(frame)),

        new(Teach, "0 to 9", "hold: record into the background or class 1 to 9 (Shift: always)", [(Key.D0, 0), (Key.Keypad0, 0)], (frame, force) => TeachingWishes.Record(frame, 0, force)),
        .. Enumerable.Range(1, 9).Select(i => new KeyCommand(Teach, "", "", [(Key.D0 + i, 0), (Key.Keypad0 + i, 0)], (frame, force) => TeachingWishes.Record(frame, i, force))),
        new(Teach, "Ctrl + 0 to 9", "the answer is wrong: this is the background or class 1 to 9", [(Key.D0, Modifiers.Control)], (frame, _) => TeachingWishes.WantSample(frame, new(SampleDeed.Correct, 0))),
        .. Enumerable.Range(1, 9).Select(i => new KeyCommand(Teach, "", "", [(Key.D0 + i, Modifiers.Control)], (frame, _) => TeachingWishes.WantSample(frame, new(SampleDeed.Correct, i)))),
        new(Teach, "U", "take the last burst or deletion back (Shift: do it again)", [(Key.U, 0)], (frame, again) => TeachingWishes.WantSample(frame, new(again ? SampleDeed.Redo : SampleDeed.Undo))),
        new(Teach, "Delete", "delete the newest sample", [(Key.Delete, 0)], (frame, _) => TeachingWishes.WantSample(frame, new(SampleDeed.Delete))),
        new(Teach, "L", "next way to learn", [(Key.L, 0)], (frame, _) => TeachingWishes.WantLesson(frame, LessonWish.NextWay)),
        new(Teach, "B", "teach on the layer that is shown", [(Key.B, 0)], (frame, _) => TeachingWishes.UseLayer(frame)),
        new(Teach, "Y", "fine-tune the last part of the backbone on the samples (Shift: all of it)", [(Key.Y, 0)], (frame, all) => TeachingWishes.WantLesson(frame, all ? LessonWish.TuneAll : LessonWish.Tune)),
        new(Teach, "R", "go back to the lesson before", [(Key.R, 0)], (frame, _) => TeachingWishes.WantLesson(frame, LessonWish.RollBack)),
        new(Teach, "A", "let a lesson answer that is held back", [(Key.A, 0)], (frame, _) => TeachingWishes.WantLesson(frame, LessonWish.Accept)),
        new(Teach, "E", "save what was taught as one ONNX file", [(Key.E, 0)], (frame, _) => TeachingWishes.WantLesson(frame, LessonWish.Save)),

        OnTeaching("F3", "classes, samples and how well it learned; and back", [(Key.F3, 0)], (frame, _) => TeachingWishes.Toggle(frame)) with { Page = null },
        OnTeaching("Tab", "next part of the page, where the window is small", [(Key.Tab, 0)], (frame, _) => frame.Screen.TeachingPart++),
        OnTeaching("Up / Down", "previous / next class", [(Key.Up, 0)], (frame, _) => TeachingWishes.ChooseClass(frame, -1)),
        OnTeaching("", "", [(Key.Down, 0)], (frame, _) => TeachingWishes.ChooseClass(frame, 1)),
        OnTeaching("Left / Right", "previous / next sample", [(Key.Left, 0)], (frame, _) => TeachingWishes.ChooseSample(frame, -1)),
        OnTeaching("", "", [(Key.Right, 0)], (frame, _) => TeachingWishes.ChooseSample(frame, 1)),
        OnTeaching("PageUp / PageDown", "newer / older samples (Shift: the newest / the oldest)", [(Key.PageUp, 0)], (frame, all) => TeachingWishes.TurnSamples(frame, all ? -SampleLimit : -1)),
        OnTeaching("", "", [(Key.PageDown, 0)], (frame, all) => TeachingWishes.TurnSamples(frame, all ? SampleLimit : 1)),
        OnTeaching("Space", "hold: record into the chosen class (Shift: always)", [(Key.Space, 0)], (frame, force) => TeachingWishes.RecordChosen(frame, force)),
        OnTeaching("Enter", "rename the class", [(Key.Enter, 0)], (frame, _) => TeachingWishes.Rename(frame)),
        OnTeaching("Insert", "make a class", [(Key.Insert, 0)], (frame, _) => TeachingWishes.AddClass(frame)),
        OnTeaching("Delete", "delete the chosen sample (Shift: all of the class)", [(Key.Delete, 0)], (frame, all) => TeachingWishes.Delete(frame, all)),

        new(Program, "H or F1", "this help", [(Key.H, 0), (Key.F1, 0)], (frame, _) => frame.Screen.ShowsHelp ^= true),
        new(Program, "Esc", "back; from the first view it ends the program", [(Key.Escape, 0)], (frame, _) => Back(frame)),
        new(Program, "Q", "quit", [(Key.Q, 0)], (frame, _) => frame.HasEnded = true),
    ];

    /// <summary>Does what a key asks for.</summary>
    /// <returns>Whether the table knows the key.</returns>
    public static bool Do(Frame frame, in WindowEvent happened)
    {
        KeyCommand? found = null;
        foreach (KeyCommand command in All)
        {
            if (!command.Answers(happened) || command.Page?.Invoke(frame.Screen) == false) continue;
            if (found is null || command.Page is not null) found = command;
        }
        found?.Do(frame, happened.Modifiers.HasFlag(Modifiers.Shift));
        return found is not null;
    }

    private static KeyCommand OnPlugins(string label, string help, (Key, Modifiers)[] chords, Action<Frame, bool> what) =>
        new(Plugins, label, help, chords, what) { Page = screen => screen.ShowsPlugins };

    private static KeyCommand OnTeaching(string label, string help, (Key, Modifiers)[] chords, Action<Frame, bool> what) =>
        new(Lessons, label, help, chords, what) { Page = screen => screen.ShowsTeaching };

    /// <summary>The table as Markdown, for the README.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        string group = "";
        foreach (KeyCommand command in All)
        {
            if (command.Group != group) text.Append($"{(group.Length > 0 ? "\n" : "")}## {group = command.Group}\n\n| key | what it does |\n|---|---|\n");
            if (command.Label.Length > 0) text.Append($"| {command.Label} | {command.Help} |\n");
        }
        return text.ToString();
    }

    /// <summary>Asks for a layer by its place in the list.</summary>
    public static void ChooseLayer(Frame frame, int index)
    {
        if (frame.Network is not { Layers.Count: > 0 } network) return;
        index = Math.Clamp(index, 0, network.Layers.Count - 1);
        frame.Screen.FirstLayer = -1;
        if (frame.Screen.LayerWish(network) == index) return;
        frame.Screen.ChosenLayer = (network, index);
        frame.Screen.Wishes.Enqueue(new(Layer: network.Layers[index].Name));
    }

    private static void StepLayer(Frame frame, int by)
    {
        if (frame.Network is { } network) ChooseLayer(frame, frame.Screen.LayerWish(network) + by);
    }

    private static void StepPlugin(Frame frame, int by, bool moves)
    {
        if (moves) PluginSwitch.Move(frame, by < 0);
        else PluginSwitch.Choose(frame, by);
    }

    private static void StepChannel(Frame frame, int by)
    {
        if (frame.ChannelOrder.Length == 0) return;
        int place = Array.IndexOf(frame.ChannelOrder, frame.Screen.Channel);
        frame.Screen.Channel = frame.ChannelOrder[Math.Clamp(place + by, 0, frame.ChannelOrder.Length - 1)];
    }

    private static void StepProbe(Frame frame, int x, int y, bool fast)
    {
        float step = fast ? 0.05f : 0.005f;
        (float px, float py) = frame.Screen.Probe;
        frame.Screen.Probe = (Math.Clamp(px + x * step, 0, 0.9999f), Math.Clamp(py + y * step, 0, 0.9999f));
    }

    private static void NextMap(Frame frame)
    {
        frame.Screen.Map = frame.Screen.Map + 1 == ColorMap.All.Count ? -1 : frame.Screen.Map + 1;
        frame.Screen.Say(frame.Screen.Map < 0 ? "colours chosen by the data" : $"colours: {ColorMap.All[frame.Screen.Map].Name}", frame.Now);
    }

    private static void NextScope(Frame frame)
    {
        frame.Screen.Scope = (MapScope)(((int)frame.Screen.Scope + 1) % 3);
        frame.Screen.Say(frame.Screen.Scope switch
        {
            MapScope.Layer => "one scale for the layer",
            MapScope.Unit => "a scale for each channel",
            _ => "one scale for all layers seen",
        }, frame.Now);
    }

    private static void MoveDivider(Frame frame, float by) =>
        frame.Screen.Split = Math.Clamp((frame.Screen.Split == 0 ? 0.36f : frame.Screen.Split) + by, Screen.LeastSplit, Screen.MostSplit);

    private static void ChangeTap(Frame frame, float by) => Kernel3x3.Change(frame, frame.Screen.Tap, by);

    private static void NextContract(Frame frame)
    {
        if (frame.Network is not { Model: { Path: not null } model }) return;
        string next = PreprocessingPresets.After(model.Contract);
        Want(frame, new(Contract: next), $"pixels as {next} …");
    }

    private static void Want(Frame frame, NetworkWish wish, string message)
    {
        frame.Screen.Wishes.Enqueue(wish);
        frame.Screen.Say(message, frame.Now);
    }

    // What the network sees is mirrored with what people see, so that a place in one is the same place in the other.
    private static void Mirror(Frame frame)
    {
        frame.CaptureRequest = (frame.CaptureRequest ?? new()) with { View = frame.View with { Mirror = !frame.View.Mirror } };
        Toggle(frame, "mirrored", !frame.View.Mirror);
    }

    private static void Toggle(Frame frame, string what, bool on) => frame.Screen.Say(on ? what : $"{what}: off", frame.Now);

    private static void Back(Frame frame)
    {
        Screen screen = frame.Screen;
        if (screen.ShowsHelp) screen.ShowsHelp = false;
        else if (screen.ShowsPlugins) screen.ShowsPlugins = false;
        else if (screen.ShowsTeaching) screen.ShowsTeaching = false;
        else if (screen.IsZoomed) screen.IsZoomed = false;
        else if (screen.IsFullscreen) screen.IsFullscreen = false;
        else frame.HasEnded = true;
    }
}
