using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>Which of a network's classes each class of a data set is.</summary>
/// <param name="Names">The network's classes.</param>
/// <param name="Of">For each class of the set the network's.</param>
/// <param name="Note">A sentence where that is a guess; null where it is said.</param>
internal sealed record ClassMap(IReadOnlyList<string> Names, int[] Of, string? Note = null)
{
    /// <summary>
    /// By name where the network has labels and they name every class of the set: the whole label, its WordNet id, or one of the names in it
    /// ("tench" of "tench, Tinca tinca"). Else by number where the set's classes are numbers; else in order where both have as many.
    /// </summary>
    /// <exception cref="LiveCamException">None of these.</exception>
    public static ClassMap Create(PictureModel model, DataSet set, int classes)
    {
        IReadOnlyList<string> own = set.Classes;
        Labels? labels = model.Labels?.Match(classes);
        IReadOnlyList<string> names = labels?.Names ?? (own.Count == classes ? own : [.. Enumerable.Range(0, classes).Select(i => $"{i}")]);
        string[] strangers = [];
        if (labels is not null)
        {
            Dictionary<string, int> index = Index(labels);
            strangers = [.. own.Where(name => !index.ContainsKey(LabelName.Key(name)))];
            if (strangers.Length == 0) return new(names, [.. own.Select(name => index[LabelName.Key(name)])]);
        }
        if (own.All(name => int.TryParse(name, out int number) && number >= 0 && number < classes))
            return new(names, [.. own.Select(int.Parse)]);
        if (own.Count == classes && (labels is null || strangers.Length == own.Count && set.PictureSize is not null))
            return new(names, [.. Enumerable.Range(0, classes)], labels is not null ? null
                : $"{model.Name} has no labels, so the classes of {set.Name} are taken in their order: {string.Join(", ", own.Take(5))}{(own.Count > 5 ? ", ..." : "")}; --labels says which is which.");
        throw new LiveCamException(labels is null
            ? $"Cannot evaluate on {set.Name}: it has {own.Count} classes, but {model.Name} has {classes} and no names for them; give --labels with a name for each, or number the class folders."
            : $"Cannot evaluate on {set.Name}: its class \"{strangers[0]}\" ({strangers.Length} of {own.Count} like it) is none of those in {labels.Where}; rename the class or give the labels the network was trained with.");
    }

    /// <summary>A sample's classes as the network counts them, ascending.</summary>
    public int[] Own(ReadOnlySpan<int> labels)
    {
        var own = new int[labels.Length];
        for (int i = 0; i < own.Length; i++) own[i] = Of[labels[i]];
        Array.Sort(own);
        return own;
    }

    /// <summary>Every name that finds a class. What is said of one class in particular goes before what is part of its label.</summary>
    private static Dictionary<string, int> Index(Labels labels)
    {
        var index = new Dictionary<string, int>();
        for (int i = 0; i < labels.Names.Count; i++) index.TryAdd(LabelName.Key(labels.Names[i]), i);
        for (int i = 0; i < (labels.Ids?.Count ?? 0); i++) index.TryAdd(LabelName.Key(labels.Ids![i]), i);
        var shared = new HashSet<string>();
        var parts = new Dictionary<string, int>();
        for (int i = 0; i < labels.Names.Count; i++)
            foreach (string part in labels.Names[i].Split(','))
                if (!parts.TryAdd(LabelName.Key(part), i)) shared.Add(LabelName.Key(part));
        // A name of two classes ("crane") says nothing.
        foreach ((string part, int i) in parts)
            if (!shared.Contains(part) && part.Length > 0) index.TryAdd(part, i);
        return index;
    }
}
