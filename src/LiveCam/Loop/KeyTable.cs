using System.Text;
using LiveCam.Platform;

namespace LiveCam.Loop;

/// <summary>The keys of all plugins: which one answers, which exclude each other, and how they are listed.</summary>
public sealed class KeyTable
{
    public const string Walk = "Walk", Picture = "Picture", Look = "Look", Network = "Network", Kernels = "Kernel gallery", PluginPage = "Page of plugins", Teaching = "Teaching",
        TeachingPage = "Page of teaching", Program = "Program";

    // Headings of others come before the last.
    private static readonly string[] Headings = [Walk, Picture, Look, Network, Kernels, PluginPage, Teaching, TeachingPage];

    private readonly List<(PluginSlot Slot, KeyCommand Command)> all = [];

    /// <param name="slots">In the order of a tick.</param>
    public KeyTable(IEnumerable<PluginSlot> slots)
    {
        foreach (PluginSlot slot in slots)
            foreach (KeyCommand command in slot.Keys) all.Add((slot, command));
        Commands = [.. all.Select(one => one.Command).OrderBy(command => Place(command.Group))];
    }

    /// <summary>As they are listed: by heading, and under each in the order of a tick.</summary>
    public IReadOnlyList<KeyCommand> Commands { get; }

    /// <summary>What answers a key: of those that answer only now and then the plugin's that draws last, else the first that always does.</summary>
    public (PluginSlot Slot, KeyCommand Command)? Find(Frame frame, in WindowEvent happened)
    {
        (PluginSlot, KeyCommand)? always = null, now = null;
        foreach ((PluginSlot slot, KeyCommand command) in all)
        {
            if (!slot.IsEnabled || !command.Answers(happened)) continue;
            if (command.When is null) always ??= (slot, command);
            else if (command.When(frame)) now = (slot, command);
        }
        return now ?? always;
    }

    /// <summary>One sentence for each key that two commands want at any time.</summary>
    public IEnumerable<string> Conflicts()
    {
        Dictionary<(Key, Modifiers), (PluginSlot Slot, KeyCommand Command)> taken = [];
        foreach ((PluginSlot slot, KeyCommand command) in all)
            foreach ((Key key, Modifiers with) in command.When is null ? command.Chords : [])
                if (!taken.TryAdd((key, with & ~Modifiers.Shift), (slot, command)) && taken[(key, with & ~Modifiers.Shift)] is var first)
                    yield return $"The key {NameOf(key, with)} of the plugin \"{slot.Name}\" ({command.Help}) is the key of the plugin \"{first.Slot.Name}\" already ({first.Command.Help}), which goes on answering; "
                        + $"give \"{slot.Name}\" another key, or switch \"{first.Slot.Name}\" off.";
    }

    /// <summary>The table as Markdown, for docs/KEYS.md.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        string group = "";
        foreach (KeyCommand command in Commands)
        {
            if (command.Group != group) text.Append($"{(group.Length > 0 ? "\n" : "")}## {group = command.Group}\n\n| key | what it does |\n|---|---|\n");
            if (command.Label.Length > 0) text.Append($"| {command.Label} | {command.Help} |\n");
        }
        return text.ToString();
    }

    private static string NameOf(Key key, Modifiers with) => with == 0 ? key.ToString() : $"{string.Join("+", with.ToString().Split(", "))}+{key}";

    private static int Place(string group) => group == Program ? int.MaxValue : Array.IndexOf(Headings, group) is >= 0 and var place ? place : Headings.Length;
}
