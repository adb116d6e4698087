using System.Globalization;

namespace LiveCam.Engine.Training.Augmentation;

/// <summary>The variations of a training run, as in <c>mirror,crop:4,rotate:15</c>.</summary>
/// <remarks>
/// All movements come first, joined into one resampling in the order of the list; then the paintings in the order of the list; then, in a
/// finished batch, mixup.
/// </remarks>
public sealed class VariationList
{
    private const int MostItems = 64, MostCharacters = 4096;

    private VariationList(IReadOnlyList<(VariationKind Kind, Variation Variation)> items, string text)
    {
        (Items, Text) = (items, text);
        Mixup = items.Select(item => item.Variation).OfType<Mixup>().SingleOrDefault();
    }

    public static VariationList None { get; } = new([], "");

    public IReadOnlyList<(VariationKind Kind, Variation Variation)> Items { get; }

    /// <summary>The list as text: what <see cref="Parse"/> takes, all numbers written out.</summary>
    public string Text { get; }

    public Mixup? Mixup { get; }

    /// <summary>Whether pictures stay what they are (a mixup may be there: it works on batches).</summary>
    public bool LeavesPictures => Items.All(item => item.Variation is Mixup);

    /// <summary>A list of names, each with its number after a colon or its usual one; empty for none.</summary>
    /// <exception cref="LiveCamException">A name is unknown, or a number is none or out of bounds.</exception>
    public static VariationList Parse(string text)
    {
        if (text.Length > MostCharacters) throw new LiveCamException($"Cannot augment: the list has {text.Length} characters, but at most {MostCharacters} are read.");
        if (string.IsNullOrWhiteSpace(text)) return None;
        var items = new List<(VariationKind, Variation)>();
        var words = new List<string>();
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] parts = item.Split(':');
            VariationKind kind = Variations.All.FirstOrDefault(kind => kind.Name.Equals(parts[0].Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw new LiveCamException($"Cannot augment with \"{item}\": there is no such augmentation; there are {string.Join(", ", Variations.All.Select(kind => kind.Name))}.");
            double number = kind.Usual;
            bool isNumber = parts.Length == 1 || (parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out number));
            if (!isNumber || !(number >= kind.Least && number <= kind.Most) || (kind.IsWhole && number != Math.Floor(number)))
                throw new LiveCamException(string.Create(CultureInfo.InvariantCulture, $"Cannot augment with \"{item}\": {kind.Name} takes one {(kind.IsWhole ? "whole number" : "number")} ")
                    + string.Create(CultureInfo.InvariantCulture, $"from {kind.Least} to {kind.Most} ({kind.Number}), as in {kind.Example}."));
            if (kind.Name == "mixup" && items.Any(other => other.Item1 == kind)) throw new LiveCamException($"Cannot augment with \"{text}\": mixup is there twice; keep one.");
            if (items.Count == MostItems) throw new LiveCamException($"Cannot augment: the list has more than {MostItems} entries, which is the limit.");
            items.Add((kind, kind.Make(number)));
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{kind.Name}:{number}"));
        }
        return new(items, string.Join(',', words));
    }

    public override string ToString() => Text;
}
