using LiveCam.Engine.Text;

namespace LiveCam.Engine.Data;

/// <summary>The classes of a data set: which names are the same, in which order they are, and what is worth saying about them.</summary>
internal static class ClassNames
{
    private const int MostNamed = 8;

    /// <summary>
    /// Each name once, in the order of their characters, which is that of PyTorch's ImageFolder and Keras' image_dataset_from_directory. A name in two
    /// Unicode forms is one name.
    /// </summary>
    public static string[] Sorted(IEnumerable<string> names) => [.. names.DistinctBy(NameForm.Decompose).Order(StringComparer.Ordinal)];

    /// <summary>Says the order where people would expect another: 10 before 9.</summary>
    public static void Say(string[] classes, List<string> notes)
    {
        if (!classes.Order(NaturalOrder.Instance).SequenceEqual(classes))
            notes.Add($"the classes are in the order of their characters, as other frameworks have them: {string.Join(", ", classes.Take(MostNamed))}{(classes.Length > MostNamed ? ", ..." : "")}.");
    }

    /// <summary>Says which classes some part of a set has no pictures of, while another has.</summary>
    public static void SayMissing(string[] classes, IEnumerable<(string Part, int Class)> samples, List<string> notes)
    {
        Dictionary<string, HashSet<int>> parts = [];
        foreach ((string part, int own) in samples)
        {
            if (!parts.TryGetValue(part, out HashSet<int>? have)) parts[part] = have = [];
            have.Add(own);
        }
        foreach ((string part, HashSet<int> have) in parts)
        {
            string[] missing = [.. classes.Where((_, i) => !have.Contains(i))];
            if (missing.Length > 0 && parts.Count > 1)
                notes.Add($"the {part} part has no pictures of {string.Join(", ", missing.Take(MostNamed).Select(name => $"\"{name}\""))}{(missing.Length > MostNamed ? $" and {missing.Length - MostNamed} more" : "")}, which another part has.");
        }
    }
}
