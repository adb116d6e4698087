using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>Which of a network's classes each class of a data set is.</summary>
/// <param name="Names">The network's classes.</param>
/// <param name="Of">For each class of the set the network's.</param>
internal sealed record ClassMap(IReadOnlyList<string> Names, int[] Of)
{
    /// <summary>
    /// By name where the network has labels and they name every class of the set; else by number where the set's classes are numbers; else in
    /// order where both have as many.
    /// </summary>
    /// <exception cref="LiveCamException">None of these.</exception>
    public static ClassMap Create(PictureModel model, DataSet set, int classes)
    {
        IReadOnlyList<string> own = set.Classes;
        IReadOnlyList<string>? labels = model.Labels is { } found ? Labels.Match(found.Names, classes, found.Where) : null;
        IReadOnlyList<string> names = labels ?? (own.Count == classes ? own : [.. Enumerable.Range(0, classes).Select(i => $"{i}")]);
        string[] strangers = [];
        if (labels is not null)
        {
            var index = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            for (int i = 0; i < labels.Count; i++) index.TryAdd(Plain(labels[i]), i);
            strangers = [.. own.Where(name => !index.ContainsKey(Plain(name)))];
            if (strangers.Length == 0) return new(names, [.. own.Select(name => index[Plain(name)])]);
        }
        if (own.All(name => int.TryParse(name, out int number) && number >= 0 && number < classes))
            return new(names, [.. own.Select(int.Parse)]);
        if (own.Count == classes && (labels is null || strangers.Length == own.Count) && set.PictureSize is not null)
            return new(names, [.. Enumerable.Range(0, classes)]);
        if (own.Count == classes && labels is null) return new(names, [.. Enumerable.Range(0, classes)]);
        throw new LiveCamException(labels is null
            ? $"Cannot evaluate on {set.Name}: it has {own.Count} classes, but {model.Name} has {classes} and no names for them; give --labels with a name for each, or number the class folders."
            : $"Cannot evaluate on {set.Name}: its class \"{strangers[0]}\" ({strangers.Length} of {own.Count} like it) is none of those in {model.Labels!.Value.Where}; rename the class or give the labels the network was trained with.");
    }

    /// <summary>A sample's classes as the network counts them, ascending.</summary>
    public int[] Own(ReadOnlySpan<int> labels)
    {
        var own = new int[labels.Length];
        for (int i = 0; i < own.Length; i++) own[i] = Of[labels[i]];
        Array.Sort(own);
        return own;
    }

    private static string Plain(string name) => name.Trim().Replace('_', ' ');
}
