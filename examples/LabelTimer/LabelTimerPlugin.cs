using System.Globalization;
using LiveCam.Loop;
using LiveCam.Networks;
using LiveCam.Loop.Loading;

[assembly: PluginContract(PluginContract.Version)]

namespace LabelTimer;

/// <summary>Counts the seconds each label was on top, and writes them to label-times.csv beside the library, longest first.</summary>
public sealed class LabelTimerPlugin(PluginSite site) : Plugin
{
    private readonly Dictionary<string, TimeSpan> times = [];
    private string? onTop;
    private TimeSpan since;

    public override string Name => "label timer";
    public override IReadOnlyList<Type> Reads => [typeof(Answer)];

    // A label is on top from its answer to the next one, by the source's time.
    public override void Update(Frame frame)
    {
        if (!frame.HasNew<Answer>() || frame.Get<Answer>() is not { Count: > 0 } answer) return;
        if (onTop is not null && answer.Time > since) times[onTop] = times.GetValueOrDefault(onTop) + (answer.Time - since);
        (onTop, since) = (answer.Top[0].Label, answer.Time);
        times.TryAdd(onTop, TimeSpan.Zero);
    }

    public override void Unload()
    {
        if (times.Count == 0) return;
        string file = Path.Combine(site.Folder, "label-times.csv"), partial = file + ".partial";
        IEnumerable<string> rows = times.OrderByDescending(time => time.Value).ThenBy(time => time.Key, StringComparer.Ordinal)
            .Select(time => string.Create(CultureInfo.InvariantCulture, $"\"{time.Key.Replace("\"", "\"\"")}\",{time.Value.TotalSeconds:F3}"));
        File.WriteAllLines(partial, rows.Prepend("label,seconds"));
        File.Move(partial, file, overwrite: true);
    }
}
