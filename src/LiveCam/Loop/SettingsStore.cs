using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Loop;

/// <summary>
/// What plugins are set to: values of the command line, of a file from earlier runs, and what a person changes meanwhile, which is kept there. A plugin
/// that is loaded again finds its values again. For the loop's thread; a thread of its own writes the file.
/// </summary>
public sealed class SettingsStore : IDisposable
{
    /// <summary>A slider that is dragged is one change.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string? path;
    private readonly Dictionary<(string Plugin, string Name), string> kept = [], now = [];
    private readonly List<(string Plugin, string Name, string Value)> asked = [];
    private readonly BackgroundWorker? writer;
    private bool isApplying;
    private TimeSpan? changed;
    private string? trouble;

    /// <param name="path">Of the file; null keeps nothing.</param>
    /// <param name="asked">Of the command line, each <c>plugin.name=value</c>. They go before the file's, and are not kept in it.</param>
    /// <exception cref="LiveCamException">The file cannot be read, or what is asked for is not written so.</exception>
    public SettingsStore(string? path = null, IEnumerable<string>? asked = null)
    {
        this.path = path;
        if (path is not null)
        {
            kept = SettingsFile.Read(path);
            writer = new BackgroundWorker("settings");
        }
        foreach (((string Plugin, string Name) key, string value) in kept) now[key] = value;
        foreach (string one in asked ?? [])
        {
            int sign = one.IndexOf('='), dot = sign < 0 ? -1 : one[..sign].LastIndexOf('.');
            if (dot <= 0 || dot + 1 == sign) throw new LiveCamException($"--set is \"{one}\", but has to be plugin.name=value, as in overlay.large-text=on.");
            (string plugin, string name, string value) = (Key(one[..dot]), one[(dot + 1)..sign], one[(sign + 1)..]);
            this.asked.Add((plugin, name, value));
            now[(plugin, name)] = value;
        }
    }

    /// <summary>The file where a system keeps such things, unless the environment names another.</summary>
    public static string Usual => PersonalFolder.Settings;

    /// <summary>Gives a plugin its values, and follows it from there.</summary>
    /// <returns>What was refused: one sentence; null for nothing.</returns>
    internal string? Join(PluginSlot slot)
    {
        string? refused = null;
        isApplying = true;
        foreach (Setting setting in slot.Settings)
        {
            (string, string) key = (Key(slot.Name), setting.Name);
            if (now.TryGetValue(key, out string? value) && !setting.TrySet(value)) refused ??= Refusal(slot.Name, setting, value);
            setting.Changed += one => Take(key, one.Text);
        }
        isApplying = false;
        return refused;
    }

    /// <summary>Checks that what the command line asked for was there to be set.</summary>
    /// <exception cref="LiveCamException">It was not, or could not have the value.</exception>
    internal void CheckAsked(IReadOnlyList<PluginSlot> slots)
    {
        foreach ((string plugin, string name, string value) in asked)
        {
            PluginSlot slot = slots.FirstOrDefault(slot => Key(slot.Name) == plugin)
                ?? throw new LiveCamException($"Setting {plugin}.{name}: there is no plugin \"{plugin}\" in this run; those with settings are {List(slots.Where(slot => slot.Settings.Count > 0).Select(slot => Key(slot.Name)))}.");
            Setting setting = slot.Settings.FirstOrDefault(setting => setting.Name == name)
                ?? throw new LiveCamException($"Setting {plugin}.{name}: the plugin \"{slot.Name}\" has no such setting; it has {List(slot.Settings.Where(one => !one.IsHidden).Select(one => one.Name))}.");
            if (setting.Text != value && !setting.TrySet(value)) throw new LiveCamException(Refusal(slot.Name, setting, value));
        }
    }

    /// <summary>Has the file written when nothing has changed for a while.</summary>
    internal void Keep(TimeSpan time)
    {
        if (changed is not { } at) return;
        if (at == TimeSpan.MinValue) changed = time;
        else if (time - at >= Pause) Write();
    }

    /// <summary>What went wrong with the file since the last call; null for nothing.</summary>
    internal string? TakeTrouble() => Interlocked.Exchange(ref trouble, null);

    public void Dispose()
    {
        if (changed is not null) Write();
        writer?.Dispose();
    }

    private void Take((string, string) key, string value)
    {
        if (isApplying) return;
        now[key] = kept[key] = value;
        changed = TimeSpan.MinValue;
    }

    private void Write()
    {
        changed = null;
        if (path is null) return;
        Dictionary<(string, string), string> values = new(kept);
        writer!.Post(() =>
        {
            try
            {
                SettingsFile.Write(path, values);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                trouble = $"Keeping the settings in \"{path}\": {Sentences.Of(error)}";
            }
        });
    }

    private static string Refusal(string plugin, Setting setting, string value) => $"Setting {Key(plugin)}.{setting.Name}: \"{value}\" is not {setting.Allowed}.";

    private static string List(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    /// <summary>A plugin's name as the file and the command line have it.</summary>
    private static string Key(string plugin) => plugin.ToLowerInvariant().Replace(' ', '-');
}
