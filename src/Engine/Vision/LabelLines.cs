using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveCam.Engine.Vision;

/// <summary>
/// Label files with a line for each class. Blank lines, quotes around names and commas at the ends of lines are taken away. Where the lines
/// are numbered from 0 or 1, each number once, the numbers give the order: before the name ("0 cat", "0: cat", "0,cat", "[0] cat") or
/// behind it ("cat,0", "cat 0" behind a tab). WordNet ids before all names ("n01440764 tench") are kept apart.
/// </summary>
internal static partial class LabelLines
{
    public static (string[] Names, string[]? Ids) Read(string text, string where)
    {
        List<string> lines = [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (lines.Count > 0) Refuse(lines[0], where);
        Unwrap(lines);
        string[]? numbered = Ordered(lines, NumberFirst(), where) ?? Ordered(lines, NumberLast(), where);
        string[] names = numbered ?? [.. lines];
        if (names.Length > 0 && Array.TrueForAll(names, WordNetId().IsMatch))
        {
            string[] ids = Array.ConvertAll(names, name => name[..9]);
            string[] rest = Array.ConvertAll(names, name => name[9..].TrimStart(' ', '\t', ',', ':', ';').Trim());
            // Ids alone are names, too.
            if (Array.TrueForAll(rest, name => name.Length == 0)) return (ids, ids);
            (List<string> order, List<string> left) = ([.. ids], [.. rest]);
            return Sorted(left, NumberFirst(), isList: true) is { } places ? (Place(rest, places.Names, places.At), Place(ids, order, places.At)) : (rest, ids);
        }
        return (names, null);
    }

    private static string[] Place(string[] to, IReadOnlyList<string> values, int[] at)
    {
        var placed = new string[to.Length];
        for (int i = 0; i < at.Length; i++) placed[at[i]] = values[i];
        return placed;
    }

    /// <summary>Files that are no lists of names at all.</summary>
    private static void Refuse(string first, string where)
    {
        string? found = first.StartsWith("version https://git-lfs", StringComparison.Ordinal) ? "a Git LFS pointer, and the labels themselves were not downloaded; run `git lfs pull`"
            : first.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) || first.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? "a web page; download the raw file"
            : first.StartsWith("item {", StringComparison.Ordinal) || first.StartsWith("item{", StringComparison.Ordinal) ? "a label map of TensorFlow's text form; write its names one a line" : null;
        if (found is not null) throw new LiveCamException($"Cannot read the labels in {where}: it is {found}.");
    }

    /// <summary>Takes commas from the ends of all lines but the last, and quotes from around all.</summary>
    private static void Unwrap(List<string> lines)
    {
        if (lines.Count > 1 && lines.Take(lines.Count - 1).All(line => line.EndsWith(','))) Each(line => line.TrimEnd(',').TrimEnd());
        if (lines.Count > 0 && lines.All(line => line.Length > 1 && line[0] is '"' or '\'' && line[^1] == line[0] && line.IndexOf(line[0], 1) == line.Length - 1))
            Each(line => line[1..^1].Trim());

        void Each(Func<string, string> change)
        {
            for (int i = 0; i < lines.Count; i++) lines[i] = change(lines[i]);
        }
    }

    /// <summary>The names by their numbers, where every line has one (a first line without one is a heading); null where they are not numbered.</summary>
    /// <exception cref="LiveCamException">All lines have a number, but one number is missing or there twice.</exception>
    private static string[]? Ordered(List<string> lines, Regex form, string where)
    {
        if (Sorted(lines, form) is not { } found && (lines.Count < 3 || Sorted(lines[1..], form) is not { } headed || !IsHeading(lines[0])))
        {
            RefuseGaps(lines, form, where);
            return null;
        }
        var result = Sorted(lines, form) ?? Sorted(lines[1..], form)!.Value;
        return Place(new string[result.Names.Count], result.Names, result.At);
    }

    private static bool IsHeading(string line) => line.AsSpan().IndexOfAny(',', ';', '\t') >= 0;

    /// <summary>For each line its name and its place from 0; null where the numbers are not 0 to n - 1 or 1 to n.</summary>
    /// <param name="isList">Whether it is known already that the lines are numbered, if they can be.</param>
    private static (List<string> Names, int[] At)? Sorted(IReadOnlyList<string> lines, Regex form, bool isList = false)
    {
        var names = new List<string>();
        var at = new int[lines.Count];
        bool spaced = true;
        for (int i = 0; i < at.Length; i++)
        {
            Match match = form.Match(lines[i]);
            if (!match.Success || !int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out at[i])) return null;
            spaced &= string.IsNullOrWhiteSpace(match.Groups["mark"].Value);
            names.Add(Bare(match.Groups["name"].Value));
        }
        if (at.Length == 0) return null;
        int first = at.Min();
        // "1 euro, 2 euro" are names: counting from 1 needs more than a space.
        if (first > 1 || first == 1 && spaced && !isList && at.Length < 3 || at.Max() - first != at.Length - 1 || at.Distinct().Count() != at.Length) return null;
        for (int i = 0; i < at.Length; i++) at[i] -= first;
        return (names, at);
    }

    /// <summary>A numbered list with a hole would name every class behind it wrongly.</summary>
    private static void RefuseGaps(List<string> lines, Regex form, string where)
    {
        Match[] all = [.. lines.Select(line => form.Match(line))];
        if (all.Length < 2 || !Array.TrueForAll(all, match => match.Success && match.Groups["mark"].Value.AsSpan().IndexOfAny(":,;\t=") >= 0)) return;
        int[] numbers = [.. all.Select(match => int.TryParse(match.Groups["number"].ValueSpan, out int number) ? number : -1)];
        int missing = Enumerable.Range(0, numbers.Length).FirstOrDefault(i => !numbers.Contains(i), -1);
        if (numbers[0] is 0 or 1 && numbers.Contains(-1) == false && missing >= 0)
            throw new LiveCamException($"Cannot read the labels in {where}: its {numbers.Length} lines are numbered, but number {missing} is missing or another is there twice; number them from 0, each once.");
    }

    /// <summary>A field of a CSV line without its quotes; further columns belong to the name.</summary>
    private static string Bare(string name)
    {
        name = name.Trim().TrimEnd(',').Trim();
        return name.Length > 1 && name[0] is '"' or '\'' && name[^1] == name[0] ? name[1..^1].Replace($"{name[0]}{name[0]}", $"{name[0]}").Trim() : name;
    }

    [GeneratedRegex(@"^[\[\(""']?(?<number>\d{1,6})[\]\)""']?(?<mark>[ \t]*[:,;=|)\.\-]+[ \t]*|[ \t]+)(?<name>\S.*)$")]
    private static partial Regex NumberFirst();

    [GeneratedRegex(@"^(?<name>\S.*?)(?<mark>[ ]*[,;:=\t][ \t]*)(?<number>\d{1,6})$")]
    private static partial Regex NumberLast();

    [GeneratedRegex(@"^n\d{8}([ \t,:;]|$)")]
    private static partial Regex WordNetId();
}
